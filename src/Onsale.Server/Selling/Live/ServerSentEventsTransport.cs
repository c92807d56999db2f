using System.IO.Pipelines;

namespace Onsale.Server.Selling.Live;

/// <summary>
/// Messages as <c>text/event-stream</c> (WHATWG HTML, "Server-sent events"); ids are inventory versions.
/// </summary>
internal sealed class ServerSentEventsTransport(HttpContext context, LiveOptions options) : ILiveTransport
{
    private readonly PipeWriter _body = context.Response.BodyWriter;

    /// <summary>
    /// A reader of events has no way to answer. Whether its system still acknowledges the signs of life is what
    /// <see cref="TcpUserTimeout"/> goes by, and then the request is aborted.
    /// </summary>
    public bool IsSilent => false;

    /// <summary>Sends the headers, and how long an EventSource waits before it comes back.</summary>
    public async Task StartAsync()
    {
        TcpUserTimeout.Bound(context.Features, TimeSpan.FromSeconds(options.KeepAliveTimeoutSeconds));
        var response = context.Response;
        response.ContentType = "text/event-stream";
        // A proxy that compresses collects messages until they are worth it (RFC 9111, section 5.2.2.6).
        response.Headers.CacheControl = "no-store, no-transform";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would collect the messages
        await _body.WriteAsync("retry: 2000\n\n"u8.ToArray());
    }

    public ValueTask SendAsync(LiveFrame frame) => WriteAsync(frame.ServerSentEvent);

    public ValueTask TendAsync() => WriteAsync(LiveFrame.ServerSentPing);

    /// <summary>The end of the stream says it: an EventSource comes back with its last id.</summary>
    public ValueTask CloseAsync(WatchEnd end) => ValueTask.CompletedTask;

    public void Abort() => context.Abort();

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var result = await _body.WriteAsync(bytes);
        if (result.IsCompleted)
            throw new IOException("The reader has gone.");
    }
}

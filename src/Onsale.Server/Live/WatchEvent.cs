using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using Onsale.Server.Bookings;
using Onsale.Server.Hosting;
using Onsale.Server.Inventory;

namespace Onsale.Server.Live;

/// <summary>GET /events/{id}/live: the feed as a WebSocket, or as server-sent events.</summary>
internal static class WatchEvent
{
    public static async Task<IResult> HandleAsync(
        string id, string? version, HttpContext context, LiveHub hub, EventLanes lanes, IOptions<LiveOptions> options,
        LiveMetrics metrics, TimeProvider time)
    {
        var selling = await SellingEvent.FindAsync(id, lanes);
        if (selling.Problem is not null)
            return selling.Problem;
        if (!TryReadVersion(version ?? context.Request.Headers["Last-Event-ID"], out var since))
            return Problem.Validation(("version", "Must be the version of the last message you have."));
        var isWebSocket = context.WebSockets.IsWebSocketRequest;
        if (!isWebSocket && !AcceptsEventStream(context.Request))
        {
            return new Problem(426, "upgrade-required",
                "Open this address as a WebSocket, or ask for text/event-stream.");
        }

        if (!IsAllowedOrigin(context.Request, options.Value))
            return new Problem(403, "origin-not-allowed", "Pages of this origin may not open the feed.");
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (!hub.TryEnter(address))
        {
            return new Problem(503, "too-many-connections", "Too many live connections. Ask for availability instead.")
            {
                RetryAfterSeconds = LiveLimits.KeepAliveSeconds,
            };
        }

        try
        {
            var eventId = selling.Settings!.EventId;
            if (isWebSocket)
                await WatchByWebSocketAsync(context, eventId, since, hub, metrics, time);
            else
                await WatchByServerSentEventsAsync(context, eventId, since, hub, metrics);
        }
        finally
        {
            hub.Leave(address);
        }

        return Results.Empty;
    }

    private static async Task WatchByWebSocketAsync(
        HttpContext context, Guid eventId, long? since, LiveHub hub, LiveMetrics metrics, TimeProvider time)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var transport = new WebSocketTransport(socket, time);
        var watcher = hub.Join(eventId, transport, since);
        metrics.Connected("websocket");
        try
        {
            await Task.WhenAny(ReadAsync(transport, context.RequestAborted), watcher.Ended);
        }
        finally
        {
            hub.Leave(eventId, watcher);
            metrics.Disconnected("websocket");
        }
    }

    private static async Task ReadAsync(WebSocketTransport transport, CancellationToken aborted)
    {
        try
        {
            await transport.ReadUntilClosedAsync(aborted);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // The peer is gone without a word: a phone in a tunnel.
        }
    }

    private static async Task WatchByServerSentEventsAsync(
        HttpContext context, Guid eventId, long? since, LiveHub hub, LiveMetrics metrics)
    {
        var transport = new ServerSentEventsTransport(context);
        await transport.StartAsync();
        var watcher = hub.Join(eventId, transport, since);
        metrics.Connected("sse");
        try
        {
            var aborted = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(aborted.SetResult);
            await Task.WhenAny(watcher.Ended, aborted.Task);
        }
        finally
        {
            hub.Leave(eventId, watcher);
            metrics.Disconnected("sse");
        }
    }

    private static bool TryReadVersion(string? text, out long? since)
    {
        since = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return false;
        since = version;
        return true;
    }

    private static bool AcceptsEventStream(HttpRequest request) =>
        request.Headers.Accept.Any(value => value?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>
    /// A browser sends a WebSocket's cookies to any site that a page names, and no preflight protects it: the page's own
    /// origin must be ours or listed. Programs send none.
    /// </summary>
    private static bool IsAllowedOrigin(HttpRequest request, LiveOptions options)
    {
        string? origin = request.Headers.Origin;
        return origin is null
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }
}

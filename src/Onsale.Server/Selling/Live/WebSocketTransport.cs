namespace Onsale.Server.Selling.Live;

/// <summary>Messages as WebSocket text messages (RFC 6455), also over HTTP/2 (RFC 8441).</summary>
internal sealed class WebSocketTransport : ILiveTransport
{
    private readonly HttpContext _context;
    private readonly Stream _stream;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private byte[]? _pong;
    private long _heardAt;

    private WebSocketTransport(HttpContext context, Stream stream, LiveOptions options, TimeProvider time)
    {
        (_context, _stream, _options, _time) = (context, stream, options, time);
        _heardAt = time.GetTimestamp();
    }

    /// <summary>A living peer answers each ping, so it is heard of once an interval.</summary>
    public bool IsSilent =>
        _time.GetElapsedTime(Volatile.Read(ref _heardAt)).TotalSeconds
            > _options.KeepAliveSeconds + _options.KeepAliveTimeoutSeconds;

    /// <summary>Opens what was <see cref="WebSocketHandshake.IsAskedFor">asked for</see>.</summary>
    public static async Task<WebSocketTransport> AcceptAsync(
        HttpContext context, LiveOptions options, TimeProvider time) =>
        new(context, await WebSocketHandshake.AcceptAsync(context), options, time);

    public ValueTask SendAsync(LiveFrame frame) => _stream.WriteAsync(frame.WebSocket);

    public ValueTask TendAsync() =>
        // Either is a sign of life, and only a ping asks for one.
        _stream.WriteAsync(Interlocked.Exchange(ref _pong, null) ?? WebSocketFrames.Ping);

    public ValueTask CloseAsync(WatchEnd end) => _stream.WriteAsync(end switch
    {
        WatchEnd.TooSlow => WebSocketFrames.Close(1013, "Too slow: reconnect with your version."),
        WatchEnd.SpokeUp => WebSocketFrames.Close(1008, "This feed takes no messages."),
        WatchEnd.ProtocolError => WebSocketFrames.Close(1002, "That was no frame a client may send."),
        WatchEnd.Stopping => WebSocketFrames.Close(1001, "The server is restarting: reconnect."),
        WatchEnd.Failed => WebSocketFrames.Close(1011, "Something went wrong on our side: reconnect."),
        WatchEnd.Silent => WebSocketFrames.Close(1001, "No answer to a ping: reconnect."),
        _ => WebSocketFrames.Close(1000, ""),
    });

    public void Abort() => _context.Abort();

    /// <summary>
    /// Reads until the peer closes, or does what ends it, and ends <paramref name="watcher"/> then; answers pings
    /// through it. Answers whether the peer may have more to say.
    /// </summary>
    public async Task<bool> ReadAsync(LiveConnection watcher)
    {
        // One method, and one buffer of the size of a frame: each of ten thousand waits here.
        var buffer = new byte[WebSocketFrames.MaxPeerFrameBytes];
        var length = 0;
        WatchEnd? end = null;
        try
        {
            while (end is null)
            {
                var read = await _stream.ReadAsync(buffer.AsMemory(length));
                if (read == 0)
                    break;
                length += read;
                Volatile.Write(ref _heardAt, _time.GetTimestamp());
                end = Take(buffer, ref length, watcher);
            }
        }
        catch (Exception exception)
            when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer disconnected without a close frame, as a phone that loses its network does.
        }
        catch (Exception exception)
        {
            watcher.Fail(exception);
        }

        watcher.End(end ?? WatchEnd.Left);
        return end is not (null or WatchEnd.Left);
    }

    /// <summary>
    /// After this side has closed: what the peer still says is read, so that it reads the reason before the end.
    /// </summary>
    public async Task ReadRestAsync(Task<bool> reading)
    {
        var buffer = new byte[WebSocketFrames.MaxPeerFrameBytes];
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(LiveLimits.CloseTimeoutSeconds), _time);
        await using var abort = timeout.Token.Register(Abort);
        if (!await reading)
            return;
        try
        {
            while (await _stream.ReadAsync(buffer, timeout.Token) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The peer closed before reading the reason.
        }
    }

    private WatchEnd? Take(byte[] buffer, ref int length, LiveConnection watcher)
    {
        var taken = 0;
        while (true)
        {
            var frame = WebSocketFrames.Read(buffer.AsSpan(taken, length - taken), out var payload, out var consumed);
            switch (frame)
            {
                case PeerFrame.Close:
                    return WatchEnd.Left;
                case PeerFrame.Message:
                    return WatchEnd.SpokeUp;
                case PeerFrame.Invalid:
                    return WatchEnd.ProtocolError;
                case PeerFrame.Ping:
                    // A second ping before the first is answered replaces it (section 5.5.3).
                    Interlocked.Exchange(ref _pong, WebSocketFrames.Pong(payload));
                    watcher.Tend();
                    break;
                case PeerFrame.Incomplete:
                    buffer.AsSpan(taken, length - taken).CopyTo(buffer);
                    length -= taken;
                    return null;
            }

            taken += consumed;
        }
    }
}

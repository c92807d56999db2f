using System.Net.WebSockets;

namespace Onsale.Server.Live;

/// <summary>One connection that watches an event.</summary>
/// <remarks>
/// Nothing runs for a watcher that has nothing to send: the feed kicks it, it sends what is new on the feed's own thread
/// as long as the connection takes it at once, and goes on asynchronously where it does not.
/// </remarks>
internal sealed class Watcher(ILiveTransport transport, FrameRing ring, LiveMetrics metrics, long? since)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LiveFrame? _first;
    private long _position;
    private int _isPumping;
    private bool _isPingDue;

    /// <summary>The version the client has; null: none.</summary>
    public long? Since => since;

    /// <summary>Ends when the connection cannot be written to any more.</summary>
    public Task Ended => _ended.Task;

    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Whether it is so far behind that its next message is gone.</summary>
    public bool IsLost => _first is null && ring.Next - Volatile.Read(ref _position) >= LiveLimits.MaxFramesBehind;

    /// <summary>Begins with a message of its own, then follows the ring from <paramref name="position"/>.</summary>
    public void Begin(LiveFrame first, long position)
    {
        (_first, _position) = (first, position);
        Kick();
    }

    /// <summary>Sends what is new, unless it is doing so already.</summary>
    public void Kick()
    {
        if (Interlocked.Exchange(ref _isPumping, 1) == 0)
            _ = PumpAsync();
    }

    public void Ping()
    {
        Volatile.Write(ref _isPingDue, true);
        Kick();
    }

    public void Drop(DropReason reason)
    {
        if (_ended.TrySetResult())
            transport.Drop(reason);
    }

    private async Task PumpAsync()
    {
        try
        {
            do
            {
                await SendNewAsync();
                Volatile.Write(ref _isPumping, 0);
                // What came between the last look and the line above would otherwise wait for the next kick.
            }
            while (!HasEnded && Volatile.Read(ref _position) < ring.Next && Interlocked.Exchange(ref _isPumping, 1) == 0);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException
            or ObjectDisposedException or InvalidOperationException)
        {
            // The peer is gone.
            _ended.TrySetResult();
        }
    }

    private async ValueTask SendNewAsync()
    {
        if (_first is { } first)
        {
            await transport.SendAsync(first);
            metrics.Sent();
            _first = null;
        }

        if (_isPingDue)
        {
            await transport.PingAsync();
            _isPingDue = false;
        }

        while (!HasEnded && _position < ring.Next)
        {
            if (ring.Find(_position) is not { } frame)
            {
                metrics.Dropped(DropReason.TooSlow);
                Drop(DropReason.TooSlow);
                return;
            }

            await transport.SendAsync(frame);
            metrics.Sent();
            Volatile.Write(ref _position, _position + 1);
        }
    }
}

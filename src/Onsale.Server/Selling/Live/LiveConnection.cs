namespace Onsale.Server.Selling.Live;

/// <summary>One connection that watches an event.</summary>
/// <remarks>
/// Nothing runs for a watcher that has nothing to send: the feed kicks it, it sends what is new on the feed's own
/// thread as long as the connection takes it at once, and goes on asynchronously where it does not. Whoever sends has
/// the turn (<see cref="_isSending"/>), so that the transport sees one call at a time.
/// </remarks>
internal sealed class LiveConnection(
    EventFeed feed, ILiveTransport transport, FrameRing ring, LiveMetrics metrics, long? since, TimeProvider time,
    ILogger logger)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LiveFrame? _first;
    private TaskCompletionSource? _lastTurn;
    private long _position = long.MaxValue;
    private int _isSending;
    private int _isOver;
    private bool _isTendingDue;

    /// <summary>The feed that it follows.</summary>
    public EventFeed Feed => feed;

    /// <summary>The version the client has; null: none.</summary>
    public long? Since => since;

    /// <summary>Its place in the feed's list.</summary>
    public int Slot { get; set; }

    /// <summary>When it is to be tended next, as a timestamp.</summary>
    public long TendAt { get; set; }

    /// <summary>Ends when nothing touches the connection any more.</summary>
    public Task Ended => _ended.Task;

    private bool IsOver => Volatile.Read(ref _isOver) == 1;

    private bool HasNews => Volatile.Read(ref _position) < ring.Next;

    private bool HasWork => Volatile.Read(ref _first) is not null || HasNews || Volatile.Read(ref _isTendingDue);

    /// <summary>Begins with a message of its own, then follows the ring from <paramref name="position"/>.</summary>
    public void Begin(LiveFrame first, long position)
    {
        Volatile.Write(ref _position, position);
        Volatile.Write(ref _first, first);
        Kick();
    }

    /// <summary>Sends what is new, unless it is doing so already.</summary>
    public void Kick()
    {
        // One whose connection takes nothing any more cannot notice by itself how far it has fallen behind.
        if (ring.Next - Volatile.Read(ref _position) >= LiveLimits.MaxFramesBehind)
            End(WatchEnd.TooSlow);
        else if (!IsOver && TryTakeTurn())
            _ = SendAsync();
    }

    /// <summary>Sends a sign of life, and ends one whose peer has shown none.</summary>
    public void Tend()
    {
        if (transport.IsSilent)
        {
            End(WatchEnd.Silent);
            return;
        }

        Volatile.Write(ref _isTendingDue, true);
        Kick();
    }

    /// <summary>Ends it, saying why; the first reason counts.</summary>
    public void End(WatchEnd end)
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 1)
            return;
        if (end != WatchEnd.Left)
            metrics.Dropped(end);
        _ = EndAsync(end);
    }

    /// <summary>Ends it after a defect, which must be logged here: no caller awaits what a connection does.</summary>
    public void Fail(Exception exception)
    {
        LiveLog.WatcherFailed(logger, exception);
        End(WatchEnd.Failed);
    }

    private async Task EndAsync(WatchEnd end)
    {
        var closing = CloseAsync(end);
        try
        {
            await closing.WaitAsync(TimeSpan.FromSeconds(LiveLimits.CloseTimeoutSeconds), time);
        }
        catch (TimeoutException)
        {
            // A peer that reads nothing lets even this wait.
            transport.Abort();
            await closing;
        }

        _ended.TrySetResult();
    }

    private async Task CloseAsync(WatchEnd end)
    {
        await LastTurnAsync();
        try
        {
            await transport.CloseAsync(end);
        }
        catch (Exception exception)
        {
            if (!IsPeerGone(exception))
                LiveLog.WatcherFailed(logger, exception);
            transport.Abort();
        }
    }

    private async Task SendAsync()
    {
        try
        {
            do
            {
                await SendNewAsync();
            }
            while (!TryEndTurn());
        }
        catch (Exception exception)
        {
            if (IsPeerGone(exception))
                End(WatchEnd.Left);
            else
                Fail(exception);
            TryEndTurn();
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

        if (Volatile.Read(ref _isTendingDue))
        {
            Volatile.Write(ref _isTendingDue, false);
            await transport.TendAsync();
        }

        // None before the beginning, which a sign of life can overtake but a message must not.
        while (!IsOver && HasNews && _first is null)
        {
            if (ring.Find(_position) is not { } frame)
            {
                End(WatchEnd.TooSlow);
                return;
            }

            await transport.SendAsync(frame);
            metrics.Sent();
            Volatile.Write(ref _position, _position + 1);
        }
    }

    private bool TryTakeTurn() => Interlocked.Exchange(ref _isSending, 1) == 0;

    /// <summary>
    /// False: something came since the last look, and whoever brought it found the turn taken: go on.
    /// </summary>
    private bool TryEndTurn()
    {
        // A full fence: what is read below must not be older than this.
        Interlocked.Exchange(ref _isSending, 0);
        if (Volatile.Read(ref _lastTurn) is { } lastTurn)
        {
            if (TryTakeTurn())
                lastTurn.TrySetResult();
            return true;
        }

        return IsOver || !HasWork || !TryTakeTurn();
    }

    /// <summary>The turn for good, when whoever has it now is done.</summary>
    private Task LastTurnAsync()
    {
        var lastTurn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _lastTurn, lastTurn);
        if (TryTakeTurn())
            lastTurn.TrySetResult();
        return lastTurn.Task;
    }

    private static bool IsPeerGone(Exception exception) => exception
        is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}

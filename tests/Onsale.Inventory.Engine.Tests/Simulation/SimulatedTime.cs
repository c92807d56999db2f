namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>Time that passes only when told to; timers fire on the caller's thread, in order.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private readonly PriorityQueue<SimulatedTimer, (long Due, long Order)> _timers = new();
    private long _now = TestEvents.Now.UtcTicks;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var end = _now + by.Ticks;
        while (_timers.TryPeek(out _, out var next) && next.Due <= end)
            FireNext();
        _now = end;
    }

    /// <summary>Goes to the next timer and fires it; false: there is none.</summary>
    public bool AdvanceToNextTimer()
    {
        while (_timers.TryPeek(out var next, out _) && next.IsOver)
            _timers.Dequeue();
        if (_timers.Count == 0)
            return false;
        FireNext();
        return true;
    }

    private void FireNext()
    {
        _timers.TryDequeue(out var timer, out var at);
        _now = Math.Max(_now, at.Due);
        timer!.Fire();
    }

    /// <summary>Fires once: nothing here uses periods.</summary>
    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        public bool IsOver { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            period.ShouldBe(Timeout.InfiniteTimeSpan);
            if (dueTime != Timeout.InfiniteTimeSpan)
                time._timers.Enqueue(this, (time._now + dueTime.Ticks, time._order++));
            return true;
        }

        public void Fire()
        {
            if (!IsOver)
                callback(state);
        }

        public void Dispose() => IsOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

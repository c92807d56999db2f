namespace Onsale.Inventory.Engine.Lanes;

/// <summary>A lane and the task that runs it.</summary>
/// <param name="lane">The lane.</param>
/// <param name="time">Measures how long it is idle.</param>
/// <param name="onFault">Called when the lane's loop ended by an exception, which only a defect can cause.</param>
internal sealed class LaneHost(EventLane lane, TimeProvider time, Action<LaneHost, Exception> onFault)
{
    // Per seat: its state, its claim and its history; per place taken: its booking, buyer and key. See memory.md.
    private const long BaseBytes = 64 * 1024;
    private const long BytesPerSeat = 32;
    private const long BytesPerPlaceTaken = 64;

    private readonly Lock _gate = new();
    private long _usedAt = time.GetTimestamp();
    private Task? _run;
    private Task<LaneReply>? _refresh;
    private volatile bool _isDropped;

    public EventLane Lane => lane;

    /// <summary>Time since it was last asked for.</summary>
    public TimeSpan Idle => time.GetElapsedTime(Volatile.Read(ref _usedAt));

    /// <summary>It takes no more commands: another host serves the event, or will.</summary>
    public bool IsDropped => _isDropped;

    /// <summary>Ends when the lane has answered everything after <see cref="Drop"/>.</summary>
    public Task Completion => _run ?? Task.CompletedTask;

    /// <summary>About how much memory its inventory takes.</summary>
    public long EstimateBytes()
    {
        if (!lane.Availability.IsLoaded)
            return BaseBytes;
        var snapshot = lane.Availability.Snapshot();
        var taken = snapshot.Tiers.Sum(tier => (long)(tier.Total - tier.Available));
        return BaseBytes + (snapshot.SeatCount * BytesPerSeat) + (taken * BytesPerPlaceTaken);
    }

    public void Start()
    {
        lock (_gate)
            _run ??= Task.Run(RunAsync);
    }

    public void Touch() => Volatile.Write(ref _usedAt, time.GetTimestamp());

    /// <summary>Takes no more commands; those in its queue are still answered.</summary>
    public void Drop()
    {
        _isDropped = true;
        lane.Complete();
    }

    public Task<LaneReply> SubmitAsync(InventoryCommand command) => lane.SubmitAsync(command);

    /// <summary>
    /// Makes a batch happen, and with it a look at the journal; one at a time, shared by all who ask.
    /// </summary>
    public Task<LaneReply> RefreshAsync()
    {
        lock (_gate)
        {
            if (_refresh is null or { IsCompleted: true })
                _refresh = lane.SubmitAsync(new SweepCommand());
            return _refresh;
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await lane.RunAsync();
        }
        catch (Exception exception)
        {
            // The lane has refused what was queued; it must not be found any more.
            Drop();
            onFault(this, exception);
        }
    }
}

using System.Collections.Concurrent;
using Onsale.Inventory.Engine.Journal;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// The lanes of this node: one an active event, started when it is first asked for, dropped when idle.
/// </summary>
internal sealed class EventLanes(
    PostgresJournal journal, TimeProvider time, InventoryMetrics metrics, ILogger<EventLanes> logger)
{
    private readonly ConcurrentDictionary<Guid, LaneHost> _lanes = new();
    private volatile bool _isStopping;

    /// <summary>An event's board shows something new; called by its lane, so it must not block or throw.</summary>
    public event Action<Guid, LaneEvent>? Changed;

    /// <summary>The lanes there are.</summary>
    public IEnumerable<LaneHost> Running => _lanes.Values;

    public int Count => _lanes.Count;

    /// <summary>Sends a command down its event's lane.</summary>
    public Task<LaneReply> SubmitAsync(Guid eventId, InventoryCommand command) =>
        _isStopping
            ? Task.FromResult(new LaneReply(LaneStatus.Overloaded, default))
            : LaneOf(eventId).SubmitAsync(command);

    /// <summary>An event's lane if it is loaded, of whatever age: for what the batch will check again anyway.</summary>
    public EventLane? FindLoaded(Guid eventId) =>
        _lanes.TryGetValue(eventId, out var running) && running.Lane.Availability.IsLoaded ? running.Lane : null;

    /// <summary>
    /// The lane with its board loaded and, while the journal answers, no older than
    /// <see cref="JournalLimits.MaxReadAgeMilliseconds"/>; null: there is no such event. Readers that find it older
    /// share one look at the journal, and do not wait for it beyond <see cref="JournalLimits.MaxReadWaitMilliseconds"/>.
    /// </summary>
    public async Task<(EventLane? Lane, LaneStatus Status)> ReadAsync(Guid eventId)
    {
        var running = LaneOf(eventId);
        var board = running.Lane.Availability;
        if (!board.IsLoaded || board.Age > TimeSpan.FromMilliseconds(JournalLimits.MaxReadAgeMilliseconds))
        {
            var refresh = running.RefreshAsync();
            // What is a little old is better than no answer: the journal may be away, or busy, for a while.
            if (board.IsLoaded && !await IsDoneSoonAsync(refresh))
                return (running.Lane, LaneStatus.Decided);
            var reply = await refresh;
            if (reply.Status == LaneStatus.EventNotFound)
                Drop(eventId, running);
            if (!board.IsLoaded)
                return (null, reply.Status);
        }

        return (running.Lane, LaneStatus.Decided);
    }

    /// <summary>Another node committed a version of an event: if this node shows the event, it catches up.</summary>
    public void Wake(Guid eventId, long version)
    {
        if (_lanes.TryGetValue(eventId, out var running)
            && running.Lane.Availability is { IsLoaded: true } board && board.Version < version)
            _ = running.RefreshAsync();
    }

    /// <summary>
    /// Looks at the journal for a version that is known to be there, from another node. One look may have been under
    /// way since before that version; the next is not.
    /// </summary>
    public async Task CatchUpAsync(Guid eventId)
    {
        var running = LaneOf(eventId);
        await running.RefreshAsync();
        await running.RefreshAsync();
    }

    /// <summary>Drops lanes that nobody uses, and the ones idle longest when there are too many.</summary>
    public void DropIdle()
    {
        var limit = TimeSpan.FromMinutes(JournalLimits.MaxIdleLaneMinutes);
        var excess = _lanes.Count - JournalLimits.MaxLanes;
        foreach (var (eventId, running) in _lanes.OrderByDescending(pair => pair.Value.Idle))
        {
            if (running.Idle < limit && excess-- <= 0)
                return;
            Drop(eventId, running);
        }
    }

    /// <summary>Takes no more commands and waits until those in flight are answered.</summary>
    public async Task StopAsync()
    {
        _isStopping = true;
        foreach (var running in _lanes.Values)
            running.Lane.Complete();
        await Task.WhenAll(_lanes.Values.Select(running => running.Completion));
    }

    private async Task<bool> IsDoneSoonAsync(Task refresh)
    {
        await refresh.WaitAsync(TimeSpan.FromMilliseconds(JournalLimits.MaxReadWaitMilliseconds), time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return refresh.IsCompleted;
    }

    private LaneHost LaneOf(Guid eventId)
    {
        if (!_lanes.TryGetValue(eventId, out var running))
        {
            running = _lanes.GetOrAdd(eventId, id => new LaneHost(
                new EventLane(id, journal, time, Guid.CreateVersion7, signal => Observe(id, signal)), time));
            running.Start();
        }

        running.Touch();
        return running;
    }

    private void Drop(Guid eventId, LaneHost running)
    {
        // Commands that are in its queue are still answered; later ones find a new lane, in order after them by the
        // lock.
        if (_lanes.TryRemove(KeyValuePair.Create(eventId, running)))
            running.Lane.Complete();
    }

    private void Observe(Guid eventId, LaneEvent signal)
    {
        metrics.Observe(signal);
        if (signal.Kind is LaneEventKind.Committed or LaneEventKind.CaughtUp or LaneEventKind.Loaded)
            Changed?.Invoke(eventId, signal);
        switch (signal.Kind)
        {
            case LaneEventKind.Mismatch:
                InventoryLog.Mismatch(logger, signal.Exception, eventId, signal.Commands);
                break;
            case LaneEventKind.Defect:
                InventoryLog.Defect(logger, signal.Exception, eventId, signal.Commands);
                break;
            case LaneEventKind.Unknown:
                InventoryLog.OutcomeUnknown(
                    logger, signal.Exception, eventId, signal.Entry!.BatchId, signal.Entry.Version);
                break;
            case LaneEventKind.HistoryLost:
                InventoryLog.HistoryLost(logger, eventId);
                break;
            case LaneEventKind.ListenerFailed:
                InventoryLog.ListenerFailed(logger, signal.Exception, eventId);
                break;
            case LaneEventKind.Retrying:
                InventoryLog.Retrying(
                    logger, eventId, signal.Commands, signal.Exception?.GetBaseException().Message ?? "");
                break;
        }
    }
}

/// <summary>A lane at work.</summary>
internal sealed class LaneHost(EventLane lane, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _usedAt = time.GetTimestamp();
    private Task? _run;
    private Task<LaneReply>? _refresh;

    public EventLane Lane => lane;

    /// <summary>Time since it was last asked for.</summary>
    public TimeSpan Idle => time.GetElapsedTime(Volatile.Read(ref _usedAt));

    /// <summary>Ends when the lane has answered everything after <see cref="EventLane.Complete"/>.</summary>
    public Task Completion => _run ?? Task.CompletedTask;

    public void Start()
    {
        lock (_gate)
            _run ??= Task.Run(lane.RunAsync);
    }

    public void Touch() => Volatile.Write(ref _usedAt, time.GetTimestamp());

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
}

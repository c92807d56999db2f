using System.Collections.Concurrent;
using Onsale.Inventory.Engine.Journal;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// The lanes of this node: one an active event, started when it is first asked for, dropped when idle or when all of
/// them take too much memory.
/// </summary>
internal sealed class EventLanes
{
    private readonly ConcurrentDictionary<Guid, LaneHost> _lanes = new();
    private readonly IInventoryJournal _journal;
    private readonly EventDirectory _directory;
    private readonly LaneMemory _memory;
    private readonly TimeProvider _time;
    private readonly InventoryMetrics _metrics;
    private readonly WriteHealth _health;
    private readonly ExpirySwitch _expiry;
    private readonly ILogger<EventLanes> _logger;
    private readonly INodeWakeUps _wakeUps;
    private readonly IDisposable _subscription;
    private volatile bool _isStopping;

    public EventLanes(
        IInventoryJournal journal, EventDirectory directory, LaneMemory memory, INodeWakeUps wakeUps, TimeProvider time,
        InventoryMetrics metrics, WriteHealth health, ExpirySwitch expiry, ILogger<EventLanes> logger)
    {
        (_journal, _directory, _memory, _wakeUps) = (journal, directory, memory, wakeUps);
        (_time, _metrics, _health, _expiry, _logger) = (time, metrics, health, expiry, logger);
        _subscription = wakeUps.Subscribe(Wake);
    }

    /// <summary>An event's view shows something new; called by its lane, so it must not block or throw.</summary>
    public event Action<Guid, LaneEvent>? Changed;

    /// <summary>The lanes there are at this moment.</summary>
    public IEnumerable<LaneHost> Running => _lanes.Values;

    public int Count => _lanes.Count;

    /// <summary>Sends a command down its event's lane. The event must be known to exist.</summary>
    public Task<LaneReply> SubmitAsync(Guid eventId, InventoryCommand command)
    {
        if (_isStopping)
            return Task.FromResult(new LaneReply(LaneStatus.Overloaded, default));
        var host = HostOf(eventId);
        var reply = host.SubmitAsync(command);
        return host.IsDropped ? RetryIfRefusedAsync(eventId, command, reply) : reply;
    }

    /// <summary>An event's lane if it is loaded, of whatever age: for what the batch will check again anyway.</summary>
    public EventLane? FindLoaded(Guid eventId) =>
        _lanes.TryGetValue(eventId, out var host) && host.Lane.Availability.IsLoaded ? host.Lane : null;

    /// <summary>
    /// The lane with its view loaded and, while the journal answers, no older than
    /// <see cref="JournalLimits.MaxReadAgeMilliseconds"/>; null: there is no such event. Readers that find it older
    /// share one look at the journal, and wait for at most <see cref="JournalLimits.MaxReadWaitMilliseconds"/>.
    /// </summary>
    public async Task<(EventLane? Lane, LaneStatus Status)> ReadAsync(Guid eventId)
    {
        if (_isStopping)
            return (null, LaneStatus.Overloaded);
        if (!_lanes.ContainsKey(eventId)
            && await _directory.FindAsync(eventId) is var found && found != LaneStatus.Decided)
            return (null, found);

        var host = HostOf(eventId);
        var view = host.Lane.Availability;
        if (!view.IsLoaded || view.Age > TimeSpan.FromMilliseconds(JournalLimits.MaxReadAgeMilliseconds))
        {
            var refresh = host.RefreshAsync();
            // A view that is a little old is better than no answer: the journal may be unavailable or busy for a while.
            if (view.IsLoaded && !await IsDoneSoonAsync(refresh))
                return (host.Lane, LaneStatus.Decided);
            var reply = await refresh;
            if (reply.Status == LaneStatus.EventNotFound)
                Drop(eventId, host);
            if (!view.IsLoaded)
            {
                // Dropped in between: the next host loads the event.
                return reply.Status == LaneStatus.Overloaded && host.IsDropped && !_isStopping
                    ? await ReadOnceAsync(eventId)
                    : (null, reply.Status);
            }
        }

        return (host.Lane, LaneStatus.Decided);
    }

    /// <summary>
    /// Looks at the journal for a version that is known to be there, from another node. One look may have been under
    /// way since before that version; the next is not.
    /// </summary>
    public async Task CatchUpAsync(Guid eventId)
    {
        var host = HostOf(eventId);
        await host.RefreshAsync();
        await host.RefreshAsync();
    }

    /// <summary>
    /// Drops lanes that are idle, and the ones idle longest while there are too many or they take too much memory.
    /// </summary>
    public void DropIdle()
    {
        // The dictionary's own method: LINQ copies a collection by its count and fails when lanes come or go meanwhile.
        var hosts = _lanes.ToArray();
        var byIdle = hosts
            .Select(pair => (EventId: pair.Key, Host: pair.Value, pair.Value.Idle, Bytes: pair.Value.EstimateBytes()))
            .OrderByDescending(lane => lane.Idle)
            .ToList();
        var (count, bytes) = (byIdle.Count, byIdle.Sum(lane => lane.Bytes));
        foreach (var lane in byIdle)
        {
            var isOver = count > JournalLimits.MaxLanes || bytes > _memory.MaxBytes;
            // One that is in use would be loaded again at once.
            var least = isOver
                ? TimeSpan.FromSeconds(JournalLimits.MinIdleSeconds)
                : TimeSpan.FromMinutes(JournalLimits.MaxIdleLaneMinutes);
            if (lane.Idle < least)
                return;
            Drop(lane.EventId, lane.Host);
            count--;
            bytes -= lane.Bytes;
        }
    }

    /// <summary>Takes no more commands and waits until those in flight are answered.</summary>
    public async Task StopAsync()
    {
        _isStopping = true;
        _subscription.Dispose();
        var hosts = _lanes.ToArray();
        foreach (var (_, host) in hosts)
            host.Drop();
        await Task.WhenAll(hosts.Select(pair => pair.Value.Completion));
    }

    /// <summary>A node committed a version: if this node shows the event and is behind, it catches up.</summary>
    private void Wake(Guid eventId, long version)
    {
        if (_lanes.TryGetValue(eventId, out var host)
            && host.Lane.Availability is { IsLoaded: true } view && view.Version < version)
            _ = host.RefreshAsync();
    }

    private async Task<(EventLane? Lane, LaneStatus Status)> ReadOnceAsync(Guid eventId)
    {
        var host = HostOf(eventId);
        var reply = await host.RefreshAsync();
        return host.Lane.Availability.IsLoaded ? (host.Lane, LaneStatus.Decided) : (null, reply.Status);
    }

    /// <summary>
    /// A lane that was dropped between being found and being asked refuses as if it were overloaded; the event's next
    /// lane takes the command.
    /// </summary>
    private async Task<LaneReply> RetryIfRefusedAsync(
        Guid eventId, InventoryCommand command, Task<LaneReply> first)
    {
        var reply = await first;
        return reply.Status == LaneStatus.Overloaded && !_isStopping
            ? await HostOf(eventId).SubmitAsync(command)
            : reply;
    }

    private async Task<bool> IsDoneSoonAsync(Task refresh)
    {
        await refresh.WaitAsync(TimeSpan.FromMilliseconds(JournalLimits.MaxReadWaitMilliseconds), _time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return refresh.IsCompleted;
    }

    private LaneHost HostOf(Guid eventId)
    {
        while (true)
        {
            if (!_lanes.TryGetValue(eventId, out var host))
            {
                host = _lanes.GetOrAdd(eventId, Create);
                host.Start();
            }

            host.Touch();
            if (!host.IsDropped || _isStopping)
                return host;
            // It leaves the dictionary at the same moment: never wait for that.
            _lanes.TryRemove(KeyValuePair.Create(eventId, host));
        }
    }

    private LaneHost Create(Guid eventId)
    {
        var lane = new EventLane(
            eventId, _journal, _time, Guid.CreateVersion7, laneEvent => Observe(eventId, laneEvent))
        {
            KeepsDueHolds = () => _expiry.IsOff,
        };
        return new LaneHost(lane, _time, OnFault);
    }

    private void Drop(Guid eventId, LaneHost host)
    {
        // Commands that are in its queue are still answered; later ones find a new lane, in order after them by the
        // lock.
        if (_lanes.TryRemove(KeyValuePair.Create(eventId, host)))
            host.Drop();
    }

    /// <summary>The event's next command finds a new lane, which loads the event again.</summary>
    private void OnFault(LaneHost host, Exception exception)
    {
        _lanes.TryRemove(KeyValuePair.Create(host.Lane.EventId, host));
        _metrics.Alarm();
        InventoryLog.LaneFaulted(_logger, exception, host.Lane.EventId);
    }

    private void Observe(Guid eventId, LaneEvent laneEvent)
    {
        _metrics.Observe(laneEvent);
        _health.Observe(laneEvent);
        if (laneEvent.Kind == LaneEventKind.Committed)
            _wakeUps.Publish(eventId, laneEvent.Entry!.Version);
        if (laneEvent.Kind is LaneEventKind.Committed or LaneEventKind.CaughtUp or LaneEventKind.Loaded)
            Changed?.Invoke(eventId, laneEvent);
        switch (laneEvent.Kind)
        {
            case LaneEventKind.Mismatch:
                InventoryLog.Mismatch(_logger, laneEvent.Exception, eventId, laneEvent.Commands);
                break;
            case LaneEventKind.Defect:
                InventoryLog.Defect(_logger, laneEvent.Exception, eventId, laneEvent.Commands);
                break;
            case LaneEventKind.Unknown:
                InventoryLog.OutcomeUnknown(
                    _logger, laneEvent.Exception, eventId, laneEvent.Entry!.BatchId, laneEvent.Entry.Version);
                break;
            case LaneEventKind.HistoryLost:
                InventoryLog.HistoryLost(_logger, eventId);
                break;
            case LaneEventKind.ListenerFailed:
                InventoryLog.ListenerFailed(_logger, laneEvent.Exception, eventId);
                break;
            case LaneEventKind.Retrying:
                InventoryLog.Retrying(
                    _logger, eventId, laneEvent.Commands, laneEvent.Exception?.GetBaseException().Message ?? "");
                break;
        }
    }
}

using Onsale.Server.Selling.Live;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>Tells the leader, by the database, what this node sees of the events that have a room.</summary>
internal sealed class LoadReports(Rooms rooms, LeaderStore store, LiveHub live, TimeProvider time)
{
    private readonly Guid _nodeId = Guid.CreateVersion7(time.GetUtcNow());
    private readonly HashSet<Guid> _reported = [];

    /// <summary>One round. An event of which nothing is seen is reported once more, and then no longer.</summary>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        foreach (var room in rooms.All)
        {
            var eventId = room.Room.EventId;
            var load = room.Meter.Take(live.CountOf(eventId));
            var isIdle = load is { HoldsPerSecond: 0, HoldP99Milliseconds: 0, Viewers: 0 };
            if (isIdle && !_reported.Remove(eventId))
                continue;
            await store.ReportAsync(eventId, _nodeId, load, cancellationToken);
            if (!isIdle)
                _reported.Add(eventId);
        }
    }
}

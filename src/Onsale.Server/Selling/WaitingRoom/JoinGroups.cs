using System.Collections.Concurrent;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>What a join was given.</summary>
/// <param name="Phase">The room's when the place was given: none is given while it is closed.</param>
/// <param name="Era">The opening that the place is of.</param>
/// <param name="Number">The number; 0: among the early.</param>
/// <param name="Now">The database's time.</param>
internal readonly record struct Joined(RoomPhase Phase, int Era, long Number, DateTimeOffset Now);

/// <summary>
/// Collects the joins of each event while a statement is under way, and takes the next group with one: an idle room
/// answers at once, and a million joins cost a few thousand statements.
/// </summary>
internal sealed class JoinGroups(JoinStore store, WaitingRoomMetrics metrics)
{
    private readonly ConcurrentDictionary<Guid, EventGroups> _events = new();

    /// <summary>A place for a buyer; null: too many join at this moment.</summary>
    public Task<Joined?> TryJoinAsync(Room room, Guid buyerId, bool isAccount) =>
        _events.GetOrAdd(room.EventId, eventId => new EventGroups(eventId, store, metrics))
            .TryAddAsync(room, buyerId, isAccount);

    private sealed class Pending(Guid buyerId, bool isAccount)
        : TaskCompletionSource<Joined?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Guid BuyerId => buyerId;

        public bool IsAccount => isAccount;
    }

    private sealed class EventGroups(Guid eventId, JoinStore store, WaitingRoomMetrics metrics)
    {
        private readonly Lock _gate = new();
        private readonly Queue<Pending> _waiting = new();
        private Room? _room;
        private bool _isRunning;

        // For the one loop alone.
        private CrowdSketch _crowd = new();
        private int _crowdEra;

        public Task<Joined?> TryAddAsync(Room room, Guid buyerId, bool isAccount)
        {
            var pending = new Pending(buyerId, isAccount);
            lock (_gate)
            {
                if (_waiting.Count >= WaitingRoomLimits.MaxPendingJoins)
                    return Task.FromResult<Joined?>(null);
                _room = room;
                _waiting.Enqueue(pending);
                if (_isRunning)
                    return pending.Task;
                _isRunning = true;
            }

            _ = Task.Run(RunAsync);
            return pending.Task;
        }

        private async Task RunAsync()
        {
            while (TakeGroup() is { } group)
            {
                try
                {
                    await GiveAsync(group);
                }
                catch (Exception exception)
                {
                    // Each of the group hears of it; numbers that were taken are missing from the line. What was
                    // counted may not be stored.
                    _crowdEra = 0;
                    foreach (var pending in group)
                        pending.TrySetException(exception);
                }
            }
        }

        private List<Pending>? TakeGroup()
        {
            lock (_gate)
            {
                var group = new List<Pending>();
                while (group.Count < WaitingRoomLimits.MaxGroupJoins && _waiting.TryDequeue(out var pending))
                    group.Add(pending);
                if (group.Count > 0)
                    return group;
                _isRunning = false;
                return null;
            }
        }

        private async Task GiveAsync(List<Pending> group)
        {
            var given = await TakeAsync(group);
            if (given.Phase != RoomPhase.Closed)
                metrics.Joined(group.Count, isEarly: given.Phase == RoomPhase.PreQueue);
            var places = group.Select((pending, index) => (
                Pending: pending, Number: given.FirstNumber == 0 ? 0 : given.FirstNumber + index)).ToList();
            if (given.Phase != RoomPhase.Closed && places.Where(place => place.Pending.IsAccount).ToList() is
                { Count: > 0 } accounts)
            {
                // The last of a buyer's counts, and one statement may not change a row twice.
                var last = accounts.GroupBy(place => place.Pending.BuyerId)
                    .Select(places => (BuyerId: places.Key, Number: places.Max(place => place.Number))).ToList();
                await store.RememberAsync(
                    eventId, given.Era, [.. last.Select(place => place.BuyerId)],
                    [.. last.Select(place => place.Number)]);
            }

            foreach (var (pending, number) in places)
                pending.TrySetResult(new Joined(given.Phase, given.Era, number, given.Now));
        }

        /// <summary>By the room as this node knows it; the database says whether that is still so.</summary>
        private async Task<JoinedGroup> TakeAsync(List<Pending> group)
        {
            var (phase, era) = (_room!.Phase, _room.Era);
            while (true)
            {
                var given = phase == RoomPhase.Open
                    ? await store.TakeNumbersAsync(eventId, group.Count)
                    : await TakeEarlyAsync(group, era);
                // Past the draw every place has a number, and before it every one is counted: else once more.
                var isGiven = given.Phase switch
                {
                    RoomPhase.Open => given.FirstNumber > 0,
                    RoomPhase.PreQueue => phase != RoomPhase.Open && given.Era == era,
                    _ => true,
                };
                if (isGiven)
                    return given;
                (phase, era) = (given.Phase, given.Era);
            }
        }

        private Task<JoinedGroup> TakeEarlyAsync(List<Pending> group, int era)
        {
            if (_crowdEra != era)
                (_crowd, _crowdEra) = (new CrowdSketch(), era);
            return group.Exists(pending => _crowd.WouldChange(pending.BuyerId))
                ? store.CountEarlyAsync(eventId, era, [.. group.Select(one => one.BuyerId)], _crowd)
                : store.ReadPhaseAsync(eventId);
        }
    }
}

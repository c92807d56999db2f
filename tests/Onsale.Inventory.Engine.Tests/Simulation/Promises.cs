using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>
/// What callers were told, weighed against what the change log says happened: every acknowledged effect is there once,
/// nothing else is there but what expired by itself or what a caller was told (or never told) may have happened.
/// </summary>
internal sealed class Promises
{
    private readonly List<(InventoryCommand Command, Task<LaneReply> Reply, bool MayBeLost)> _all = [];

    private int _forgotten;

    public int Count => Earlier + _all.Count;

    private int Earlier { get; set; }

    public int Answered(LaneStatus status) =>
        _all.Count(promise => promise.Reply.IsCompletedSuccessfully
            && promise.Reply.GetAwaiter().GetResult().Status == status);

    public int Replays => Replies().Count(item => item.Reply is { Status: LaneStatus.Decided, Result.IsReplay: true });

    public int Refusals =>
        Replies().Count(item => item.Reply is { Status: LaneStatus.Decided, Result.Refusal: not null });

    public void Add(InventoryCommand command, Task<LaneReply> reply) => _all.Add((command, reply, false));

    /// <summary>The node was killed: what it did not answer by now it never will.</summary>
    public void Lose(IReadOnlySet<Task<LaneReply>> ofNode)
    {
        for (var i = 0; i < _all.Count; i++)
        {
            if (ofNode.Contains(_all[i].Reply) && !_all[i].Reply.IsCompleted)
                _all[i] = _all[i] with { MayBeLost = true };
        }
    }

    /// <summary>Some of what was acknowledged was lost since: only what comes now counts.</summary>
    public void Forget(IReadOnlyList<(long Version, Change Change)> log)
    {
        Earlier += _all.Count;
        _all.Clear();
        _forgotten = log.Count;
    }

    public void Check(IReadOnlyList<(long Version, Change Change)> log)
    {
        // Of what came before only the ends of holds are looked at, to know what was prolonged.
        var ends = new Dictionary<Guid, (DateTimeOffset HeldUntil, int Extensions)>();
        foreach (var (_, change) in log.Take(_forgotten))
        {
            if (change is BookingChanged { Booking: var earlier })
                ends[earlier.Id] = (earlier.HeldUntil, earlier.Extensions);
        }

        // What the waitlist holds and gives back, nobody in particular asked for.
        var offers = log.Select(item => item.Change).OfType<WaitlistChanged>()
            .Select(change => change.Entry.BookingId).OfType<Guid>().ToHashSet();
        log = [.. log.Skip(_forgotten)];
        var unexplained = new Dictionary<(Guid, long, BookingState, int), int>();
        var known = new HashSet<(Guid, long, BookingState)>();
        foreach (var (version, change) in log)
        {
            if (change is BookingMoved { Booking: var moved })
            {
                known.Add((moved.Id, version, moved.State));
                unexplained[KeyOf(moved)] = unexplained.GetValueOrDefault(KeyOf(moved)) + 1;
            }

            if (change is not BookingChanged { Booking: var booking } changed)
                continue;
            known.Add((booking.Id, version, booking.State));
            // Nobody in particular asked for that.
            var isProlonged = ends.TryGetValue(booking.Id, out var end) && end.HeldUntil != booking.HeldUntil
                && end.Extensions == booking.Extensions;
            ends[booking.Id] = (booking.HeldUntil, booking.Extensions);
            if (isProlonged)
                continue;
            if (changed.From != BookingState.Held || booking.State != BookingState.Expired)
                unexplained[KeyOf(booking)] = unexplained.GetValueOrDefault(KeyOf(booking)) + 1;
        }

        var maybe = new HashSet<Guid>();
        foreach (var (command, reply) in Replies())
        {
            if (reply is { Status: LaneStatus.Decided, Result: { Refusal: null, Booking: { } booking } result })
            {
                SimulationAuditor.Require(
                    known.Contains((booking.Id, booking.Version, booking.State)),
                    Finding.Untrue, $"{command} made {booking}");
                if (result.IsReplay || command is ProlongHoldsCommand)
                    continue;
                SimulationAuditor.Require(
                    BookingOf(command) == booking.Id, Finding.Untrue, $"{command} was answered with {booking}");
                SimulationAuditor.Require(--CountOf(unexplained, KeyOf(booking)) >= 0, Finding.Untrue,
                    $"{command} was acknowledged, and did not happen (so often)");
            }
            else if (reply is null or { Status: LaneStatus.OutcomeUnknown } && BookingOf(command) is { } id)
            {
                maybe.Add(id);
            }

            SimulationAuditor.Require(reply?.Status != LaneStatus.Failed, Finding.Broken, $"{command} failed");
        }

        foreach (var ((id, version, state, _), _) in unexplained.Where(effect => effect.Value > 0))
            SimulationAuditor.Require(
                maybe.Contains(id) || (offers.Contains(id) && state is BookingState.Held or BookingState.Released),
                Finding.Untrue, $"{id} became {state} at {version}, which nobody was told");
        CheckBlocks(log);
        CheckKeys(log);
    }

    private static ref int CountOf(Dictionary<(Guid, long, BookingState, int), int> counts,
        (Guid, long, BookingState, int) key) =>
        ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);

    private static (Guid, long, BookingState, int) KeyOf(Booking booking) =>
        (booking.Id, booking.Version, booking.State, booking.Attempts);

    private static Guid? BookingOf(InventoryCommand command) => command switch
    {
        HoldCommand hold => hold.BookingId,
        BookingCommand booking => booking.BookingId,
        _ => null,
    };

    private void CheckBlocks(IReadOnlyList<(long Version, Change Change)> log)
    {
        var written = log.Count(item => item.Change is SeatsBlocked or PoolBlocked or PoolResized);
        var blocks = Replies().Where(item => item.Command is BlockSeatsCommand or BlockPoolCommand or ResizePoolCommand)
            .ToList();
        var done = blocks.Count(item => item.Reply is { Status: LaneStatus.Decided, Result.Refusal: null });
        var maybe = blocks.Count(item => item.Reply is null or { Status: LaneStatus.OutcomeUnknown });
        SimulationAuditor.Require(written >= done && written <= done + maybe, Finding.Untrue,
            $"{written} blocks in the log, {done} acknowledged, {maybe} unknown");
    }

    private void CheckKeys(IReadOnlyList<(long Version, Change Change)> log)
    {
        var made = log.Select(item => item.Change).OfType<BookingChanged>()
            .Where(change => change.From is null).Select(change => change.Booking.Id).ToHashSet();
        foreach (var key in Replies().Where(item => item.Command is HoldCommand { Key: not null })
            .GroupBy(item => ((HoldCommand)item.Command).Key!.KeyHash))
        {
            var bookings = key.Select(item => ((HoldCommand)item.Command).BookingId).Where(made.Contains).ToList();
            SimulationAuditor.Require(
                bookings.Count <= 1, Finding.Untrue, $"key {key.Key} made {bookings.Count} bookings");
            var told = key.Where(item => item.Reply is { Status: LaneStatus.Decided, Result.Booking: not null })
                .Select(item => item.Reply!.Value.Result.Booking!.Id).Distinct().ToList();
            SimulationAuditor.Require(
                told.Count == 0 || (told.Count == 1 && told[0] == bookings.Single()), Finding.Untrue,
                $"key {key.Key} was answered with {told.Count} bookings");
        }
    }

    private IEnumerable<(InventoryCommand Command, LaneReply? Reply)> Replies()
    {
        foreach (var (command, reply, mayBeLost) in _all)
        {
            SimulationAuditor.Require(
                reply.IsCompletedSuccessfully || mayBeLost, Finding.Broken, $"{command} was not answered");
            yield return (command, reply.IsCompletedSuccessfully ? reply.GetAwaiter().GetResult() : null);
        }
    }
}

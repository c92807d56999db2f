using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Engine.Tests.Simulation;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Engine.Tests;

/// <summary>
/// Batches of several events in one transaction: who travels with whom, and what one does to the others.
/// </summary>
public sealed class SharedTransactionsTests
{
    private const int Events = 5;

    private readonly SimulationLoop _loop = new(new Random(1));
    private readonly SimulatedTime _time = new();
    private readonly SimulatedDatabase[] _databases;
    private readonly List<int> _shared = [];
    private readonly List<LaneEvent> _events = [];
    private SimulatedSharedJournal _journal = new(new Random(2));
    private int _batches;

    public SharedTransactionsTests()
    {
        var settings = Hall.Of("......").Settings;
        _databases = [.. Enumerable.Range(0, Events).Select(number => new SimulatedDatabase(
            new SimulatedTables(settings with { EventId = Id(7000 + number) }, poolCapacity: 100), _time, new Random(3),
            Guards.All) { HasFaults = false })];
    }

    [Fact]
    public void Lanes_that_wait_share_one_transaction() => _loop.Run(() =>
    {
        var lanes = Lanes(Share());
        var replies = StartBehindALock(lanes);

        _databases[0].Exit();
        Settle();

        replies.ShouldAllBe(reply => Reply(reply).Result.Booking != null);
        _shared.ShouldBe([Events - 1]);
        _databases.ShouldAllBe(database => database.Tables.Version == 1);
    });

    [Fact]
    public void Lone_lane_has_transactions_of_its_own() => _loop.Run(() =>
    {
        var lanes = Lanes(Share());
        for (var booking = 1; booking <= 5; booking++)
            Ask(lanes[0], HoldStanding(booking, 100 + booking, 1)).Result.Booking.ShouldNotBeNull();
        _journal.SharedEvents.ShouldBe(0);
        _databases[0].Tables.Version.ShouldBe(5);
    });

    [Fact]
    public void Event_that_somebody_else_has_locked_goes_alone_and_holds_up_nobody() => _loop.Run(() =>
    {
        var lanes = Lanes(Share());
        var replies = StartBehindALock(lanes);
        _databases[2].TryEnter().ShouldBeTrue();

        _databases[0].Exit();
        RunReady();

        replies.Where((_, number) => number != 2).ShouldAllBe(reply => Reply(reply).Result.Booking != null);
        replies[2].IsCompleted.ShouldBeFalse();
        _shared.ShouldBe([Events - 2]);
        _databases[2].Exit();
        Settle();
        Reply(replies[2]).Result.Booking.ShouldNotBeNull();
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_the_tables_refuse_together_is_written_each_alone(bool isLasting) => _loop.Run(() =>
    {
        var isFirst = true;
        _journal = new SimulatedSharedJournal(new Random(2))
        {
            Takes = _ => !isLasting && !(isFirst && !(isFirst = false)),
        };
        var lanes = Lanes(Share());
        var replies = StartBehindALock(lanes);

        _databases[0].Exit();
        Settle();

        replies.ShouldAllBe(reply => Reply(reply).Result.Booking != null);
        _shared.ShouldBeEmpty();
        _databases.ShouldAllBe(database => database.Tables.Version == 1);
        _events.Select(one => one.Kind).Distinct().Order().ShouldBe(
            [LaneEventKind.Committed, LaneEventKind.NothingToWrite, LaneEventKind.Loaded]);
    });

    [Fact]
    public void Only_the_event_whose_rows_differ_raises_an_alarm() => _loop.Run(() =>
    {
        var lanes = Lanes(Share());
        foreach (var lane in lanes)
            Ask(lane, HoldStanding(1, 100, 1));
        var replies = StartBehindALock(lanes, firstBooking: 10);
        // What a hand in the tables does: memory and rows differ.
        _databases[3].Tables.Seats[0] = new SeatRow(SeatState.Blocked, null);

        _databases[0].Exit();
        Settle();

        replies.Where((_, number) => number != 3).ShouldAllBe(reply => Reply(reply).Result.Booking != null);
        Reply(replies[3]).Result.Refusal!.Reason.ShouldBe(RefusalReason.SeatsUnavailable);
        _events.Count(one => one.Kind == LaneEventKind.Mismatch).ShouldBe(1);
    });

    [Fact]
    public void Event_that_decides_too_late_is_left_out_and_nothing_of_it_is_written() => _loop.Run(() =>
    {
        var shared = Share();
        var opens = Enumerable.Range(0, 3).Select(number => shared.OpenAsync(
            _databases[number].Tables.Load(), new BatchReadSet([]))).ToList();
        RunReady();
        var first = opens[0].GetAwaiter().GetResult();
        _ = first.DisposeAsync().AsTask();
        RunReady();
        var (late, punctual) = (opens[1].GetAwaiter().GetResult(), opens[2].GetAwaiter().GetResult());
        var committed = punctual.CommitAsync(CommitOf(2));
        RunReady();
        committed.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(SharedLimits.MaxDecisionMilliseconds));
        RunReady();
        var refused = late.CommitAsync(CommitOf(1));
        Settle();

        committed.GetAwaiter().GetResult().Outcome.ShouldBe(CommitOutcome.Committed);
        refused.GetAwaiter().GetResult().Outcome.ShouldBe(CommitOutcome.NotCommitted);
        (_databases[1].Tables.Version, _databases[2].Tables.Version).ShouldBe((0, 1));
        _databases[1].TryEnter().ShouldBeTrue();
    });

    [Fact]
    public void Nobody_waits_long_behind_a_transaction_that_does_not_end() => _loop.Run(() =>
    {
        var lanes = Lanes(Share());
        var replies = StartBehindALock(lanes);
        replies.ShouldAllBe(reply => !reply.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(SharedLimits.MaxWaitMilliseconds));
        RunReady();

        replies.Skip(1).ShouldAllBe(reply => Reply(reply).Result.Booking != null);
        replies[0].IsCompleted.ShouldBeFalse();
        _databases[0].Exit();
        Settle();
        Reply(replies[0]).Result.Booking.ShouldNotBeNull();
    });

    [Fact]
    public void Settings_and_what_brings_rows_of_other_modules_do_not_share() => _loop.Run(() =>
    {
        var lanes = Lanes(Share());
        _ = StartBehindALock(lanes, count: 3);

        var changed = lanes[4].SubmitAsync(new ChangeSettingsCommand(SettingsPatch.ChangePrice(Standing, 1)));
        RunReady();

        Reply(changed).Result.Refusal.ShouldBeNull();
        BatchReadSet.For([HoldStanding(1, 100, 1)], _databases[0].Tables.Load().Keys).TravelsAlone.ShouldBeFalse();
        BatchReadSet.For([HoldStanding(1, 100, 1) with { Note = new object() }], _databases[0].Tables.Load().Keys)
            .TravelsAlone.ShouldBeTrue();
        _databases[0].Exit();
        Settle();
    });

    private SharedTransactions Share()
    {
        foreach (var database in _databases)
            _journal.Add(database, new SimulatedJournal(database));
        return new SharedTransactions(_journal, _time, _shared.Add) { MaxTransactions = 1 };
    }

    private EventLane[] Lanes(SharedTransactions shared)
    {
        var lanes = _databases.Select(database =>
        {
            var lane = new EventLane(
                database.Tables.Settings.EventId, shared, _time, _ => Id(++_batches), _events.Add);
            _ = lane.RunAsync();
            return lane;
        }).ToArray();
        foreach (var lane in lanes)
            Ask(lane, new SweepCommand());
        return lanes;
    }

    /// <summary>
    /// One hold of each lane; the first waits for a lock that the test has, with the only transaction there may be.
    /// </summary>
    private List<Task<LaneReply>> StartBehindALock(EventLane[] lanes, int firstBooking = 1, int count = Events)
    {
        _databases[0].TryEnter().ShouldBeTrue();
        var replies = new List<Task<LaneReply>>();
        foreach (var lane in lanes.Take(count))
        {
            replies.Add(lane.SubmitAsync(HoldSeats(firstBooking + replies.Count, 200 + replies.Count, 0, 1)));
            RunReady();
        }

        return replies;
    }

    private BatchCommit CommitOf(int number)
    {
        var inventory = _databases[number].Tables.Load();
        var decision = InventoryDecider.Decide(
            inventory, new BatchContext(Now, new Dictionary<Guid, UsedKey>(), new Dictionary<Guid, Booking>()),
            [HoldStanding(1, 100, 1)]);
        var (total, available) = inventory.Sum();
        return new BatchCommit(
            new LogEntry(1, Id(++_batches), Now, decision.Changes), new BatchWrites(decision.Changes), decision.Keys,
            null, total, available);
    }

    private void RunReady()
    {
        while (_loop.RunOne())
        {
        }
    }

    private void Settle()
    {
        for (var turns = 0; _loop.RunOne() || _time.AdvanceToNextTimer(); turns++)
            turns.ShouldBeLessThan(100_000);
    }

    private LaneReply Ask(EventLane lane, InventoryCommand command)
    {
        var reply = lane.SubmitAsync(command);
        Settle();
        return Reply(reply);
    }

    private static LaneReply Reply(Task<LaneReply> task)
    {
        task.IsCompletedSuccessfully.ShouldBeTrue();
        return task.GetAwaiter().GetResult();
    }
}

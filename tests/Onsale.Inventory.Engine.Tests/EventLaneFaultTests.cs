using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Engine.Tests.Simulation;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Engine.Tests;

/// <summary>Lanes whose journal, neighbours or listeners fail: every command is answered, and in time.</summary>
public sealed class EventLaneFaultTests
{
    private static readonly TimeSpan s_maxReplyTime = TimeSpan.FromSeconds(30);

    private readonly SimulationLoop _loop = new(new Random(1));
    private readonly SimulatedTime _time = new();
    private readonly List<LaneEvent> _events = [];
    private readonly SimulatedTables _tables = new(Hall.Of("......").Settings, poolCapacity: 100);
    private readonly SimulatedDatabase _database;
    private int _batches;

    public EventLaneFaultTests() =>
        _database = new SimulatedDatabase(_tables, _time, new Random(2), Guards.All) { HasFaults = false };

    private EventLane Run(IInventoryJournal? journal = null, Action<LaneEvent>? onEvent = null)
    {
        var lane = new EventLane(
            _tables.Settings.EventId, journal ?? new SimulatedJournal(_database), _time, _ => Id(++_batches),
            onEvent ?? _events.Add);
        _ = lane.RunAsync();
        return lane;
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

    [Fact]
    public void Replies_of_batches_that_write_nothing_are_deferred_past_one_lock_at_most() => _loop.Run(() =>
    {
        var (opens, lane) = (0, default(EventLane));
        var replies = new List<Task<LaneReply>>();
        lane = Run(new HookedJournal(new SimulatedJournal(_database))
        {
            Opening = () =>
            {
                // One more for each batch, so that the queue is never empty; none can be refused from memory.
                if (++opens <= 100)
                    replies.Add(lane!.SubmitAsync(HoldStanding(1000 + opens, 100, 9)));
                // A reply that is due two locks ago is on its way.
                replies.Take(replies.Count - 3).ShouldAllBe(reply => reply.IsCompleted);
                return Task.CompletedTask;
            },
        });
        _ = lane.SubmitAsync(HoldStanding(1, 100, 9));
        Settle();
        opens.ShouldBeGreaterThan(100);
        replies.ShouldAllBe(reply => Reply(reply).Result.Refusal!.Reason == RefusalReason.LimitExceeded);
        _tables.Version.ShouldBe(0);
    });

    [Fact]
    public void Listener_that_always_throws_does_not_end_the_lane() => _loop.Run(() =>
    {
        var lane = Run(onEvent: _ => throw new InvalidOperationException("a listener's defect"));
        Ask(lane, HoldSeats(1, 100, 1)).Result.Booking.ShouldNotBeNull();
        // Refused from memory, on the caller's own thread.
        Reply(lane.SubmitAsync(HoldSeats(2, 101, 1))).Result.Refusal.ShouldNotBeNull();
        Ask(lane, new CommandOfNoKind()).Status.ShouldBe(LaneStatus.Failed);
        Ask(lane, HoldSeats(3, 100, 2)).Result.Booking.ShouldNotBeNull();
    });

    [Fact]
    public void Lock_that_is_never_granted_leaves_no_caller_waiting() => _loop.Run(() =>
    {
        var (isStuck, disposed) = (true, 0);
        var granted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lane = Run(new HookedJournal(new SimulatedJournal(_database))
        {
            Opening = () => isStuck ? granted.Task : Task.CompletedTask,
            Disposed = () => disposed++,
        });
        var began = _time.GetUtcNow();
        var first = lane.SubmitAsync(HoldSeats(1, 100, 1));
        while (_loop.RunOne())
        {
        }

        var queued = lane.SubmitAsync(HoldSeats(2, 100, 2));
        Settle();
        Reply(first).Status.ShouldBe(LaneStatus.Unavailable);
        Reply(queued).Status.ShouldBe(LaneStatus.Unavailable);
        (_time.GetUtcNow() - began).ShouldBeLessThan(s_maxReplyTime);

        // The abandoned attempt gives its lock back when it gets it.
        isStuck = false;
        granted.SetResult();
        Settle();
        disposed.ShouldBeGreaterThan(0);
        Ask(lane, HoldSeats(3, 100, 3)).Result.Booking.ShouldNotBeNull();
    });

    [Fact]
    public void Commit_whose_outcome_cannot_be_looked_up_is_answered_in_time() => _loop.Run(() =>
    {
        var lane = Run(new LostAnswers(new SimulatedJournal(_database)));
        var began = _time.GetUtcNow();
        Ask(lane, HoldSeats(1, 100, 1)).Status.ShouldBe(LaneStatus.OutcomeUnknown);
        (_time.GetUtcNow() - began).ShouldBeLessThan(s_maxReplyTime);
    });

    [Fact]
    public void Command_that_waited_too_long_is_refused_and_not_run() => _loop.Run(() =>
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isFirst = true;
        var lane = Run(new HookedJournal(new SimulatedJournal(_database))
        {
            Committing = () => isFirst ? turn.Task : Task.CompletedTask,
        });
        var slow = lane.SubmitAsync(HoldSeats(1, 100, 1));
        while (_loop.RunOne())
        {
        }

        var overdue = lane.SubmitAsync(HoldSeats(2, 101, 2));
        _time.Advance(TimeSpan.FromSeconds(LaneLimits.MaxQueueSeconds + 1));
        var young = lane.SubmitAsync(HoldSeats(3, 102, 3));
        isFirst = false;
        turn.SetResult();
        Settle();
        Reply(slow).Result.Booking.ShouldNotBeNull();
        Reply(overdue).Status.ShouldBe(LaneStatus.Unavailable);
        Reply(young).Result.Booking.ShouldNotBeNull();
        _tables.Bookings.Keys.ShouldBe([Id(1), Id(3)], ignoreOrder: true);
    });

    [Fact]
    public void Load_that_outlasts_its_batch_serves_the_next_one() => _loop.Run(() =>
    {
        var loading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var journal = new SlowLoads(new SimulatedJournal(_database), loading.Task);
        var lane = Run(journal);
        Ask(lane, HoldSeats(1, 100, 1)).Status.ShouldBe(LaneStatus.Unavailable);
        loading.SetResult();
        Ask(lane, HoldSeats(2, 100, 1)).Result.Booking.ShouldNotBeNull();
        journal.Loads.ShouldBe(1);
    });

    [Fact]
    public void Lane_that_knows_lost_commits_loads_again_though_the_versions_are_equal() => _loop.Run(() =>
    {
        var (survivor, other) = (Run(), Run(onEvent: _ => { }));
        Ask(survivor, HoldStanding(1, 100, 4));
        Ask(survivor, HoldStanding(2, 100, 4));
        _tables.LoseLast(1);
        Ask(other, HoldStanding(3, 101, 4)).Result.Booking.ShouldNotBeNull().Version.ShouldBe(2);

        // By the lost commit the first buyer has reached the limit, and the second has nothing.
        Ask(survivor, HoldStanding(4, 100, 4)).Result.Booking.ShouldNotBeNull();
        Ask(survivor, HoldStanding(5, 101, 5)).Result.Refusal.ShouldNotBeNull().Has.ShouldBe(4);
        _events.ShouldContain(laneEvent => laneEvent.Kind == LaneEventKind.HistoryLost);
        // Readers that saw the lost version get everything anew.
        survivor.Availability.ChangesSince(2).ShouldBeNull();
        survivor.Availability.ChangesSince(3).ShouldNotBeNull();
    });

    [Fact]
    public void Settings_change_reaches_another_lane_by_the_log_without_a_reload() => _loop.Run(() =>
    {
        var (lane, other) = (Run(), Run(onEvent: _ => { }));
        Ask(lane, new SweepCommand());
        Ask(other, new ChangeSettingsCommand(SettingsPatch.ChangePrice(Standing, 1))).Result.Refusal.ShouldBeNull();
        other.Settings!.SettingsVersion.ShouldBe(2);
        lane.Settings!.SettingsVersion.ShouldBe(1);
        Ask(lane, HoldStanding(1, 100, 1) with { SettingsVersion = 1 }).Result.Refusal!.Reason
            .ShouldBe(RefusalReason.StaleSettings);
        lane.Settings!.Tiers[Standing].Price.ShouldBe(1);
        Ask(lane, HoldStanding(1, 100, 1) with { SettingsVersion = 2 }).Result.Booking!.Total.ShouldBe(1);
        _events.Count(laneEvent => laneEvent.Kind == LaneEventKind.Loaded).ShouldBe(1);
    });

    private sealed record CommandOfNoKind : InventoryCommand;

    /// <summary>Commits whose answer is lost; and the server does not respond any more.</summary>
    private sealed class LostAnswers(IInventoryJournal inner) : IInventoryJournal
    {
        public Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken) =>
            inner.LoadAsync(eventId, cancellationToken);

        public async Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet readSet) =>
            new Batch(await inner.OpenAsync(known, readSet));

        public Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId) =>
            new TaskCompletionSource<bool>().Task;

        private sealed class Batch(IOpenBatch inner) : IOpenBatch
        {
            public long Version => inner.Version;

            public Guid? KnownBatchId => inner.KnownBatchId;

            public long SettingsVersion => inner.SettingsVersion;

            public DateTimeOffset Now => inner.Now;

            public IReadOnlyList<LogEntry> EntriesSinceKnown => inner.EntriesSinceKnown;

            public IReadOnlyDictionary<Guid, UsedKey> Keys => inner.Keys;

            public IReadOnlyDictionary<Guid, Booking> Bookings => inner.Bookings;

            public Task<CommitResult> CommitAsync(BatchCommit commit) =>
                Task.FromResult(new CommitResult(CommitOutcome.Unknown));

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }

    private sealed class SlowLoads(IInventoryJournal inner, Task gate) : IInventoryJournal
    {
        public int Loads { get; private set; }

        public async Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken)
        {
            Loads++;
            await gate;
            return await inner.LoadAsync(eventId, cancellationToken);
        }

        public Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet readSet) =>
            inner.OpenAsync(known, readSet);

        public Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId) =>
            inner.WasCommittedAsync(eventId, version, batchId);
    }
}

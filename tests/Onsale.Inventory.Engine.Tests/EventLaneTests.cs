using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Engine.Tests.Simulation;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Engine.Tests;

/// <summary>One lane on a journal that works; what happens when it does not is the simulation's subject.</summary>
public sealed class EventLaneTests
{
    private readonly SimulationLoop _loop = new(new Random(1));
    private readonly SimulatedTime _time = new();
    private readonly List<LaneEvent> _events = [];
    private readonly SimulatedTables _tables = new(Hall.Of("......").Settings, poolCapacity: 100_000);
    private readonly SimulatedDatabase _database;

    public EventLaneTests() =>
        _database = new SimulatedDatabase(_tables, _time, new Random(2), Guards.All) { HasFaults = false };

    private EventLane Lane(IInventoryJournal? journal = null, Action<LaneEvent>? onEvent = null)
    {
        var batches = 0;
        return new EventLane(
            _tables.Settings.EventId, journal ?? new SimulatedJournal(_database), _time, _ => Id(++batches),
            onEvent ?? _events.Add);
    }

    private void Settle()
    {
        for (var turns = 0; _loop.RunOne() || _time.AdvanceToNextTimer(); turns++)
            turns.ShouldBeLessThan(1_000_000);
    }

    private void RunReady()
    {
        while (_loop.RunOne())
        {
        }
    }

    private static LaneReply Reply(Task<LaneReply> task)
    {
        task.IsCompletedSuccessfully.ShouldBeTrue();
        return task.GetAwaiter().GetResult();
    }

    private LaneReply Ask(EventLane lane, InventoryCommand command)
    {
        var reply = lane.SubmitAsync(command);
        Settle();
        return Reply(reply);
    }

    [Fact]
    public void Commands_that_arrive_while_a_batch_is_in_flight_travel_together() => _loop.Run(() =>
    {
        var lane = Lane();
        _ = lane.RunAsync();
        var replies = Enumerable.Range(1, 1025).Select(n => lane.SubmitAsync(HoldStanding(n, 10_000 + n, 1))).ToList();
        Settle();
        replies.ShouldAllBe(reply => Reply(reply).Status == LaneStatus.Decided && Reply(reply).Result.Booking != null);
        _events.Where(laneEvent => laneEvent.Kind == LaneEventKind.Committed).Select(laneEvent => laneEvent.Commands)
            .ShouldBe([512, 512, 1]);
        _tables.Pools[Standing].Held.ShouldBe(1025);
    });

    [Theory]
    [InlineData(64, new[] { 64 })]
    [InlineData(100, new[] { 64, 36 })]
    [InlineData(300, new[] { 150, 150 })]
    public void Of_a_crowd_half_is_served_while_the_other_half_is_written(int crowd, int[] batches) => _loop.Run(() =>
    {
        var lane = Lane();
        _ = lane.RunAsync();
        var replies = Enumerable.Range(1, crowd).Select(n => lane.SubmitAsync(HoldStanding(n, 10_000 + n, 1))).ToList();
        Settle();
        replies.ShouldAllBe(reply => Reply(reply).Result.Booking != null);
        _events.Where(laneEvent => laneEvent.Kind == LaneEventKind.Committed).Select(laneEvent => laneEvent.Commands)
            .ShouldBe(batches);
    });

    [Fact]
    public void A_full_queue_refuses_at_once_and_goes_on_with_what_it_has() => _loop.Run(() =>
    {
        var lane = Lane();
        var replies = Enumerable.Range(1, LaneLimits.MaxQueuedHolds)
            .Select(n => lane.SubmitAsync(HoldStanding(n, 10_000 + n, 1))).ToList();
        lane.Queued.ShouldBe(LaneLimits.MaxQueuedHolds);
        Reply(lane.SubmitAsync(HoldStanding(99_999, 100, 1))).Status.ShouldBe(LaneStatus.Overloaded);
        _ = lane.RunAsync();
        Settle();
        replies.ShouldAllBe(reply => Reply(reply).Status == LaneStatus.Decided);
        _tables.Bookings.ShouldNotContainKey(Id(99_999));
        Ask(lane, HoldStanding(99_999, 100, 1)).Status.ShouldBe(LaneStatus.Decided);
    });

    [Fact]
    public void Who_has_places_gets_through_a_queue_that_is_full_of_newcomers() => _loop.Run(() =>
    {
        var lane = Lane();
        var run = lane.RunAsync();
        Ask(lane, HoldStanding(1, 100, 1)).Status.ShouldBe(LaneStatus.Decided);
        lane.Complete();
        Settle();
        run.IsCompleted.ShouldBeTrue();
        var next = Lane();
        for (var n = 0; n < LaneLimits.MaxQueuedHolds; n++)
            _ = next.SubmitAsync(HoldStanding(n + 2, 10_000 + n, 1));
        Reply(next.SubmitAsync(HoldStanding(99_999, 101, 1))).Status.ShouldBe(LaneStatus.Overloaded);
        var payment = next.SubmitAsync(new StartPaymentCommand(Id(1), Id(100)));
        var others = Enumerable.Range(0, LaneLimits.MaxQueuedCommands)
            .Select(_ => next.SubmitAsync(new SweepCommand())).ToList();
        others.Count(reply => reply.IsCompleted).ShouldBe(
            LaneLimits.MaxQueuedHolds + 1, "the room above is bounded, too");

        _ = next.RunAsync();
        Settle();

        Reply(payment).Result.Booking!.State.ShouldBe(BookingState.Paying);
    });

    [Fact]
    public void A_lane_that_is_completed_answers_what_waits_and_takes_no_more() => _loop.Run(() =>
    {
        var lane = Lane();
        var waiting = lane.SubmitAsync(HoldStanding(1, 100, 1));
        var run = lane.RunAsync();
        lane.Complete();
        Reply(lane.SubmitAsync(HoldStanding(2, 100, 1))).Status.ShouldBe(LaneStatus.Overloaded);
        Settle();
        run.IsCompletedSuccessfully.ShouldBeTrue();
        Reply(waiting).Result.Booking.ShouldNotBeNull();
    });

    [Fact]
    public void A_defect_in_one_command_does_not_fail_its_neighbours() => _loop.Run(() =>
    {
        var lane = Lane();
        var before = lane.SubmitAsync(HoldStanding(1, 100, 1));
        var unknown = lane.SubmitAsync(new CommandOfNoKind());
        var corrupt = lane.SubmitAsync(new ConfirmCommand(Id(3), 0, Codes(3, 7)));
        var after = lane.SubmitAsync(Hold(2, 101, new QuantityRequest(Free, 1)));
        var free = lane.SubmitAsync(Hold(3, 102, new QuantityRequest(Free, 1)));
        _ = lane.RunAsync();
        Settle();
        Reply(before).Result.Booking.ShouldNotBeNull();
        Reply(after).Result.Booking.ShouldNotBeNull();
        Reply(free).Result.Booking.ShouldNotBeNull();
        Reply(unknown).Status.ShouldBe(LaneStatus.Failed);
        Reply(corrupt).Result.Refusal.ShouldNotBeNull().Reason.ShouldBe(RefusalReason.BookingNotFound);

        // With a booking to confirm, one code too many breaks an assertion.
        corrupt = lane.SubmitAsync(new ConfirmCommand(Id(3), 0, Codes(3, 7)));
        after = lane.SubmitAsync(HoldStanding(4, 103, 1));
        Settle();
        Reply(corrupt).Status.ShouldBe(LaneStatus.Failed);
        Reply(after).Result.Booking.ShouldNotBeNull();
        _events.ShouldContain(laneEvent => laneEvent.Kind == LaneEventKind.Defect);
        _tables.Bookings.Count.ShouldBe(4);
    });

    [Fact]
    public void Listener_that_throws_after_a_commit_does_not_make_it_happen_twice() => _loop.Run(() =>
    {
        var lane = Lane(onEvent: laneEvent =>
        {
            _events.Add(laneEvent);
            if (laneEvent.Kind == LaneEventKind.Committed)
                throw new InvalidOperationException("a listener's defect");
        });
        _ = lane.RunAsync();
        var replies = Enumerable.Range(1, 3).Select(n => lane.SubmitAsync(HoldStanding(n, 100, 1))).ToList();
        Settle();
        replies.ShouldAllBe(reply => Reply(reply).Result.Booking != null);
        _tables.Version.ShouldBe(1);
        _events.ShouldContain(laneEvent => laneEvent.Kind == LaneEventKind.ListenerFailed);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_exception_out_of_a_commit_is_looked_into_before_anything_is_decided_again(bool afterWriting) =>
        _loop.Run(() =>
    {
        var hasThrown = false;
        var lane = Lane(new HookedJournal(new SimulatedJournal(_database))
        {
            Committing = () =>
            {
                if (!afterWriting)
                    ThrowOnce();
                return Task.CompletedTask;
            },
            Committed = () =>
            {
                if (afterWriting)
                    ThrowOnce();
            },
        });
        _ = lane.RunAsync();
        var replies = Enumerable.Range(1, 3).Select(n => lane.SubmitAsync(HoldStanding(n, 100, 1))).ToList();
        Settle();
        replies.ShouldAllBe(reply => Reply(reply).Result.Booking != null);
        _tables.Pools[Standing].Held.ShouldBe(3);
        _tables.Version.ShouldBe(afterWriting ? 1 : 3);

        void ThrowOnce()
        {
            if (hasThrown)
                return;
            hasThrown = true;
            throw new InvalidOperationException("a journal's defect");
        }
    });

    [Fact]
    public void While_commands_wait_callers_are_told_when_the_next_batch_is_with_the_journal() => _loop.Run(() =>
    {
        var steps = new List<string>();
        Task<LaneReply>? first = null, second = null;
        EventLane? lane = null;
        lane = Lane(new HookedJournal(new SimulatedJournal(_database))
        {
            Opening = () => Note("open"),
            Committing = () =>
            {
                second ??= lane!.SubmitAsync(HoldStanding(2, 101, 1));
                return Note("commit");
            },
        });
        first = lane.SubmitAsync(HoldStanding(1, 100, 1));
        _ = first.ContinueWith(_ => steps.Add("first told"), TaskScheduler.FromCurrentSynchronizationContext());
        _ = lane.RunAsync();
        Settle();
        Reply(first).Result.Booking.ShouldNotBeNull();
        Reply(second.ShouldNotBeNull()).Result.Booking.ShouldNotBeNull();
        steps.ShouldBe(["open", "commit", "open", "commit", "first told"]);

        Task Note(string step)
        {
            steps.Add(step);
            return Task.CompletedTask;
        }
    });

    [Fact]
    public void Callers_do_not_wait_for_a_lock_that_another_node_holds() => _loop.Run(() =>
    {
        var elsewhere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<LaneReply>? second = null;
        EventLane? lane = null;
        lane = Lane(new HookedJournal(new SimulatedJournal(_database))
        {
            Opening = () => second is null ? Task.CompletedTask : elsewhere.Task,
            Committing = () =>
            {
                second ??= lane!.SubmitAsync(HoldStanding(2, 101, 1));
                return Task.CompletedTask;
            },
        });
        var first = lane.SubmitAsync(HoldStanding(1, 100, 1));
        _ = lane.RunAsync();
        RunReady();
        _time.Advance(TimeSpan.FromMilliseconds(LaneLimits.MaxReplyDelayMilliseconds));
        RunReady();
        Reply(first).Result.Booking.ShouldNotBeNull();
        second.ShouldNotBeNull().IsCompleted.ShouldBeFalse();
        elsewhere.SetResult();
        Settle();
        Reply(second).Result.Booking.ShouldNotBeNull();
    });

    [Fact]
    public void A_batch_whose_end_breaks_after_the_commit_is_not_done_twice() => _loop.Run(() =>
    {
        var lane = Lane(new HookedJournal(new SimulatedJournal(_database))
        {
            Disposed = () => throw new InvalidOperationException("a journal's defect"),
        });
        _ = lane.RunAsync();
        var replies = Enumerable.Range(1, 3).Select(n => lane.SubmitAsync(HoldStanding(n, 100, 1))).ToList();
        Settle();
        replies.ShouldAllBe(reply => Reply(reply).Result.Booking != null);
        _tables.Version.ShouldBe(1);
    });

    [Fact]
    public void A_journal_whose_loads_stay_behind_is_given_up_and_not_raced() => _loop.Run(() =>
    {
        var lane = Lane(new StaleJournal(
            new SimulatedJournal(_database), Settings(_tables.Settings.Layout) with { SettingsVersion = 0 }));
        _ = lane.RunAsync();
        var reply = lane.SubmitAsync(HoldStanding(1, 100, 1));
        Settle();
        Reply(reply).Status.ShouldBe(LaneStatus.Unavailable);
        _events.Count(laneEvent => laneEvent.Kind == LaneEventKind.Loaded).ShouldBe(LaneLimits.MaxBatchAttempts);
    });

    [Fact]
    public void There_may_be_no_such_event() => _loop.Run(() =>
    {
        var lane = Lane(new StaleJournal(new SimulatedJournal(_database), null));
        _ = lane.RunAsync();
        var reply = lane.SubmitAsync(HoldStanding(1, 100, 1));
        Settle();
        Reply(reply).Status.ShouldBe(LaneStatus.EventNotFound);
        lane.Settings.ShouldBeNull();
        lane.Availability.IsLoaded.ShouldBeFalse();
    });

    [Fact]
    public void More_expiries_than_a_batch_may_take_do_not_keep_the_next_command_from_its_places() => _loop.Run(() =>
    {
        var lane = Lane();
        _ = lane.RunAsync();
        for (var n = 1; n <= 2500; n++)
            _ = lane.SubmitAsync(HoldStanding(n, 10_000 + n, 8));
        Settle();
        _database.Clock += TimeSpan.FromMinutes(10);
        _events.Clear();
        var reply = lane.SubmitAsync(HoldStanding(5000, 100, 1));
        Settle();
        Reply(reply).Result.Booking.ShouldNotBeNull();
        _tables.Pools[Standing].Held.ShouldBe(1);
        _events.Count(laneEvent => laneEvent.Kind == LaneEventKind.Committed).ShouldBe(3);
    });

    [Fact]
    public void An_events_own_time_does_not_step_back_with_the_journals_clock() => _loop.Run(() =>
    {
        var lane = Lane();
        _ = lane.RunAsync();
        Ask(lane, HoldStanding(1, 100, 1));
        _database.Clock -= TimeSpan.FromHours(3); // before the sale begins
        var booking = Ask(lane, HoldStanding(2, 100, 1)).Result.Booking.ShouldNotBeNull();
        booking.CreatedAt.ShouldBe(Now);
        booking.HeldUntil.ShouldBe(Now.AddMinutes(10));
    });

    private sealed record CommandOfNoKind : InventoryCommand;
}

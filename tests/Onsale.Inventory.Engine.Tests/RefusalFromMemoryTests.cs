using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Engine.Tests.Simulation;
using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Engine.Tests;

/// <summary>A hold that can only be refused does not wait for a batch; every doubt goes to the lane.</summary>
public sealed class RefusalFromMemoryTests
{
    private static readonly TimeSpan s_tooOld =
        TimeSpan.FromMilliseconds(LaneLimits.MaxRefusalAgeMilliseconds + 1);

    private readonly SimulationLoop _loop = new(new Random(1));
    private readonly SimulatedTime _time = new();
    private readonly SimulatedTables _tables = new(Hall.Of("......").Settings, poolCapacity: 3);
    private readonly List<LaneEventKind> _signals = [];
    private readonly SimulatedDatabase _database;
    private readonly EventLane _lane;
    private Func<Task> _committing = () => Task.CompletedTask;

    public RefusalFromMemoryTests()
    {
        _database = new SimulatedDatabase(_tables, _time, new Random(2), Guards.All) { HasFaults = false };
        var batches = 0;
        _lane = new EventLane(
            _tables.Settings.EventId,
            new HookedJournal(new SimulatedJournal(_database)) { Committing = () => _committing() }, _time,
            _ => Id(++batches),
            signal => _signals.Add(signal.Kind));
    }

    private static HoldCommand Keyed(int booking, int key, params int[] seats) =>
        new(Id(booking), Id(100), [new SeatsRequest([.. seats])], new IdempotencyKey(KeyHash(key), Id(key)));

    private static Guid KeyHash(int key)
    {
        var bytes = new byte[16];
        new Random(key).NextBytes(bytes);
        return new Guid(bytes);
    }

    private CommandResult Ask(InventoryCommand command)
    {
        var reply = _lane.SubmitAsync(command);
        Settle();
        reply.IsCompletedSuccessfully.ShouldBeTrue();
        return reply.GetAwaiter().GetResult().Result;
    }

    private void Settle()
    {
        for (var turns = 0; _loop.RunOne() || _time.AdvanceToNextTimer(); turns++)
            turns.ShouldBeLessThan(10_000);
    }

    private void ShouldBeRefusedFromMemory(HoldCommand hold, RefusalReason reason, int[]? seats = null)
    {
        var reply = _lane.SubmitAsync(hold);
        reply.IsCompletedSuccessfully.ShouldBeTrue();
        var refusal = reply.GetAwaiter().GetResult().Result.Refusal.ShouldNotBeNull();
        refusal.Reason.ShouldBe(reason);
        refusal.Seats.ShouldBe(seats ?? []);
        _signals[^1].ShouldBe(LaneEventKind.RefusedFromMemory);
    }

    private void ShouldAskTheLane(InventoryCommand command)
    {
        _signals.Clear();
        var reply = _lane.SubmitAsync(command);
        reply.IsCompleted.ShouldBeFalse();
        Settle();
        reply.IsCompletedSuccessfully.ShouldBeTrue();
        _signals.ShouldNotContain(LaneEventKind.RefusedFromMemory);
    }

    [Fact]
    public void What_is_taken_is_refused_at_once_with_the_lanes_own_words() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        Ask(HoldSeats(1, 100, 1, 2));
        ShouldBeRefusedFromMemory(HoldSeats(2, 101, 0, 1, 2), SeatsUnavailable, [1, 2]);
        ShouldBeRefusedFromMemory(HoldStanding(3, 101, 4), SoldOut);
        ShouldBeRefusedFromMemory(Keyed(4, 1, 2), SeatsUnavailable, [2]);
        _tables.Bookings.Count.ShouldBe(1);
    });

    [Fact]
    public void What_may_be_free_or_cannot_be_asked_for_goes_to_the_lane() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        Ask(HoldSeats(1, 100, 1, 2));
        ShouldAskTheLane(HoldSeats(2, 101, 3));
        ShouldAskTheLane(HoldSeats(3, 101, 1, 99));
        ShouldAskTheLane(HoldStanding(4, 101, 0));
        ShouldAskTheLane(Hold(5, 101, new SeatsRequest([1]), new QuantityRequest(Standing, 1)));
    });

    [Fact]
    public void Memory_that_was_not_compared_with_the_journal_lately_refuses_nothing() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        Ask(HoldSeats(1, 100, 1));
        _time.Advance(s_tooOld);
        ShouldAskTheLane(HoldSeats(2, 101, 1));
        ShouldBeRefusedFromMemory(HoldSeats(3, 101, 1), SeatsUnavailable, [1]);
    });

    [Fact]
    public void A_used_key_is_answered_by_its_first_effect_though_its_seats_are_taken() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        var first = Ask(Keyed(1, 7, 4)).Booking.ShouldNotBeNull();
        var again = Ask(Keyed(2, 7, 4));
        (again.IsReplay, again.Booking!.Id).ShouldBe((true, first.Id));
        ShouldBeRefusedFromMemory(Keyed(3, 8, 4), SeatsUnavailable, [4]);
    });

    [Fact]
    public void A_hold_that_ends_frees_its_places_for_the_very_next_command() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        var booking = Ask(HoldSeats(1, 100, 1)).Booking.ShouldNotBeNull();
        _database.Clock = booking.HeldUntil - TimeSpan.FromMilliseconds(20);
        Ask(new SweepCommand());
        ShouldAskTheLane(HoldSeats(2, 101, 1));
        _database.Clock = booking.HeldUntil;
        Ask(HoldSeats(3, 101, 1)).Booking.ShouldNotBeNull();
    });

    [Fact]
    public void Who_gives_places_back_comes_before_who_asks_for_them_later() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        Ask(HoldSeats(1, 100, 1));
        var release = _lane.SubmitAsync(new CancelCommand(Id(1), Id(100)));
        var hold = _lane.SubmitAsync(HoldSeats(2, 101, 1));
        Settle();
        release.IsCompletedSuccessfully.ShouldBeTrue();
        hold.GetAwaiter().GetResult().Result.Booking.ShouldNotBeNull();
        ShouldBeRefusedFromMemory(HoldSeats(3, 102, 1), SeatsUnavailable, [1]);
    });

    [Fact]
    public void Hold_before_the_sale_is_refused_from_memory_until_shortly_before_it_begins() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        var margin = TimeSpan.FromMilliseconds(LaneLimits.MaxRefusalAgeMilliseconds);
        _database.Clock = _tables.Settings.OnSaleAt - margin - TimeSpan.FromMilliseconds(1);
        Ask(new SweepCommand());
        ShouldBeRefusedFromMemory(HoldSeats(1, 100, 1), NotOnSale);
        ShouldBeRefusedFromMemory(HoldStanding(2, 100, 99), NotOnSale);
        ShouldBeRefusedFromMemory(
            Hold(3, 100, new QuantityRequest(Standing, 1), new QuantityRequest(Free, 1)), NotOnSale);
        // A malformed request has another answer.
        ShouldAskTheLane(HoldStanding(4, 100, 0));
        ShouldAskTheLane(HoldSeats(5, 100));
        _time.Advance(TimeSpan.FromMilliseconds(2));
        ShouldAskTheLane(HoldSeats(6, 100, 1));
        _database.Clock = _tables.Settings.OnSaleAt;
        _time.Advance(s_tooOld);
        Ask(HoldSeats(7, 100, 1)).Booking.ShouldNotBeNull();
    });

    [Fact]
    public void Hold_after_the_sale_is_refused_from_memory_once_its_end_is_certain() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        var margin = TimeSpan.FromMilliseconds(LaneLimits.MaxRefusalAgeMilliseconds);
        _database.Clock = _tables.Settings.OffSaleAt + margin - TimeSpan.FromMilliseconds(1);
        Ask(new SweepCommand());
        ShouldAskTheLane(HoldSeats(1, 100, 1));
        _database.Clock = _tables.Settings.OffSaleAt + margin;
        Ask(new SweepCommand());
        ShouldBeRefusedFromMemory(HoldSeats(2, 100, 1), NotOnSale);
    });

    [Fact]
    public void Hold_of_an_unpublished_event_is_refused_from_memory() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        Ask(new ChangeSettingsCommand(SettingsPatch.Unpublish()));
        ShouldBeRefusedFromMemory(HoldSeats(1, 100, 1), NotOnSale);
    });

    [Fact]
    public void Hold_made_for_other_settings_goes_to_the_lane() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        Ask(HoldSeats(1, 100, 1));
        ShouldBeRefusedFromMemory(HoldSeats(2, 101, 1) with { SettingsVersion = 1 }, SeatsUnavailable, [1]);
        Ask(HoldSeats(3, 101, 1) with { SettingsVersion = 2 }).Refusal.ShouldNotBeNull().Reason.ShouldBe(StaleSettings);
    });

    [Theory]
    [InlineData("confirm", false)]
    [InlineData("start", false)]
    [InlineData("renew", false)]
    [InlineData("reassign", false)]
    [InlineData("block", false)]
    [InlineData("decline", true)]
    [InlineData("cancel", true)]
    [InlineData("unblock", true)]
    [InlineData("unblock-pool", true)]
    [InlineData("shrink", false)]
    [InlineData("grow", true)]
    [InlineData("other-seats", true)]
    [InlineData("wait", false)]
    [InlineData("leave", true)]
    [InlineData("move-entry", true)]
    [InlineData("settings", true)]
    public void Queued_command_turns_refusals_from_memory_off_only_if_it_can_free_places(string kind, bool canFree) =>
        _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        Ask(HoldSeats(1, 100, 1));
        Ask(new StartPaymentCommand(Id(1), Id(100)));
        var queued = _lane.SubmitAsync(kind switch
        {
            "confirm" => new ConfirmCommand(Id(1), 1, Codes(1, 1)),
            "start" => new StartPaymentCommand(Id(1), Id(100)),
            "renew" => new RenewLeaseCommand(Id(1), 1),
            "reassign" => new ReassignCommand(Id(1), Id(100), Id(200)),
            "block" => new BlockSeatsCommand([2], Blocked: true),
            "decline" => new DeclinePaymentCommand(Id(1), 1, Release: true),
            "cancel" => new CancelCommand(Id(1), Id(100)),
            "unblock" => new BlockSeatsCommand([2], Blocked: false),
            "unblock-pool" => new BlockPoolCommand(Standing, -1),
            "shrink" => new ResizePoolCommand(Standing, -1),
            "grow" => new ResizePoolCommand(Standing, 1),
            "other-seats" => new MoveSeatsCommand(Id(1), [new SeatMove(1, 2)]),
            "wait" => new JoinWaitlistCommand(Id(9), Id(103), [], 1, Together: false),
            "leave" => new LeaveWaitlistCommand(Id(100)),
            "move-entry" => new MoveWaitlistEntryCommand(Id(100), Id(200)),
            _ => new ChangeSettingsCommand(SettingsPatch.Publish()),
        });
        if (canFree)
            ShouldAskTheLane(HoldSeats(2, 101, 1));
        else
            ShouldBeRefusedFromMemory(HoldSeats(2, 101, 1), SeatsUnavailable, [1]);
        Settle();
        queued.IsCompletedSuccessfully.ShouldBeTrue();
    });

    [Fact]
    public void Commit_that_takes_long_does_not_hold_the_clock_back_by_which_holds_end() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        var booking = Ask(HoldSeats(1, 100, 1)).Booking.ShouldNotBeNull();
        _database.Clock = booking.HeldUntil - TimeSpan.FromMilliseconds(500);
        _committing = () =>
        {
            // A stalled disk: the hold ends while this commit is under way.
            _time.Advance(TimeSpan.FromSeconds(1));
            _database.Clock += TimeSpan.FromSeconds(1);
            return Task.CompletedTask;
        };
        Ask(HoldSeats(2, 101, 2)).Booking.ShouldNotBeNull();
        _committing = () => Task.CompletedTask;
        Ask(HoldSeats(3, 102, 1)).Booking.ShouldNotBeNull();
    });
}

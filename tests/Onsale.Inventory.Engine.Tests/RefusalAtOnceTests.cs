using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Engine.Tests.Simulation;
using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Engine.Tests;

/// <summary>A hold that can only be refused does not wait for a batch; every doubt goes to the lane.</summary>
public sealed class RefusalAtOnceTests
{
    private static readonly TimeSpan s_tooOld =
        TimeSpan.FromMilliseconds(LaneLimits.MaxRefusalAgeMilliseconds + 1);

    private readonly SimulationLoop _loop = new(new Random(1));
    private readonly SimulatedTime _time = new();
    private readonly SimulatedTables _tables = new(Hall.Of("......").Settings, poolCapacity: 3);
    private readonly List<LaneEventKind> _signals = [];
    private readonly SimulatedDatabase _database;
    private readonly EventLane _lane;

    public RefusalAtOnceTests()
    {
        _database = new SimulatedDatabase(_tables, _time, new Random(2), Guards.All) { HasFaults = false };
        var batches = 0;
        _lane = new EventLane(
            _tables.Settings.EventId, new SimulatedJournal(_database), _time, _ => Id(++batches),
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
        while (_loop.RunOne() || _time.AdvanceToNextTimer())
        {
        }
    }

    private void ShouldBeRefusedAtOnce(HoldCommand hold, RefusalReason reason, int[]? seats = null)
    {
        var reply = _lane.SubmitAsync(hold);
        reply.IsCompletedSuccessfully.ShouldBeTrue();
        var refusal = reply.GetAwaiter().GetResult().Result.Refusal.ShouldNotBeNull();
        refusal.Reason.ShouldBe(reason);
        refusal.Seats.ShouldBe(seats ?? []);
        _signals[^1].ShouldBe(LaneEventKind.RefusedAtOnce);
    }

    private void ShouldAskTheLane(InventoryCommand command)
    {
        _signals.Clear();
        var reply = _lane.SubmitAsync(command);
        reply.IsCompleted.ShouldBeFalse();
        Settle();
        reply.IsCompletedSuccessfully.ShouldBeTrue();
        _signals.ShouldNotContain(LaneEventKind.RefusedAtOnce);
    }

    [Fact]
    public void What_is_taken_is_refused_at_once_with_the_lanes_own_words() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        Ask(HoldSeats(1, 100, 1, 2));
        ShouldBeRefusedAtOnce(HoldSeats(2, 101, 0, 1, 2), SeatsUnavailable, [1, 2]);
        ShouldBeRefusedAtOnce(HoldStanding(3, 101, 4), SoldOut);
        ShouldBeRefusedAtOnce(Keyed(4, 1, 2), SeatsUnavailable, [2]);
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
        ShouldBeRefusedAtOnce(HoldSeats(3, 101, 1), SeatsUnavailable, [1]);
    });

    [Fact]
    public void A_used_key_is_answered_by_its_first_effect_though_its_seats_are_taken() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        var first = Ask(Keyed(1, 7, 4)).Booking.ShouldNotBeNull();
        var again = Ask(Keyed(2, 7, 4));
        (again.IsReplay, again.Booking!.Id).ShouldBe((true, first.Id));
        ShouldBeRefusedAtOnce(Keyed(3, 8, 4), SeatsUnavailable, [4]);
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
        ShouldBeRefusedAtOnce(HoldSeats(3, 102, 1), SeatsUnavailable, [1]);
    });

    [Fact]
    public void Outside_the_sales_window_the_lane_says_so() => _loop.Run(() =>
    {
        _ = _lane.RunAsync();
        Ask(HoldSeats(1, 100, 1));
        _database.Clock = _tables.Settings.OffSaleAt;
        Ask(new SweepCommand());
        Ask(HoldSeats(2, 101, 1)).Refusal.ShouldNotBeNull().Reason.ShouldBe(NotOnSale);
    });
}

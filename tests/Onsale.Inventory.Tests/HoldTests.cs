using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class HoldTests
{
    private static BoxOffice Office(params string[] hall) => new(Hall.Of(hall).Inventory);

    [Fact]
    public void A_hold_takes_its_places_at_todays_price_until_its_time()
    {
        var office = Office("....");
        var booking = office.Succeed(Hold(1, 100, new SeatsRequest([1, 2]), new QuantityRequest(Standing, 2)));
        booking.HeldUntil.ShouldBe(Now.AddMinutes(10));
        booking.CreatedAt.ShouldBe(Now);
        booking.HoldVersion.ShouldBe(1);
        booking.Total.ShouldBe(14000);
        booking.Places.ShouldBe(
        [
            new Place(Seated, 1, 5000), new Place(Seated, 2, 5000),
            new Place(Standing, Place.ByQuantity, 2000), new Place(Standing, Place.ByQuantity, 2000),
        ]);
        office.Inventory.CountsOf(Seated).ShouldBe(new TierCounts(4, 2, 0, 0));
        office.Inventory.CountsOf(Standing).ShouldBe(new TierCounts(10, 2, 0, 0));
        office.Inventory.Seats[1].ShouldBe(SeatState.Held);
        office.Inventory.PlacesOf(Id(100)).ShouldBe(4);
        office.Inventory.NextHoldDeadline().ShouldBe(booking.HeldUntil);
    }

    [Fact]
    public void All_places_or_none()
    {
        var office = Office("..x.");
        office.Fail(HoldSeats(1, 100, 0, 1, 2)).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(SeatsUnavailable), refusal => refusal.Seats.ShouldBe([2]));
        office.Fail(
            Hold(2, 100, new SeatsRequest([0]), new QuantityRequest(Standing, 3), new QuantityRequest(Seated, 3)))
            .ShouldSatisfyAllConditions(
                refusal => refusal.Reason.ShouldBe(SoldOut), refusal => refusal.Tier.ShouldBe(Seated),
                refusal => refusal.Available.ShouldBe(2));
        office.Fail(Hold(3, 100, new SeatsRequest([0, 1]), new SeatsRequest([1]))).Seats.ShouldBe([1]);
        office.Inventory.CountsOf(Seated).ShouldBe(new TierCounts(4, 0, 1, 0));
        office.Inventory.CountsOf(Standing).ShouldBe(new TierCounts(10, 0, 0, 0));
        office.Inventory.PlacesOf(Id(100)).ShouldBe(0);
    }

    [Fact]
    public void A_seat_that_is_asked_for_twice_is_taken_the_second_time()
    {
        var office = Office("....");
        office.Fail(HoldSeats(1, 100, 3, 1, 3)).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(SeatsUnavailable), refusal => refusal.Seats.ShouldBe([3]));
    }

    [Fact]
    public void The_limit_counts_held_and_confirmed_places_exactly()
    {
        var office = new BoxOffice(Settings() with { MaxTicketsPerBuyer = 4 });
        office.Succeed(HoldStanding(1, 100, 3));
        office.Fail(HoldStanding(2, 100, 2)).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(LimitExceeded), refusal => refusal.Limit.ShouldBe(4),
            refusal => refusal.Has.ShouldBe(3));
        office.Succeed(HoldStanding(3, 100, 1));
        office.Succeed(new StartPaymentCommand(Id(1), Id(100)));
        office.Succeed(new ConfirmCommand(Id(1), 1, Codes(1, 3)));
        office.Fail(HoldStanding(4, 100, 1)).Reason.ShouldBe(LimitExceeded);
        office.Succeed(new CancelCommand(Id(3), Id(100)));
        office.Succeed(HoldStanding(5, 100, 1));
        office.Succeed(HoldStanding(6, 101, 4));
    }

    [Fact]
    public void Held_places_of_an_address_range_are_limited_over_all_its_buyers()
    {
        var office = new BoxOffice(Settings() with { MaxTicketsPerBuyer = 4 }, poolCapacity: 100);
        office.Succeed(FromRange(1, HoldStanding(1, 100, 4)));
        var results = office.Batch(
            FromRange(1, HoldStanding(2, 101, 3)), FromRange(1, HoldStanding(3, 102, 4)),
            FromRange(2, HoldStanding(4, 103, 4))).Results;

        results.Select(result => result.Refusal?.Reason).ShouldBe([null, TooManyHeld, null]);
        (results[1].Refusal!.Limit, results[1].Refusal!.Has).ShouldBe((10, 7));
        office.Inventory.HeldPlacesByRange.ShouldBe(
            new Dictionary<long, int> { [1] = 7, [2] = 4 }, ignoreOrder: true);
        office.Succeed(HoldStanding(5, 104, 4)); // without a budget
    }

    [Fact]
    public void Places_of_an_address_range_count_while_they_are_held_or_paying()
    {
        var office = new BoxOffice(Settings() with { MaxTicketsPerBuyer = 10 }, poolCapacity: 100);
        office.Succeed(FromRange(1, HoldStanding(1, 100, 3)));
        office.Succeed(FromRange(1, HoldStanding(2, 101, 3)));
        office.Succeed(FromRange(1, HoldStanding(3, 102, 3)));
        office.Succeed(new StartPaymentCommand(Id(1), Id(100)));
        office.Inventory.HeldPlacesOfRange(1).ShouldBe(9);
        office.Succeed(new ReassignCommand(Id(2), Id(101), Id(200)));
        office.Inventory.HeldPlacesOfRange(1).ShouldBe(9);
        office.Succeed(new ConfirmCommand(Id(1), 1, Codes(1, 3)));
        office.Inventory.HeldPlacesOfRange(1).ShouldBe(6);
        office.Succeed(new CancelCommand(Id(2), Id(200)));
        office.Inventory.HeldPlacesOfRange(1).ShouldBe(3);
        office.Now += TimeSpan.FromMinutes(10);
        office.Batch(new SweepCommand());
        office.Inventory.HeldPlacesByRange.ShouldBeEmpty();
        office.Succeed(new CancelCommand(Id(1), Id(100))); // confirmed before: counts no more
        office.Inventory.HeldPlacesByRange.ShouldBeEmpty();
    }

    [Fact]
    public void An_address_range_may_hold_what_one_buyer_may_have()
    {
        var office = new BoxOffice(Settings() with { MaxTicketsPerBuyer = 20 }, poolCapacity: 100);
        office.Succeed(FromRange(1, HoldStanding(1, 100, 20)));
        office.Fail(FromRange(1, HoldStanding(2, 101, 1))).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(TooManyHeld), refusal => refusal.Limit.ShouldBe(20));
    }

    [Fact]
    public void The_limit_holds_inside_one_batch()
    {
        var office = new BoxOffice(Settings() with { MaxTicketsPerBuyer = 4 });
        var results = office.Batch(HoldStanding(1, 100, 3), HoldStanding(2, 100, 2), HoldStanding(3, 100, 1)).Results;
        results.Select(result => result.Refusal?.Reason).ShouldBe([null, LimitExceeded, null]);
    }

    [Fact]
    public void One_booking_a_buyer_means_one_that_is_live_or_confirmed()
    {
        var office = BoxOffice.WithBookingIn(BookingState.Confirmed, Settings() with { OneBookingPerBuyer = true });
        office.Fail(HoldStanding(2, 100, 1)).Reason.ShouldBe(OneBookingPerBuyer);
        office.Succeed(new CancelCommand(Id(1), Id(100)));
        office.Succeed(HoldStanding(3, 100, 1));
        office.Fail(HoldStanding(4, 100, 1)).Reason.ShouldBe(OneBookingPerBuyer);
    }

    [Fact]
    public void The_sales_window_includes_its_start_and_not_its_end()
    {
        var settings = Settings();
        var office = new BoxOffice(settings) { Now = settings.OnSaleAt.AddMicroseconds(-1) };
        office.Fail(HoldStanding(1, 100, 1)).Reason.ShouldBe(NotOnSale);
        office.Now = settings.OnSaleAt;
        office.Succeed(HoldStanding(2, 100, 1));
        office.Now = settings.OffSaleAt.AddMicroseconds(-1);
        office.Succeed(HoldStanding(3, 101, 1));
        office.Now = settings.OffSaleAt;
        office.Fail(HoldStanding(4, 102, 1)).Reason.ShouldBe(NotOnSale);
    }

    [Theory]
    [InlineData(EventStatus.Draft)]
    [InlineData(EventStatus.Cancelled)]
    public void Only_a_published_event_sells(EventStatus status) =>
        new BoxOffice(Settings() with { Status = status }).Fail(HoldStanding(1, 100, 1)).Reason.ShouldBe(NotOnSale);

    [Fact]
    public void A_hold_whose_time_is_up_is_free_at_once_for_the_next_command()
    {
        var office = Office("..");
        office.Succeed(HoldSeats(1, 100, 0, 1));
        office.Now += TimeSpan.FromMinutes(10);
        var decision = office.Batch(
            HoldSeats(2, 101, 0), new StartPaymentCommand(Id(1), Id(100)), HoldSeats(3, 102, 0), HoldSeats(4, 100, 1));
        decision.Results.Select(result => result.Refusal?.Reason).ShouldBe([null, HoldExpired, SeatsUnavailable, null]);
        decision.Changes.OfType<BookingChanged>().Select(change => (change.Booking.Id, change.Booking.State)).ShouldBe(
        [
            (Id(1), BookingState.Expired), (Id(2), BookingState.Held), (Id(4), BookingState.Held),
        ]);
    }

    [Fact]
    public void Of_two_commands_for_one_seat_in_one_batch_the_first_gets_it()
    {
        var results = Office("..").Batch(HoldSeats(1, 100, 1), HoldSeats(2, 101, 1)).Results;
        results[0].Booking.ShouldNotBeNull();
        results[1].Refusal.ShouldNotBeNull().Reason.ShouldBe(SeatsUnavailable);
    }

    [Fact]
    public void A_place_given_back_in_a_batch_is_free_for_the_next_command_of_it()
    {
        var office = Office(".");
        office.Succeed(HoldSeats(1, 100, 0));
        var results = office.Batch(new CancelCommand(Id(1), Id(100)), HoldSeats(2, 101, 0)).Results;
        results[1].Booking.ShouldNotBeNull().BuyerId.ShouldBe(Id(101));
    }

    [Fact]
    public void A_refused_command_leaves_the_rest_of_a_full_batch_as_if_it_had_not_been_there()
    {
        var fine = Enumerable.Range(1, 511).Select(n => (InventoryCommand)HoldStanding(n, 1000 + n, 1)).ToList();
        var alone = new BoxOffice(Settings(), poolCapacity: 600).Batch([.. fine]);
        fine.Insert(256, Hold(9999, 100, new QuantityRequest(Standing, 7), new SeatsRequest([5])));
        var together = new BoxOffice(Settings(), poolCapacity: 600).Batch([.. fine]);
        together.Results[256].Refusal.ShouldNotBeNull().Reason.ShouldBe(UnknownPlace);
        ChangeLogCodec.Write(together.Changes).ShouldBe(ChangeLogCodec.Write(alone.Changes));
    }

    [Fact]
    public void What_no_honest_client_asks_for_is_refused_like_the_rest()
    {
        var office = Office("...");
        HoldCommand[] commands =
        [
            Hold(1, 100),
            HoldSeats(2, 100),
            HoldSeats(3, 100, -1),
            HoldSeats(4, 100, 3),
            HoldSeats(5, 100, int.MaxValue),
            HoldStanding(6, 100, 0),
            HoldStanding(7, 100, -5),
            HoldStanding(8, 100, int.MinValue),
            Hold(9, 100, new QuantityRequest(-1, 1)),
            Hold(10, 100, new QuantityRequest(99, 1)),
            Hold(11, 100, new QuantityRequest(Standing, -5), new SeatsRequest([0, 1])),
        ];
        foreach (var command in commands)
            office.Fail(command).Reason.ShouldBe(UnknownPlace, command.ToString());
        office.Fail(HoldStanding(20, 100, int.MaxValue)).Reason.ShouldBe(LimitExceeded);
        office.Fail(Hold(21, 100, [.. Enumerable.Repeat(new QuantityRequest(Standing, int.MaxValue), 3)]))
            .Reason.ShouldBe(LimitExceeded);
    }

    [Fact]
    public void No_booking_is_larger_than_the_core_can_take_whatever_the_event_says()
    {
        var office = new BoxOffice(Settings() with { MaxTicketsPerBuyer = int.MaxValue }, poolCapacity: 1000);
        office.Fail(HoldStanding(1, 100, 101)).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(LimitExceeded), refusal => refusal.Limit.ShouldBe(100));
        office.Succeed(HoldStanding(2, 100, 100));
        office.Succeed(HoldStanding(3, 100, 100));
        office.Fail(HoldStanding(4, 100, int.MaxValue)).Reason.ShouldBe(LimitExceeded);
    }

    [Fact]
    public void A_pool_sells_its_last_place_and_no_more()
    {
        var office = new BoxOffice(Settings(), poolCapacity: 3);
        office.Succeed(HoldStanding(1, 100, 2));
        office.Fail(HoldStanding(2, 101, 2)).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(SoldOut), refusal => refusal.Available.ShouldBe(1));
        office.Succeed(HoldStanding(3, 101, 1));
        office.Fail(HoldStanding(4, 102, 1)).Available.ShouldBe(0);
    }

    [Fact]
    public void Seats_together_or_not_at_all_when_asked_so()
    {
        var office = Office(".x.", "x.x");
        office.Fail(Hold(1, 100, new QuantityRequest(Seated, 2, Together: true))).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(NotAdjacent), refusal => refusal.Available.ShouldBe(3));
        office.Succeed(Hold(2, 100, new QuantityRequest(Seated, 2))).Places.Length.ShouldBe(2);
    }

    [Fact]
    public void More_expiries_than_a_batch_may_take_go_first_and_alone()
    {
        const int count = InventoryLimits.MaxExpiriesPerBatch + 1;
        var office = new BoxOffice(Settings(), poolCapacity: count);
        for (var first = 1; first <= count; first += 500)
        {
            office.Batch([.. Enumerable.Range(first, Math.Min(500, count + 1 - first))
                .Select(n => (InventoryCommand)HoldStanding(n, 10_000 + n, 1))]);
        }

        office.Inventory.LiveBookings.ShouldBe(count);
        office.Now += TimeSpan.FromMinutes(10);
        var hold = HoldStanding(50_000, 100, 8);
        var first1000 = office.Batch(hold);
        first1000.OnlyExpires.ShouldBeTrue();
        first1000.Results.ShouldBeEmpty();
        first1000.Changes.Count.ShouldBe(InventoryLimits.MaxExpiriesPerBatch);
        var rest = office.Batch(hold);
        rest.OnlyExpires.ShouldBeFalse();
        rest.Changes.Count.ShouldBe(2);
        rest.Results.ShouldHaveSingleItem().Booking.ShouldNotBeNull();
        office.Inventory.CountsOf(Standing).ShouldBe(new TierCounts(count, 8, 0, 0));
    }

    [Fact]
    public void Exactly_as_many_expiries_as_a_batch_may_take_go_with_its_commands()
    {
        const int count = InventoryLimits.MaxExpiriesPerBatch;
        var office = new BoxOffice(Settings(), poolCapacity: count);
        office.Batch([.. Enumerable.Range(1, count).Select(n => (InventoryCommand)HoldStanding(n, 10_000 + n, 1))]);
        office.Now += TimeSpan.FromMinutes(10);
        office.Batch(HoldStanding(50_000, 100, 1)).OnlyExpires.ShouldBeFalse();
    }

    private static HoldCommand FromRange(long range, HoldCommand hold) =>
        hold with { Address = new AddressBudget(range, 10) };
}

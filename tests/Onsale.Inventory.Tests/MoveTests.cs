using static Onsale.Inventory.BookingState;
using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class MoveTests
{
    [Fact]
    public void A_confirmed_booking_gets_other_seats_and_its_old_ones_are_for_sale_again()
    {
        var office = Confirmed(Hall.Of("......"), 1, 2);

        var moved = office.Succeed(Move((1, 4), (2, 5)));

        moved.State.ShouldBe(BookingState.Confirmed);
        moved.Places.Select(place => place.Seat).ShouldBe([4, 5]);
        office.Inventory.CountsOf(Seated).ShouldBe(new TierCounts(6, 0, 2, 0));
        office.Fail(HoldSeats(2, 101, 4)).Seats.ShouldBe([4]);
        office.Succeed(HoldSeats(2, 101, 1, 2));
    }

    [Fact]
    public void A_seat_of_another_tier_is_taken_at_the_price_that_was_paid()
    {
        var office = Confirmed(Hall.Of("...", ",,,"), 1);
        var paid = office.BookingOf(1).Total;

        var moved = office.Succeed(Move((1, 4)));

        moved.Places.ShouldHaveSingleItem().Tier.ShouldBe(Hall.Balcony);
        moved.Total.ShouldBe(paid);
        office.Inventory.CountsOf(Seated).Sold.ShouldBe(0);
        office.Inventory.CountsOf(Hall.Balcony).Sold.ShouldBe(1);
        office.Succeed(new CancelCommand(Id(1), Id(100)));
        office.Inventory.CountsOf(Hall.Balcony).Available.ShouldBe(3);
    }

    [Fact]
    public void Seats_that_are_taken_or_kept_from_sale_are_named_and_nothing_moves()
    {
        var office = Confirmed(Hall.Of("..xb."), 0, 1);

        office.Fail(Move((0, 2), (1, 3))).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(SeatsUnavailable), refusal => refusal.Seats.ShouldBe([2, 3]));
        office.Fail(Move((0, 1))).Reason.ShouldBe(SeatsUnavailable);
        office.Fail(Move((0, 4), (1, 2))).Seats.ShouldBe([2]);
    }

    [Fact]
    public void Seats_of_others_doubled_or_unknown_ones_and_none_are_refused()
    {
        var office = Confirmed(Hall.Of("......"), 0, 1);

        office.Fail(Move((2, 3))).Seats.ShouldBe([2]);
        office.Fail(Move((0, 3), (0, 4))).Reason.ShouldBe(CannotMove);
        office.Fail(Move((0, 3), (1, 3))).Reason.ShouldBe(CannotMove);
        office.Fail(Move()).Reason.ShouldBe(CannotMove);
        office.Fail(Move((0, 6))).Reason.ShouldBe(UnknownPlace);
        office.Fail(Move((-1, 3))).Reason.ShouldBe(UnknownPlace);
        office.Fail(new MoveSeatsCommand(Id(9), [new SeatMove(0, 3)])).Reason.ShouldBe(BookingNotFound);
    }

    [Fact]
    public void Repeated_it_changes_nothing()
    {
        var office = Confirmed(Hall.Of("...."), 0);
        office.Succeed(Move((0, 3)));

        var again = office.Batch(Move((0, 3)));

        again.Changes.ShouldBeEmpty();
        again.Results.ShouldHaveSingleItem().IsReplay.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Held)]
    [InlineData(Paying)]
    [InlineData(Released)]
    [InlineData(Expired)]
    [InlineData(Cancelled)]
    public void Only_a_confirmed_booking_is_moved(BookingState state) =>
        BoxOffice.WithBookingIn(state).Fail(Move((0, 1))).Reason.ShouldBe(NotConfirmed);

    [Fact]
    public void Of_a_move_and_a_hold_in_one_batch_the_first_gets_the_seat()
    {
        var office = Confirmed(Hall.Of("...."), 0);

        var results = office.Batch(Move((0, 3)), HoldSeats(2, 101, 3), HoldSeats(3, 102, 0)).Results;

        results[0].Refusal.ShouldBeNull();
        results[1].Refusal.ShouldNotBeNull().Reason.ShouldBe(SeatsUnavailable);
        results[2].Refusal.ShouldBeNull();
    }

    private static MoveSeatsCommand Move(params (int From, int To)[] moves) =>
        new(Id(1), [.. moves.Select(move => new SeatMove(move.From, move.To))]);

    private static BoxOffice Confirmed(Hall hall, params int[] seats)
    {
        var office = new BoxOffice(hall.Inventory);
        office.Succeed(HoldSeats(1, 100, seats));
        office.Succeed(new StartPaymentCommand(Id(1), Id(100)));
        office.Succeed(new ConfirmCommand(Id(1), 1, Codes(1, seats.Length)));
        return office;
    }
}

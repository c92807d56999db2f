using static Onsale.Inventory.BookingState;
using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class ReassignTests
{
    private static readonly ReassignCommand s_give = new(Id(1), Id(100), Id(200));

    [Theory]
    [InlineData(Held)]
    [InlineData(Paying)]
    [InlineData(Confirmed)]
    public void A_booking_that_has_its_places_changes_hands_and_counts_for_its_new_buyer(BookingState state)
    {
        var office = BoxOffice.WithBookingIn(state);

        var given = office.Succeed(s_give);

        given.BuyerId.ShouldBe(Id(200));
        given.State.ShouldBe(state);
        office.Inventory.PlacesOf(Id(100)).ShouldBe(0);
        office.Inventory.PlacesOf(Id(200)).ShouldBe(2);
        office.Inventory.CountsOf(Standing).Available.ShouldBe(8);
    }

    [Theory]
    [InlineData(Released, HoldExpired)]
    [InlineData(Expired, HoldExpired)]
    [InlineData(Cancelled, HoldExpired)]
    public void No_other_booking_does(BookingState state, RefusalReason reason) =>
        BoxOffice.WithBookingIn(state).Fail(s_give).Reason.ShouldBe(reason);

    [Fact]
    public void Anothers_booking_is_not_found_and_a_repetition_changes_nothing()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Fail(new ReassignCommand(Id(1), Id(300), Id(200))).Reason.ShouldBe(BookingNotFound);
        office.Fail(new ReassignCommand(Id(9), Id(100), Id(200))).Reason.ShouldBe(BookingNotFound);
        office.Succeed(s_give);

        var decision = office.Batch(s_give);

        decision.Changes.ShouldBeEmpty();
        decision.Results.ShouldHaveSingleItem().IsReplay.ShouldBeTrue();
    }

    [Fact]
    public void The_limit_of_the_new_buyer_holds()
    {
        var office = BoxOffice.WithBookingIn(Held, Settings() with { MaxTicketsPerBuyer = 3 });
        office.Succeed(new HoldCommand(Id(2), Id(200), [new QuantityRequest(Standing, 2)]));

        office.Fail(s_give).Reason.ShouldBe(LimitExceeded);
    }

    [Theory]
    [InlineData(Paying)]
    [InlineData(Confirmed)]
    public void What_is_paid_for_goes_beyond_the_limit_rather_than_be_lost(BookingState state)
    {
        var office = BoxOffice.WithBookingIn(state, Settings() with { MaxTicketsPerBuyer = 3 });
        office.Succeed(new HoldCommand(Id(2), Id(200), [new QuantityRequest(Standing, 2)]));

        office.Succeed(s_give).BuyerId.ShouldBe(Id(200));

        office.Inventory.PlacesOf(Id(200)).ShouldBe(4);
        office.Fail(new HoldCommand(Id(3), Id(200), [new QuantityRequest(Standing, 1)])).Reason.ShouldBe(LimitExceeded);
    }

    [Fact]
    public void A_payment_under_way_ends_for_the_new_buyer()
    {
        var office = BoxOffice.WithBookingIn(Paying);
        office.Succeed(s_give);

        var confirmed = office.Succeed(new ConfirmCommand(Id(1), 1, Codes(1, 2)));

        (confirmed.State, confirmed.BuyerId).ShouldBe((Confirmed, Id(200)));
        office.Inventory.PlacesOf(Id(200)).ShouldBe(2);
    }

    [Fact]
    public void A_hold_that_changed_hands_ends_at_its_old_time()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Succeed(s_give);
        office.Now = Now.AddMinutes(11);

        office.Batch(new SweepCommand());

        office.Inventory.PlacesOf(Id(200)).ShouldBe(0);
        office.Inventory.CountsOf(Standing).Available.ShouldBe(10);
    }
}

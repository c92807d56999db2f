using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

/// <summary>What who sells may do at the counter, and buyers may not.</summary>
public sealed class CounterTests
{
    private static EventSettings Closed() => Settings() with { OnSaleAt = Now.AddHours(1), MaxTicketsPerBuyer = 1 };

    private static HoldCommand AtTheCounter(int booking, int quantity) =>
        HoldStanding(booking, 100, quantity) with { IsBoxOffice = true };

    [Fact]
    public void The_window_and_the_limit_bind_buyers_only()
    {
        var office = new BoxOffice(Closed());

        office.Fail(HoldStanding(1, 100, 2)).Reason.ShouldBe(NotOnSale);
        office.Succeed(AtTheCounter(2, 2)).Total.ShouldBe(4000);
        office.Fail(AtTheCounter(3, 9)).Reason.ShouldBe(SoldOut);
    }

    [Fact]
    public void Nothing_is_sold_of_an_event_that_was_called_off()
    {
        var office = new BoxOffice(Settings() with { Status = EventStatus.Cancelled });

        office.Fail(AtTheCounter(1, 1)).Reason.ShouldBe(NotOnSale);
    }

    [Fact]
    public void A_place_that_is_given_away_costs_nothing()
    {
        var office = new BoxOffice(Settings());

        var booking = office.Succeed(AtTheCounter(1, 2) with { IsFree = true });

        booking.Total.ShouldBe(0);
        office.Succeed(new ConfirmCommand(Id(1), 0, Codes(1, 2))).State.ShouldBe(BookingState.Confirmed);
    }

    [Fact]
    public void Only_the_counter_confirms_without_a_payment_attempt()
    {
        var office = new BoxOffice(Settings());
        office.Succeed(AtTheCounter(1, 2));

        office.Fail(new ConfirmCommand(Id(1), 0, Codes(1, 2))).Reason.ShouldBe(HoldExpired);
        office.Succeed(new ConfirmCommand(Id(1), 0, Codes(1, 2)) { IsBoxOffice = true })
            .State.ShouldBe(BookingState.Confirmed);
    }

    [Fact]
    public void The_counter_cancels_for_any_buyer_whatever_the_policy()
    {
        var office = BoxOffice.WithBookingIn(
            BookingState.Confirmed, Settings() with { CancellableUntil = null });

        office.Fail(new CancelCommand(Id(1), Id(100))).Reason.ShouldBe(NotCancellable);
        office.Fail(new CancelCommand(Id(1), Id(7))).Reason.ShouldBe(BookingNotFound);
        office.Succeed(new CancelCommand(Id(1), Guid.Empty) { IsBoxOffice = true })
            .State.ShouldBe(BookingState.Cancelled);
        office.Inventory.CountsOf(Standing).Available.ShouldBe(10);
    }

    [Fact]
    public void The_rule_against_single_seats_does_not_bind_the_counter()
    {
        var office = new BoxOffice(Hall.Of(Settings() with { OrphanRule = true }, ".....").Inventory);

        office.Fail(HoldSeats(1, 100, 1)).Reason.ShouldBe(OrphanSeat);
        office.Succeed(HoldSeats(2, 100, 1) with { IsBoxOffice = true });
    }
}

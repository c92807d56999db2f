using Onsale.Inventory.Seating;
using static Onsale.Inventory.BookingState;
using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class PaymentTests
{
    private static readonly StartPaymentCommand s_start = new(Id(1), Id(100));

    private static DeclinePaymentCommand Decline(int attempt) => new(Id(1), attempt, Release: false);

    [Fact]
    public void A_declined_payment_can_be_tried_again_and_the_third_decline_releases()
    {
        var office = BoxOffice.WithBookingIn(Held);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            office.Succeed(s_start).Attempts.ShouldBe(attempt);
            office.Succeed(Decline(attempt)).State.ShouldBe(Held);
        }

        office.Succeed(s_start).Attempts.ShouldBe(3);
        office.Succeed(Decline(3)).State.ShouldBe(Released);
        office.Inventory.CountsOf(Standing).Available.ShouldBe(10);
        office.Fail(s_start).Reason.ShouldBe(HoldExpired);
    }

    [Fact]
    public void Attempts_without_an_answer_do_not_count_against_the_limit()
    {
        var office = BoxOffice.WithBookingIn(Held);
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            office.Succeed(s_start).Attempts.ShouldBe(attempt);
            office.Succeed(Decline(attempt) with { Uncounted = attempt }).State.ShouldBe(Held);
        }

        office.Succeed(s_start);
        office.Succeed(Decline(6) with { Uncounted = 3 }).State.ShouldBe(Released);
    }

    [Fact]
    public void News_of_an_earlier_attempt_does_not_touch_the_one_in_flight()
    {
        var office = BoxOffice.WithBookingIn(Paying);
        office.Succeed(Decline(1));
        office.Succeed(s_start);
        office.Fail(Decline(1)).Reason.ShouldBe(StalePaymentAttempt);
        office.Fail(new RenewLeaseCommand(Id(1), 1)).Reason.ShouldBe(StalePaymentAttempt);
        office.Fail(new ConfirmCommand(Id(1), 1, Codes(1, 2))).Reason.ShouldBe(StalePaymentAttempt);
        office.Succeed(new ConfirmCommand(Id(1), 2, Codes(1, 2))).State.ShouldBe(Confirmed);
    }

    [Fact]
    public void Another_attempts_success_is_not_a_replay_of_the_one_that_confirmed()
    {
        var office = BoxOffice.WithBookingIn(Confirmed);
        office.Do(new ConfirmCommand(Id(1), 1, Codes(1, 2))).IsReplay.ShouldBeTrue();
        office.Fail(new ConfirmCommand(Id(1), 2, Codes(1, 2))).Reason.ShouldBe(StalePaymentAttempt);
    }

    [Fact]
    public void A_payment_in_flight_outlives_its_hold()
    {
        var office = BoxOffice.WithBookingIn(Paying);
        office.Now += TimeSpan.FromHours(1);
        office.Batch(new SweepCommand()).Changes.ShouldBeEmpty();
        office.Inventory.FindPaying().ShouldHaveSingleItem().Id.ShouldBe(Id(1));
        office.Succeed(new ConfirmCommand(Id(1), 1, Codes(1, 2))).State.ShouldBe(Confirmed);
    }

    [Fact]
    public void A_decline_after_the_holds_time_expires_it()
    {
        var office = BoxOffice.WithBookingIn(Paying);
        office.Now = office.BookingOf(1).HeldUntil;
        office.Succeed(Decline(1)).State.ShouldBe(Expired);
        office.Inventory.CountsOf(Standing).Available.ShouldBe(10);
    }

    [Fact]
    public void A_decline_just_before_the_holds_time_leaves_what_is_left_of_it()
    {
        var office = BoxOffice.WithBookingIn(Paying);
        var until = office.BookingOf(1).HeldUntil;
        office.Now = until.AddMicroseconds(-1);
        office.Succeed(Decline(1)).HeldUntil.ShouldBe(until);
        office.Now = until;
        office.Batch(new SweepCommand()).Changes.ShouldHaveSingleItem()
            .ShouldBeOfType<BookingChanged>().Booking.State.ShouldBe(Expired);
    }

    [Fact]
    public void A_renewed_lease_counts_from_now()
    {
        var office = BoxOffice.WithBookingIn(Paying);
        office.Now += TimeSpan.FromSeconds(119);
        office.Succeed(new RenewLeaseCommand(Id(1), 1)).PayingUntil.ShouldBe(office.Now.AddSeconds(120));
        office.Inventory.NextLeaseDeadline().ShouldBe(office.Now.AddSeconds(120));
    }

    [Fact]
    public void A_hold_is_live_until_its_time_and_not_at_it()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Now = office.BookingOf(1).HeldUntil.AddMicroseconds(-1);
        office.Succeed(s_start).State.ShouldBe(Paying);

        office = BoxOffice.WithBookingIn(Held);
        office.Now = office.BookingOf(1).HeldUntil;
        office.Do(s_start).Refusal.ShouldNotBeNull().Reason.ShouldBe(HoldExpired);
    }

    [Fact]
    public void What_costs_nothing_is_confirmed_without_a_payment()
    {
        var office = new BoxOffice(Settings());
        office.Succeed(Hold(1, 100, new QuantityRequest(Free, 2)));
        var confirm = new ConfirmCommand(Id(1), 0, Codes(1, 2));
        office.Succeed(confirm).State.ShouldBe(Confirmed);
        office.Do(confirm).IsReplay.ShouldBeTrue();
    }

    [Theory]
    [InlineData(EventStatus.Draft)]
    [InlineData(EventStatus.Cancelled)]
    public void An_event_that_is_not_published_takes_no_new_payment_but_keeps_a_paid_one(EventStatus status)
    {
        var booking = BoxOffice.WithBookingIn(Paying).BookingOf(1);
        var settings = Settings() with { Status = status };

        EventInventory With(Booking live) => new(settings, new InventorySnapshot(
            2, Id(2), Now, new PackedSeatStates(0),
            new Dictionary<int, TierCounts> { [Standing] = new(10, 2, 0, 0), [Free] = new(10, 0, 0, 0) },
            [live], new Dictionary<Guid, int> { [Id(100)] = 2 }, []));

        var held = booking with { State = Held, PayingUntil = null, Attempts = 0 };
        new BoxOffice(With(held)).Fail(s_start).Reason.ShouldBe(NotOnSale);
        var free = held with { Places = [.. held.Places.Select(place => place with { Price = 0 })] };
        new BoxOffice(With(free)).Fail(new ConfirmCommand(Id(1), 0, Codes(1, 2))).Reason.ShouldBe(NotOnSale);
        new BoxOffice(With(booking)).Succeed(new ConfirmCommand(Id(1), 1, Codes(1, 2))).State.ShouldBe(Confirmed);
    }

    [Fact]
    public void Tickets_are_cancelled_until_the_policys_last_moment_and_not_at_it()
    {
        var until = Settings().CancellableUntil!.Value;
        var office = BoxOffice.WithBookingIn(Confirmed);
        office.Now = until;
        office.Fail(new CancelCommand(Id(1), Id(100))).Reason.ShouldBe(NotCancellable);
        office.Now = until.AddMicroseconds(-1);
        office.Succeed(new CancelCommand(Id(1), Id(100))).State.ShouldBe(Cancelled);

        office = BoxOffice.WithBookingIn(Confirmed, Settings() with { CancellableUntil = null });
        office.Fail(new CancelCommand(Id(1), Id(100))).Reason.ShouldBe(NotCancellable);
    }

    [Fact]
    public void A_confirmation_needs_one_code_a_place() =>
        Should.Throw<InventoryCorruptException>(() =>
            BoxOffice.WithBookingIn(Paying).Do(new ConfirmCommand(Id(1), 1, Codes(1, 1))));

    [Fact]
    public void One_batch_carries_a_booking_from_hold_to_cancellation()
    {
        var office = new BoxOffice(Settings());
        var decision = office.Batch(
            HoldStanding(1, 100, 2), s_start, new ConfirmCommand(Id(1), 1, Codes(1, 2)),
            new StartPaymentCommand(Id(1), Id(100)), new CancelCommand(Id(1), Id(100)), s_start);
        decision.Results.Select(result => result.Booking?.State)
            .ShouldBe([Held, Paying, Confirmed, Confirmed, Cancelled, null]);
        decision.Results[3].IsReplay.ShouldBeTrue();
        decision.Results[5].Refusal!.Reason.ShouldBe(AlreadyCancelled);
        office.Inventory.CountsOf(Standing).ShouldBe(new TierCounts(10, 0, 0, 0));
        office.Inventory.PlacesOf(Id(100)).ShouldBe(0);
    }
}

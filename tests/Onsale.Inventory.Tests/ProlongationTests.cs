using static Onsale.Inventory.BookingState;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class ProlongationTests
{
    private static readonly ProlongHoldsCommand s_threeMinutes = new(Now.AddMinutes(8), Now.AddMinutes(11));

    [Fact]
    public void A_hold_that_ended_meanwhile_gets_the_time_back_that_was_lost()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Now = Now.AddMinutes(11);

        office.Succeed(s_threeMinutes).HeldUntil.ShouldBe(Now.AddMinutes(13));

        office.Inventory.NextHoldDeadline().ShouldBe(Now.AddMinutes(13));
        office.BookingOf(1).Extensions.ShouldBe(0);
        office.Succeed(new StartPaymentCommand(Id(1), Id(100))).State.ShouldBe(Paying);
    }

    [Fact]
    public void Without_it_the_hold_is_lost()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Now = Now.AddMinutes(11);
        office.Do(new StartPaymentCommand(Id(1), Id(100))).Refusal!.Reason.ShouldBe(RefusalReason.HoldExpired);
        office.BookingOf(1).State.ShouldBe(Expired);
    }

    /// <summary>The database's clock may step back at a failover.</summary>
    [Fact]
    public void What_begins_later_than_now_takes_no_time_from_a_hold()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Now = Now.AddMinutes(7);

        office.Batch(s_threeMinutes).Changes.ShouldBeEmpty();

        office.BookingOf(1).HeldUntil.ShouldBe(Now.AddMinutes(10));
    }

    [Fact]
    public void Repeated_it_does_nothing_more()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Now = Now.AddMinutes(11);
        office.Succeed(s_threeMinutes);
        office.Now = Now.AddMinutes(12);

        var decision = office.Batch(s_threeMinutes);

        decision.Changes.ShouldBeEmpty();
        decision.Results.ShouldHaveSingleItem().Booking.ShouldBeNull();
        office.BookingOf(1).HeldUntil.ShouldBe(Now.AddMinutes(13));
    }

    [Fact]
    public void A_payments_lease_and_its_hold_are_prolonged_together()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Now = Now.AddMinutes(7).AddSeconds(59);
        var paying = office.Succeed(new StartPaymentCommand(Id(1), Id(100)));
        office.Now = Now.AddMinutes(11);

        var prolonged = office.Succeed(s_threeMinutes);

        prolonged.State.ShouldBe(Paying);
        prolonged.PayingUntil.ShouldBe(paying.PayingUntil!.Value.AddMinutes(3));
        prolonged.HeldUntil.ShouldBe(paying.HeldUntil.AddMinutes(3));
        var writes = new BatchWrites([new BookingChanged(Paying, prolonged) { IsProlonged = true }]);
        writes.ExtendedBookings.ShouldHaveSingleItem().Id.ShouldBe(Id(1));
    }

    [Fact]
    public void What_was_held_during_it_gets_only_the_part_that_it_lost_and_what_had_ended_before_nothing()
    {
        var office = new BoxOffice(Settings());
        office.Succeed(HoldStanding(1, 100, 1));
        office.Now = Now.AddMinutes(9);
        office.Succeed(HoldStanding(2, 101, 1));
        office.Now = Now.AddMinutes(13);

        office.Batch(new ProlongHoldsCommand(Now.AddMinutes(10).AddSeconds(1), Now.AddMinutes(12)));

        office.BookingOf(1).State.ShouldBe(Expired);
        office.BookingOf(2).HeldUntil.ShouldBe(Now.AddMinutes(20).AddSeconds(59));
    }

    [Fact]
    public void Many_holds_take_several_batches_and_none_of_them_ends_in_between()
    {
        const int holds = (InventoryLimits.MaxExpiriesPerBatch * 2) + 7;
        var office = new BoxOffice(Settings(), poolCapacity: holds);
        for (var number = 1; number <= holds; number++)
            office.Succeed(HoldStanding(number, 1000 + number, 1));
        office.Now = Now.AddMinutes(11);
        office.KeepsDueHolds = true;

        var batches = 0;
        while (office.Do(s_threeMinutes).Booking is not null)
            batches++;

        batches.ShouldBe(3);
        office.KeepsDueHolds = false;
        office.Batch(new SweepCommand()).Changes.ShouldBeEmpty();
        for (var number = 1; number <= holds; number++)
            office.BookingOf(number).HeldUntil.ShouldBe(Now.AddMinutes(13));
    }

    [Fact]
    public void Holds_that_are_due_are_kept_while_buyers_cannot_go_on()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Now = Now.AddMinutes(11);
        office.KeepsDueHolds = true;
        office.Batch(new SweepCommand()).Changes.ShouldBeEmpty();
        office.KeepsDueHolds = false;
        office.Batch(new SweepCommand()).Changes.ShouldHaveSingleItem();
    }
}

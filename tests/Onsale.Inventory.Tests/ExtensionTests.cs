using static Onsale.Inventory.BookingState;
using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class ExtensionTests
{
    private static readonly ExtendHoldCommand s_extend = new(Id(1), Id(100));

    [Fact]
    public void A_hold_is_extended_once_by_half_of_its_time_and_then_no_more()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Now = Now.AddMinutes(9);

        var extended = office.Succeed(s_extend);

        (extended.State, extended.HeldUntil, extended.Extensions).ShouldBe((Held, Now.AddMinutes(15), 1));
        office.Inventory.NextHoldDeadline().ShouldBe(Now.AddMinutes(15));
        office.Fail(s_extend).Reason.ShouldBe(NotExtendable);
        office.Now = Now.AddMinutes(14);
        office.Batch(new SweepCommand()).Changes.ShouldBeEmpty();
        office.Now = Now.AddMinutes(15);
        office.Batch(new SweepCommand()).Changes.ShouldHaveSingleItem();
        office.BookingOf(1).State.ShouldBe(Expired);
        office.Inventory.CountsOf(Standing).Available.ShouldBe(10);
    }

    [Fact]
    public void At_the_end_of_its_time_it_is_too_late()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Now = Now.AddMinutes(10);

        var decision = office.Batch(s_extend);

        decision.Results.ShouldHaveSingleItem().Refusal.ShouldNotBeNull().Reason.ShouldBe(HoldExpired);
        office.BookingOf(1).State.ShouldBe(Expired);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void The_event_says_how_often(int allowed, int expected)
    {
        var office = BoxOffice.WithBookingIn(Held, Settings() with { HoldExtensions = allowed });
        for (var times = 0; times < expected; times++)
            office.Succeed(s_extend);
        office.Fail(s_extend).Reason.ShouldBe(NotExtendable);
        office.BookingOf(1).HeldUntil.ShouldBe(Now.AddMinutes(10 + (5 * expected)));
    }

    [Fact]
    public void It_never_goes_past_the_end_of_the_sale()
    {
        var settings = Settings() with { HoldExtensions = 2, OffSaleAt = Now.AddMinutes(12) };
        var office = BoxOffice.WithBookingIn(Held, settings);

        office.Succeed(s_extend).HeldUntil.ShouldBe(Now.AddMinutes(12));

        office.Fail(s_extend).Reason.ShouldBe(NotExtendable);
    }

    [Fact]
    public void An_event_that_is_called_off_extends_nothing()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Do(new ChangeSettingsCommand(new SettingsPatch { Status = EventStatus.Cancelled }));
        office.Fail(s_extend).Reason.ShouldBe(NotOnSale);
    }

    [Fact]
    public void The_organiser_can_change_how_often_also_for_holds_that_are_there()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Succeed(s_extend);
        office.Do(new ChangeSettingsCommand(new SettingsPatch { HoldExtensions = 2 })).Refusal.ShouldBeNull();
        office.Succeed(s_extend).Extensions.ShouldBe(2);
        office.Do(new ChangeSettingsCommand(new SettingsPatch { HoldExtensions = 0 })).Refusal.ShouldBeNull();
        office.Fail(s_extend).Reason.ShouldBe(NotExtendable);
        office.Fail(new ChangeSettingsCommand(new SettingsPatch { HoldExtensions = 11 })).Reason
            .ShouldBe(InvalidSettings);
        office.Fail(new ChangeSettingsCommand(new SettingsPatch { HoldExtensions = -1 })).Reason
            .ShouldBe(InvalidSettings);
    }

    [Fact]
    public void What_was_extended_stays_so_through_payment_and_decline()
    {
        var office = BoxOffice.WithBookingIn(Held);
        office.Succeed(s_extend);
        office.Succeed(new StartPaymentCommand(Id(1), Id(100)));
        office.Now = Now.AddMinutes(14);
        var declined = office.Succeed(new DeclinePaymentCommand(Id(1), 1, Release: false));
        (declined.State, declined.Extensions, declined.HeldUntil).ShouldBe((Held, 1, Now.AddMinutes(15)));
        office.Fail(s_extend).Reason.ShouldBe(NotExtendable);
    }

    [Fact]
    public void A_hold_made_extended_and_paid_in_one_batch_is_written_with_its_new_end()
    {
        var office = new BoxOffice(Settings());
        var decision = office.Batch(HoldStanding(1, 100, 1), s_extend, new StartPaymentCommand(Id(1), Id(100)));

        var writes = new BatchWrites(decision.Changes);

        writes.InsertedBookings.ShouldHaveSingleItem().State.ShouldBe(Paying);
        var extended = writes.ExtendedBookings.ShouldHaveSingleItem();
        (extended.HeldUntil, extended.Extensions).ShouldBe((Now.AddMinutes(15), 1));
    }
}

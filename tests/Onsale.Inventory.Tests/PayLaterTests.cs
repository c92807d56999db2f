using static Onsale.Inventory.BookingState;
using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class PayLaterTests
{
    private static readonly PayLaterCommand s_later = new(Id(1), Id(100));
    private static readonly EventSettings s_settings = Settings() with
    {
        PayLater = new PayLaterTerms(7, Now.AddDays(10), "To the bank"),
        OffSaleAt = Now.AddDays(20),
    };

    [Fact]
    public void A_hold_that_is_paid_later_is_kept_for_the_days_of_the_event_and_then_goes_back()
    {
        var office = BoxOffice.WithBookingIn(Held, s_settings);

        var kept = office.Succeed(s_later);

        (kept.State, kept.HeldUntil, kept.IsPaidLater).ShouldBe((Held, Now.AddDays(7), true));
        office.Inventory.NextHoldDeadline().ShouldBe(Now.AddDays(7));
        office.Now = Now.AddDays(7).AddSeconds(-1);
        office.Batch(new SweepCommand()).Changes.ShouldBeEmpty();
        office.Now = Now.AddDays(7);
        office.Batch(new SweepCommand());
        office.BookingOf(1).State.ShouldBe(Expired);
        office.Inventory.CountsOf(Standing).Available.ShouldBe(10);
    }

    [Fact]
    public void It_is_chosen_once_and_not_extended_after_it()
    {
        var office = BoxOffice.WithBookingIn(Held, s_settings with { HoldExtensions = 10 });
        office.Succeed(s_later);
        office.Now = Now.AddDays(1);

        var repeated = office.Batch(s_later);

        repeated.Changes.ShouldBeEmpty();
        repeated.Results.ShouldHaveSingleItem().IsReplay.ShouldBeTrue();
        office.BookingOf(1).HeldUntil.ShouldBe(Now.AddDays(7));
        office.Fail(new ExtendHoldCommand(Id(1), Id(100))).Reason.ShouldBe(NotExtendable);
    }

    [Fact]
    public void It_never_lasts_beyond_the_last_day_that_the_event_names()
    {
        var office = BoxOffice.WithBookingIn(Held, s_settings with
        {
            PayLater = s_settings.PayLater! with { EndsAt = Now.AddDays(2) },
        });

        office.Succeed(s_later).HeldUntil.ShouldBe(Now.AddDays(2));
    }

    [Fact]
    public void An_event_without_it_or_past_its_last_day_refuses_it()
    {
        BoxOffice.WithBookingIn(Held).Fail(s_later).Reason.ShouldBe(NoPayLater);
        BoxOffice.WithBookingIn(Held, s_settings with
        {
            PayLater = s_settings.PayLater! with { EndsAt = Now.AddMinutes(5) },
        }).Fail(s_later).Reason.ShouldBe(NoPayLater);
    }

    [Theory]
    [InlineData(Paying, PaymentInProgress)]
    [InlineData(Confirmed, NotExtendable)]
    [InlineData(Released, HoldExpired)]
    [InlineData(Expired, HoldExpired)]
    [InlineData(Cancelled, AlreadyCancelled)]
    public void Only_a_live_hold_is_paid_later(BookingState state, RefusalReason reason) =>
        BoxOffice.WithBookingIn(state, s_settings).Fail(s_later).Reason.ShouldBe(reason);

    [Fact]
    public void It_is_its_buyers_alone_and_not_for_what_is_called_off()
    {
        var office = BoxOffice.WithBookingIn(Held, s_settings);
        office.Fail(s_later with { BuyerId = Id(101) }).Reason.ShouldBe(BookingNotFound);
        office.Do(new ChangeSettingsCommand(new SettingsPatch { Status = EventStatus.Cancelled }));
        office.Fail(s_later).Reason.ShouldBe(NotOnSale);
    }

    [Fact]
    public void A_declined_card_does_not_take_the_places_of_who_pays_by_transfer()
    {
        var office = BoxOffice.WithBookingIn(Held, s_settings);
        office.Succeed(s_later);
        for (var attempt = 1; attempt <= InventoryLimits.MaxPaymentAttempts + 1; attempt++)
        {
            office.Succeed(new StartPaymentCommand(Id(1), Id(100)));
            office.Succeed(new DeclinePaymentCommand(Id(1), attempt, Release: false)).State.ShouldBe(Held);
        }

        office.BookingOf(1).HeldUntil.ShouldBe(Now.AddDays(7));
    }

    [Fact]
    public void Cards_end_after_so_many_tries_and_the_organiser_still_enters_the_transfer()
    {
        var office = BoxOffice.WithBookingIn(Held, s_settings);
        office.Succeed(s_later);
        for (var attempt = 1; attempt <= InventoryLimits.MaxPaidLaterAttempts; attempt++)
        {
            office.Succeed(new StartPaymentCommand(Id(1), Id(100)));
            office.Succeed(new DeclinePaymentCommand(Id(1), attempt, Release: false) { Uncounted = attempt });
        }

        office.Fail(new StartPaymentCommand(Id(1), Id(100))).Reason.ShouldBe(PaymentsUsedUp);
        office.Succeed(new StartPaymentCommand(Id(1), Id(100)) { IsBoxOffice = true }).State.ShouldBe(Paying);
    }

    [Fact]
    public void Settings_that_change_do_not_shorten_it()
    {
        var office = BoxOffice.WithBookingIn(Held, s_settings);
        office.Succeed(s_later);

        office.Do(new ChangeSettingsCommand(new SettingsPatch { PayLater = PayLaterTerms.Off })).Refusal.ShouldBeNull();

        office.Inventory.Settings.PayLater.ShouldBeNull();
        office.BookingOf(1).HeldUntil.ShouldBe(Now.AddDays(7));
        office.Batch(new ChangeSettingsCommand(new SettingsPatch { PayLater = PayLaterTerms.Off })).Changes
            .ShouldBeEmpty();
        office.Fail(new ChangeSettingsCommand(new SettingsPatch
        {
            PayLater = new PayLaterTerms(InventoryLimits.MaxPayLaterDays + 1, Now.AddDays(5), "To the bank"),
        })).Reason.ShouldBe(InvalidSettings);
    }
}

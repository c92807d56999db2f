using static Onsale.Inventory.BookingState;
using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class CodeTests
{
    private static readonly CodeSettings s_tenth = new(Id(900), "TENTH") { Percent = 10 };

    [Fact]
    public void A_percentage_is_taken_off_each_place_and_the_total_is_their_sum()
    {
        var office = With(s_tenth with { Percent = 15 }, Settings() with
        {
            Tiers = [.. Settings().Tiers.Select(tier => tier with { Price = tier.Price == 0 ? 0 : 333 })],
        });

        var booking = office.Succeed(WithCode(1, 3));

        // 49.95 off each, rounded half up: three times 283, not 849.15.
        booking.Places.ShouldAllBe(place => place.Price == 283 && place.Discount == 50);
        (booking.Total, booking.Code).ShouldBe((849, 0));
        office.Inventory.UsesOf(0).ShouldBe((1, 3));
    }

    [Theory]
    [InlineData(1, 49, 49)] // 0.49 is nothing
    [InlineData(1, 50, 49)] // half a unit is rounded up
    [InlineData(50, 1, 0)]
    [InlineData(100, 2000, 0)]
    [InlineData(33, 100_000_000_000_000, 67_000_000_000_000)]
    public void A_percentage_is_rounded_half_up(int percent, long price, long expected) =>
        (s_tenth with { Percent = percent }).Reduce(price).ShouldBe(expected);

    [Fact]
    public void An_amount_is_taken_off_down_to_nothing_and_only_of_the_codes_tiers()
    {
        var office = With(new CodeSettings(Id(900), "TENTH") { Amount = 2500, Tiers = [TestEvents.Standing] });

        var booking = office.Succeed(
            Hold(1, 100, new QuantityRequest(TestEvents.Standing, 1), new QuantityRequest(Free, 1)) with
            {
                Code = "TENTH",
            });

        booking.Places.Select(place => (place.Price, place.Discount)).ShouldBe([(0, 2000), (0, 0)]);
        booking.Total.ShouldBe(0);
    }

    [Fact]
    public void A_code_that_is_for_none_of_the_places_is_not_spent()
    {
        var office = With(s_tenth with { Tiers = [Free] });
        office.Fail(WithCode(1, 1)).Reason.ShouldBe(CodeUnusable);
        office.Inventory.UsesOf(0).ShouldBe((0, 0));
    }

    [Fact]
    public void Unknown_early_late_ended_and_used_up_codes_are_refused_alike()
    {
        var office = With(s_tenth with { StartsAt = Now, EndsAt = Now.AddMinutes(5), MaxUses = 1 });
        office.Fail(WithCode(1, 1) with { Code = "OTHER" }).ShouldBe(new Refusal(CodeUnusable));
        office.Now = Now.AddTicks(-1);
        office.Fail(WithCode(1, 1)).ShouldBe(new Refusal(CodeUnusable));
        office.Now = Now;
        office.Succeed(WithCode(1, 1));
        office.Fail(WithCode(2, 1)).ShouldBe(new Refusal(CodeUnusable));
        office.Succeed(new CancelCommand(Id(1), Id(101)));
        office.Now = Now.AddMinutes(5);
        office.Fail(WithCode(3, 1)).ShouldBe(new Refusal(CodeUnusable));
        office.Now = Now;
        Put(office, s_tenth with { IsEnded = true }).Refusal.ShouldBeNull();
        office.Fail(WithCode(4, 1)).ShouldBe(new Refusal(CodeUnusable));
    }

    [Theory]
    [InlineData(Held)]
    [InlineData(Paying)]
    [InlineData(Confirmed)]
    public void A_use_counts_as_long_as_the_places_do(BookingState state)
    {
        var office = With(s_tenth with { MaxUses = 1 });
        office.Succeed(WithCode(1, 2));
        if (state != Held)
            office.Succeed(new StartPaymentCommand(Id(1), Id(101)));
        if (state == Confirmed)
            office.Succeed(new ConfirmCommand(Id(1), 1, Codes(1, 2)));
        office.Inventory.UsesOf(0).ShouldBe((1, 2));
        office.Fail(WithCode(2, 1)).Reason.ShouldBe(CodeUnusable);
    }

    [Fact]
    public void Release_expiry_decline_and_cancellation_give_the_use_back()
    {
        var office = With(s_tenth with { MaxUses = 1 });
        office.Succeed(WithCode(1, 1));
        office.Succeed(new CancelCommand(Id(1), Id(101)));
        office.Succeed(WithCode(2, 1));
        office.Now = Now.AddMinutes(10);
        office.Succeed(WithCode(3, 1)); // in the batch that expires the one before
        office.Succeed(new StartPaymentCommand(Id(3), Id(103)));
        office.Succeed(new DeclinePaymentCommand(Id(3), 1, Release: true));
        office.Succeed(WithCode(4, 1));
        office.Succeed(new StartPaymentCommand(Id(4), Id(104)));
        office.Succeed(new ConfirmCommand(Id(4), 1, Codes(4, 1)));
        office.Fail(WithCode(5, 1)).Reason.ShouldBe(CodeUnusable);
        office.Succeed(new CancelCommand(Id(4), Id(104)));
        office.Succeed(WithCode(6, 1));
        office.Inventory.UsesOf(0).ShouldBe((1, 1));
    }

    [Fact]
    public void Two_holds_of_one_batch_do_not_share_the_last_use()
    {
        var office = With(s_tenth with { MaxUses = 1 });
        var decision = office.Batch(WithCode(1, 1), WithCode(2, 1));
        decision.Results.Select(result => result.Refusal?.Reason).ShouldBe([null, CodeUnusable]);
        new BatchWrites(decision.Changes).Codes.ShouldBe([new CodeWrite(0, 1, 1)]);
    }

    [Fact]
    public void Limits_in_tickets_and_for_one_buyer_are_their_own()
    {
        var office = With(s_tenth with { MaxTickets = 5, MaxTicketsPerBuyer = 2 });
        office.Fail(WithCode(1, 3)).Reason.ShouldBe(CodeUnusable);
        office.Succeed(WithCode(1, 2));
        office.Fail(HoldStanding(2, 101, 1) with { Code = "TENTH" }).Reason.ShouldBe(CodeUnusable);
        office.Succeed(WithCode(3, 2));
        office.Fail(WithCode(4, 2)).Reason.ShouldBe(CodeUnusable);
        office.Succeed(WithCode(5, 1));
        (office.Inventory.UsesOf(0), office.Inventory.TicketsOf(0, Id(101))).ShouldBe(((3, 5), 2));
    }

    [Fact]
    public void A_booking_that_is_handed_over_takes_its_use_along()
    {
        var office = With(s_tenth with { MaxTicketsPerBuyer = 2 });
        office.Succeed(WithCode(1, 2));
        office.Succeed(new ReassignCommand(Id(1), Id(101), Id(500)));
        (office.Inventory.TicketsOf(0, Id(101)), office.Inventory.TicketsOf(0, Id(500))).ShouldBe((0, 2));
        office.Inventory.UsesOf(0).ShouldBe((1, 2));
        office.Succeed(new CancelCommand(Id(1), Id(500)));
        (office.Inventory.UsesOf(0), office.Inventory.TicketsOf(0, Id(500))).ShouldBe(((0, 0), 0));
    }

    [Fact]
    public void A_presale_code_lets_buyers_in_early_to_its_tiers_and_nowhere_else()
    {
        var settings = Settings() with { OnSaleAt = Now.AddHours(1) };
        var presale =
            new CodeSettings(Id(900), "TENTH") { OpensPresale = true, Tiers = [TestEvents.Standing], StartsAt = Now };
        var office = With(presale, settings);
        office.Fail(HoldStanding(1, 101, 1)).Reason.ShouldBe(NotOnSale);
        office.Fail(WithCode(1, 1) with { Code = "OTHER" }).Reason.ShouldBe(CodeUnusable);
        office.Fail(
            Hold(1, 101, new QuantityRequest(TestEvents.Standing, 1), new QuantityRequest(Free, 1)) with
            {
                Code = "TENTH",
            })
            .Reason.ShouldBe(CodeUnusable);
        office.Succeed(WithCode(1, 1)).Total.ShouldBe(2000);
        office.Succeed(new StartPaymentCommand(Id(1), Id(101)));
        office.Succeed(new ConfirmCommand(Id(1), 1, Codes(1, 1)));
        With(s_tenth, settings).Fail(WithCode(1, 1)).Reason.ShouldBe(NotOnSale);
        With(presale, settings with { Status = EventStatus.Draft }).Fail(WithCode(1, 1)).Reason.ShouldBe(NotOnSale);
    }

    [Fact]
    public void A_held_price_stays_when_the_code_changes()
    {
        var office = With(s_tenth);
        office.Succeed(WithCode(1, 1));
        Put(office, s_tenth with { Percent = 50 }).Refusal.ShouldBeNull();
        office.Succeed(new StartPaymentCommand(Id(1), Id(101))).Total.ShouldBe(1800);
        office.Succeed(WithCode(2, 1)).Total.ShouldBe(1000);
    }

    [Fact]
    public void A_repeated_key_has_its_first_answer_when_the_code_is_used_up()
    {
        var office = With(s_tenth with { MaxUses = 1 });
        var first = WithCode(1, 1);
        var keyed =
            new HoldCommand(Id(1), Id(101), first.Requests, new IdempotencyKey(Id(7), Id(8))) { Code = "TENTH" };
        office.Succeed(keyed);
        office.Do(keyed).IsReplay.ShouldBeTrue();
        office.Inventory.UsesOf(0).ShouldBe((1, 1));
    }

    [Fact]
    public void A_limit_cannot_go_below_what_is_used_and_a_text_is_one_codes()
    {
        var office = With(s_tenth with { MaxUses = 3 });
        office.Succeed(WithCode(1, 2));
        office.Succeed(WithCode(2, 2));
        Put(office, s_tenth with { MaxUses = 1 }).Refusal.ShouldBe(new Refusal(CodeLimitBelowUsed) { Has = 2 });
        Put(office, s_tenth with { MaxTickets = 3 }).Refusal.ShouldBe(new Refusal(CodeLimitBelowUsed) { Has = 4 });
        Put(office, s_tenth with { MaxUses = 2 }).Refusal.ShouldBeNull();
        Put(office, s_tenth with { Id = Id(901) }).Refusal.ShouldBe(new Refusal(CodeTaken));
        Put(office, s_tenth with { IsEnded = true }).Refusal.ShouldBeNull();
        Put(office, s_tenth with { Id = Id(901) }).Refusal.ShouldBeNull();
        office.Inventory.Settings.Codes.Find("TENTH").ShouldBe(1);
        office.Inventory.UsesOf(0).ShouldBe((2, 4));
        office.Succeed(WithCode(3, 1)).Code.ShouldBe(1);
    }

    [Theory]
    [InlineData("AB", 10, null, 0)]
    [InlineData("tenth", 10, null, 0)]
    [InlineData("TEN TH", 10, null, 0)]
    [InlineData("TENTH", null, null, 0)]
    [InlineData("TENTH", 0, null, 0)]
    [InlineData("TENTH", 101, null, 0)]
    [InlineData("TENTH", 10, 100L, 0)]
    [InlineData("TENTH", null, 0L, 0)]
    [InlineData("TENTH", 10, null, 3)]
    public void What_cannot_be_is_refused(string text, int? percent, long? amount, int tier)
    {
        var office = new BoxOffice(Settings());
        office.Fail(new PutCodeCommand(new CodeSettings(Id(900), text)
        {
            Percent = percent,
            Amount = amount,
            Tiers = [tier],
        })).Reason.ShouldBe(InvalidSettings);
    }

    [Fact]
    public void A_code_made_for_other_settings_is_stale_and_one_that_changes_nothing_writes_nothing()
    {
        var office = With(s_tenth);
        office.Fail(new PutCodeCommand(s_tenth with { Percent = 20 }, SettingsVersion: 99)).Reason
            .ShouldBe(StaleSettings);
        office.Batch(new PutCodeCommand(s_tenth)).Changes.ShouldBeEmpty();
        office.Batch(new ChangeSettingsCommand(new SettingsPatch { Codes = [new CodeChange(0, s_tenth)] }))
            .Results[0].Refusal!.Reason.ShouldBe(InvalidSettings);
    }

    [Fact]
    public void An_event_has_so_many_codes_and_no_more()
    {
        var settings = Settings() with
        {
            Codes = new EventCodes(Enumerable.Range(0, InventoryLimits.MaxCodesPerEvent)
                .Select(number => s_tenth with { Id = Id(1000 + number), Text = $"CODE-{number}" })),
        };
        Put(new BoxOffice(settings), s_tenth).Refusal
            .ShouldBe(new Refusal(TooManyCodes) { Limit = InventoryLimits.MaxCodesPerEvent });
    }

    /// <summary>A hold of standing places with the code, by a buyer of its own.</summary>
    private static HoldCommand WithCode(int booking, int quantity) =>
        HoldStanding(booking, 100 + booking, quantity) with { Code = "TENTH" };

    private static BoxOffice With(CodeSettings code, EventSettings? settings = null) =>
        new((settings ?? Settings()) with { Codes = new EventCodes([code]) });

    private static CommandResult Put(BoxOffice office, CodeSettings code) => office.Do(new PutCodeCommand(code));
}

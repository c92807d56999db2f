using Onsale.Platform.Http;
using Onsale.Server.Operate.Rehearsals;

namespace Onsale.Server.Tests.Operate.Rehearsals;

/// <summary>What a rehearsal may be, what its buyers do, and what its report is made of.</summary>
public sealed class RehearsalRulesTests
{
    private static readonly StartRehearsalRequest s_usual = new(100, 5, 50);

    [Fact]
    public void A_plan_without_a_profile_is_a_usual_sale_with_every_default_written_out()
    {
        var validation = new Validation();

        var plan = RehearsalRules.Check(s_usual, new RehearsalOptions(), validation);

        validation.Errors.ShouldBeEmpty();
        plan.Profile!.PartySizes.ShouldBe([20, 50, 10, 20]);
        plan.Profile.CheckoutSeconds.ShouldBe(new SecondsRange(10, 90));
    }

    [Fact]
    public void Plans_that_cannot_be_are_refused_by_field()
    {
        var profile = new RehearsalProfile();
        var declined = profile with { DeclinePercent = 60, SlowPercent = 60 };
        var gone = profile with { AbandonPercent = 60, ReleasePercent = 60 };
        (string Field, StartRehearsalRequest Plan)[] wrong =
        [
            ("buyers", s_usual with { Buyers = 0 }),
            ("buyers", s_usual with { Buyers = 20_001 }),
            ("minutes", s_usual with { Minutes = 31 }),
            ("requestsPerSecond", s_usual with { RequestsPerSecond = 501 }),
            ("profile.arrivals", s_usual with { Profile = profile with { Arrivals = [] } }),
            ("profile.arrivals", s_usual with { Profile = profile with { Arrivals = [0, 0] } }),
            ("profile.arrivals", s_usual with { Profile = profile with { Arrivals = new int[61] } }),
            ("profile.partySizes", s_usual with { Profile = profile with { PartySizes = [1, -1] } }),
            ("profile.arrivalSeconds", s_usual with { Profile = profile with { ArrivalSeconds = 301 } }),
            ("profile.preQueueSeconds", s_usual with { Profile = profile with { PreQueueSeconds = 121 } }),
            ("profile.patienceSeconds", s_usual with { Profile = profile with { PatienceSeconds = 0 } }),
            ("profile.earlyPercent", s_usual with { Profile = profile with { EarlyPercent = 101 } }),
            ("profile.mapPercent", s_usual with { Profile = profile with { MapPercent = -1 } }),
            ("profile.declinePercent", s_usual with { Profile = declined }),
            ("profile.abandonPercent", s_usual with { Profile = gone }),
            ("profile.chooseSeconds", s_usual with { Profile = profile with { ChooseSeconds = new(5, 4) } }),
            ("profile.checkoutSeconds", s_usual with { Profile = profile with { CheckoutSeconds = new(0, 601) } }),
        ];
        foreach (var (field, plan) in wrong)
        {
            var validation = new Validation();
            RehearsalRules.Check(plan, new RehearsalOptions(), validation);
            validation.Errors.Select(error => error.Field).ShouldContain(field, plan.ToString());
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_buyers_and_another_seed_others()
    {
        var profile = new RehearsalProfile().Complete();

        var buyers = Enumerable.Range(1, 1000).Select(number => SimulatedBuyer.Of(number, 7, profile)).ToList();

        // Whatever was drawn before.
        SimulatedBuyer.Of(500, 7, profile).ShouldBe(buyers[499]);
        Enumerable.Range(1, 1000).Select(number => SimulatedBuyer.Of(number, 8, profile)).ShouldNotBe(buyers);
        buyers.Count(buyer => buyer.ArrivesAtSeconds < 0).ShouldBeInRange(250, 350);
        buyers.Count(buyer => buyer.Places == 2).ShouldBeInRange(430, 570);
        buyers.Count(buyer => buyer.UsesMap).ShouldBeInRange(530, 670);
        buyers.Count(buyer => buyer.Intention == Intention.Abandon).ShouldBeInRange(60, 140);
        buyers.Count(buyer => buyer.PaymentToken == "sim_decline").ShouldBeInRange(20, 85);
        buyers.ShouldAllBe(buyer => buyer.ArrivesAtSeconds >= -10 && buyer.ArrivesAtSeconds <= 60);
        // Half of the weight is in the first of eight parts.
        buyers.Where(buyer => buyer.ArrivesAtSeconds >= 0).Count(buyer => buyer.ArrivesAtSeconds < 7.5)
            .ShouldBeInRange(290, 410);
    }

    [Fact]
    public void Map_choice_takes_neighbours_that_are_free_and_never_a_seat_that_is_not_there()
    {
        // Ten seats: 0, 1 and 9 are free; the last byte has room for two more that do not exist.
        byte[] packed = [0b01_01_00_00, 0b01_01_01_01, 0b00_00_00_01];

        FreeSeats.Find(packed, 10, 2, taste: 5).ShouldBe([0, 1]);
        FreeSeats.Find(packed, 10, 1, taste: 5).ShouldBe([9]);
        FreeSeats.Find(packed, 10, 2, taste: 1).ShouldBe([0, 1]);
        FreeSeats.Find(packed, 10, 3, taste: 0).ShouldBeNull();
        FreeSeats.Find([], 0, 1, taste: 0).ShouldBeNull();
    }

    [Fact]
    public void Best_rate_is_the_highest_that_was_borne_and_the_first_break_is_named()
    {
        var record = new RehearsalRecord();
        // 20 holds a second are borne, 40 are slow, and later one is refused for want of room.
        AddHolds(record, from: 0, perSecond: 20, milliseconds: 30);
        AddHolds(record, from: 5, perSecond: 40, milliseconds: 400);
        record.Add(new RehearsalSample(RehearsalSteps.Hold, 1, 12, 5, 503, "overloaded"));
        record.Sold(new RehearsalSale(8, 100, 2));
        record.Unpaid.Enqueue(3);

        var report = RehearsalAnalysis.Report(record, 20, 500, holdMinutes: 10);

        report.Advice.HoldsPerSecond.ShouldBe(20);
        report.Advice.IsLeast.ShouldBeFalse();
        // 301 holds of 300 buyers.
        report.Advice.AdmissionsPerMinute.ShouldBe((int)(20 * 60 / (301 / 300d)));
        report.Advice.HoldMinutes.ShouldBe(3); // 100 s and half as much again
        (report.Advice.UnpaidHolds, report.Advice.UnpaidPlaceMinutes).ShouldBe((1, 30));
        report.BrokeFirst.ShouldBe(new RehearsalBreak("slow-holds", 5, "hold"));
        report.Refusals.ShouldBe([new RehearsalRefusal("hold", "overloaded", 1)]);
        report.Minutes.Single().Holds.ShouldBe(301);
    }

    [Fact]
    public void What_comes_after_it_is_sold_out_says_nothing_about_the_rate()
    {
        var record = new RehearsalRecord { SoldOutAt = 5 };
        AddHolds(record, from: 0, perSecond: 10, milliseconds: 20);
        AddHolds(record, from: 5, perSecond: 90, milliseconds: 20, code: "sold-out");

        var report = RehearsalAnalysis.Report(record, 10, 50, holdMinutes: 10);

        (report.Advice.HoldsPerSecond, report.Advice.IsLeast).ShouldBe((10, true));
        report.BrokeFirst.ShouldBeNull();
        report.SoldOutAfterSeconds.ShouldBe(5);
    }

    [Fact]
    public void Nothing_at_all_gives_a_report_without_advice()
    {
        var report = RehearsalAnalysis.Report(new RehearsalRecord(), 1, 10, holdMinutes: 10);

        report.Advice.AdmissionsPerMinute.ShouldBeNull();
        report.Advice.HoldMinutes.ShouldBeNull();
        report.WaitSeconds.ShouldBeNull();
        report.Minutes.ShouldBeEmpty();
    }

    private static void AddHolds(
        RehearsalRecord record, int from, int perSecond, double milliseconds, string? code = null)
    {
        for (var i = 0; i < perSecond * 5; i++)
        {
            record.Add(new RehearsalSample(
                RehearsalSteps.Hold, (from * 1000) + i, from + ((double)i / perSecond), milliseconds,
                code is null ? 201 : 409, code));
        }
    }
}

using FsCheck;
using FsCheck.Fluent;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

/// <summary>Fees and taxes: parts sum to totals, lines to sums, and rounding is half up.</summary>
public sealed class PriceTermsTests
{
    // 45.00 EUR, 4500 JPY and 4.500 KWD are one number: minor units of currencies with 2, 0 and 3 decimals.
    private static readonly Gen<long> s_prices = Gen.Frequency(
        (1, Gen.Constant(0L)), (4, Gen.Choose(1, 200).Select(n => (long)n)),
        (4, Gen.Choose(1, 100_000).Select(n => (long)n)), (1, Gen.Choose(1, int.MaxValue).Select(n => n * 46L)));

    private static readonly Gen<PriceTerms> s_terms =
        from feeFixed in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(0, 1000)))
        from feePoints in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(0, 10_000)))
        from fromBuyer in Gen.Elements(true, false)
        from taxPoints in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(0, 2_700)), (1, Gen.Choose(0, 10_000)))
        from added in Gen.Elements(true, false)
        select new PriceTerms(feeFixed, feePoints, fromBuyer, taxPoints, added);

    [Fact]
    public void Parts_sum_to_the_total_and_none_is_negative() => ForAll((terms, price) =>
    {
        var parts = terms.Of(price);

        (parts.Net + parts.Fee + parts.OwnFee + parts.Tax).ShouldBe(parts.Total);
        parts.Net.ShouldBeGreaterThanOrEqualTo(0);
        parts.Fee.ShouldBeGreaterThanOrEqualTo(0);
        parts.OwnFee.ShouldBeGreaterThanOrEqualTo(0);
        parts.Tax.ShouldBeGreaterThanOrEqualTo(0);
        (parts.Fee == 0 || parts.OwnFee == 0).ShouldBeTrue();
    });

    [Fact]
    public void What_is_contained_leaves_the_price_and_what_comes_on_top_raises_it() => ForAll((terms, price) =>
    {
        var total = terms.Of(price).Total;

        if (!terms.TaxAdded && !terms.FeeFromBuyer)
            total.ShouldBe(price);
        else
            total.ShouldBeGreaterThanOrEqualTo(price);
    });

    [Fact]
    public void Tax_is_its_share_of_the_rest_to_half_a_unit() => ForAll((terms, price) =>
    {
        var parts = terms.Of(price);

        // As exact fractions: tax : (total − tax) = rate : 1.
        var exact = (decimal)parts.Total * terms.TaxBasisPoints / (10_000 + terms.TaxBasisPoints);
        Math.Abs(parts.Tax - exact).ShouldBeLessThanOrEqualTo(terms.TaxAdded ? 1 : 0.5m);
    });

    [Fact]
    public void A_bookings_totals_are_the_sums_of_its_lines() => Prop.ForAll(
        (from terms in s_terms
         from price in s_prices
         from places in Gen.Choose(1, 8)
         from percent in Gen.Elements(0, 1, 15, 33, 100)
         select (terms, price, places, percent)).ToArbitrary(),
        given =>
        {
            var settings = Settings() with { Tiers = [.. Settings().Tiers] };
            settings = settings with
            {
                Tiers = [.. settings.Tiers.Select(tier => tier with { Price = given.price, Terms = given.terms })],
            };
            if (given.percent > 0)
            {
                settings = settings with
                {
                    Codes = new EventCodes([new CodeSettings(Id(900), "OFF") { Percent = given.percent }]),
                };
            }

            var booking = new BoxOffice(settings).Succeed(
                HoldStanding(1, 100, given.places) with { Code = given.percent > 0 ? "OFF" : null });

            var one = booking.Places[0];
            booking.Places.ShouldAllBe(place => place == one);
            booking.Total.ShouldBe(given.places * one.Price);
            var parts = given.terms.Of(given.price - one.Discount);
            (one.Price, one.Fee, one.OwnFee, one.Tax).ShouldBe((parts.Total, parts.Fee, parts.OwnFee, parts.Tax));
            booking.IsCharged.ShouldBe(one.Fee + one.OwnFee + one.Tax > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData(10_000, 0, 0, true, 1900, false, 10_000, 0, 0, 1_597)] // 100.00 contains 15.97
    [InlineData(10_000, 0, 0, true, 1900, true, 11_900, 0, 0, 1_900)]
    [InlineData(5_000, 250, 0, true, 1900, false, 5_250, 210, 0, 838)] // of 52.50: fee 2.50 with 0.40 tax in it
    [InlineData(5_000, 250, 500, true, 0, false, 5_500, 500, 0, 0)]
    [InlineData(5_000, 250, 500, false, 0, false, 5_000, 0, 500, 0)]
    [InlineData(5_000, 250, 500, false, 700, true, 5_350, 0, 500, 350)]
    [InlineData(100, 0, 50, true, 0, false, 101, 1, 0, 0)] // half a unit is rounded up
    [InlineData(99, 0, 50, true, 0, false, 99, 0, 0, 0)]
    [InlineData(100, 500, 0, false, 0, false, 100, 0, 100, 0)] // no fee is more than there is
    [InlineData(0, 500, 500, true, 1900, true, 0, 0, 0, 0)] // what is free stays free
    [InlineData(2_500, 0, 0, true, 1000, false, 2_500, 0, 0, 227)]
    public void Examples(
        long price, long feeFixed, int feePoints, bool fromBuyer, int taxPoints, bool added, long total, long fee,
        long ownFee, long tax) =>
        new PriceTerms(feeFixed, feePoints, fromBuyer, taxPoints, added).Of(price)
            .ShouldBe(new PriceParts(total, fee, ownFee, tax));

    [Fact]
    public void Terms_count_from_the_next_hold_on()
    {
        var office = new BoxOffice(Settings());
        office.Succeed(HoldStanding(1, 100, 1)).Total.ShouldBe(2000);
        var terms = new PriceTerms(100, 0, FeeFromBuyer: true, 1000, TaxAdded: true);

        office.Do(new ChangeSettingsCommand(new SettingsPatch { Terms = [new TierTerms(Standing, terms)] }))
            .Refusal.ShouldBeNull();

        office.Succeed(HoldStanding(2, 101, 1)).Places[0]
            .ShouldBe(new Place(Standing, Place.ByQuantity, 2310) { Fee = 100, Tax = 210 });
        office.BookingOf(1).Total.ShouldBe(2000);
        office.Succeed(HoldStanding(3, 102, 1) with { IsBoxOffice = true, IsFree = true }).IsCharged.ShouldBeFalse();
    }

    [Theory]
    [InlineData(-1, 0, 0, Standing)]
    [InlineData(0, -1, 0, Standing)]
    [InlineData(0, 10_001, 0, Standing)]
    [InlineData(0, 0, 10_001, Standing)]
    [InlineData(0, 0, 0, 3)]
    public void Terms_out_of_their_bounds_are_refused(long feeFixed, int feePoints, int taxPoints, int tier)
    {
        var office = new BoxOffice(Settings());

        office.Do(new ChangeSettingsCommand(new SettingsPatch
        {
            Terms = [new TierTerms(tier, new PriceTerms(feeFixed, feePoints, TaxBasisPoints: taxPoints))],
        })).Refusal.ShouldNotBeNull();
    }

    private static void ForAll(Action<PriceTerms, long> holds) => Prop.ForAll(
        (from terms in s_terms from price in s_prices select (terms, price)).ToArbitrary(),
        given => holds(given.terms, given.price)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}

using Onsale.Platform.Contract;
using Onsale.Server.Selling.Payments.Stripe;

namespace Onsale.Server.Tests.Selling.Payments.Stripe;

/// <summary>Amounts in Stripe's units, which are not ISO 4217's for every currency.</summary>
public sealed class StripeAmountsTests
{
    [Theory]
    [InlineData("USD", 1999, 1999L)]
    [InlineData("HUF", 199_900, 199_900L)]
    [InlineData("TWD", 50_000, 50_000L)]
    [InlineData("JPY", 500, 500L)]
    [InlineData("KRW", 15_000, 15_000L)]
    [InlineData("MGA", 500_000, 5_000L)] // two digits in ISO 4217, none at Stripe
    [InlineData("MGA", 500_001, null)]
    [InlineData("ISK", 5, 500L)] // none in ISO 4217, two zeros at Stripe
    [InlineData("UGX", 5, 500L)]
    [InlineData("KWD", 5_120, 5_120L)]
    [InlineData("KWD", 5_124, null)] // the last digit must be zero
    [InlineData("BHD", 10, 10L)]
    [InlineData("TND", 1, null)]
    [InlineData("IQD", 1_000, null)] // three digits, and not among Stripe's
    [InlineData("LYD", 1_000, null)]
    [InlineData("XXX", 100, null)]
    public void Minor_units_become_units_of_stripe_or_are_refused(string currency, long minorUnits, long? expected) =>
        StripeAmounts.FromMinorUnits(minorUnits, currency).ShouldBe(expected);

    [Theory]
    [InlineData("USD", 50, 50L)]
    [InlineData("USD", 49, null)]
    [InlineData("GBP", 30, 30L)]
    [InlineData("JPY", 49, null)]
    [InlineData("HUF", 17_499, null)]
    [InlineData("ARS", 1, 1L)] // none is known
    [InlineData("XXX", 100, null)]
    public void Amount_below_the_least_of_its_currency_is_not_charged(
        string currency, long minorUnits, long? expected) =>
        StripeAmounts.ToCharge(minorUnits, currency).ShouldBe(expected);

    [Fact]
    public void Every_currency_of_the_table_has_an_exponent_and_comes_back_as_it_was()
    {
        foreach (var currency in StripeAmounts.All)
        {
            Currencies.FindExponent(currency).ShouldNotBeNull(currency);
            foreach (var amount in new long[] { 0, 1000, 123_000, 99_999_000 })
            {
                var there = StripeAmounts.FromMinorUnits(amount, currency).ShouldNotBeNull(currency);
                StripeAmounts.ToMinorUnits(there, currency).ShouldBe(amount, currency);
            }
        }
    }

    [Fact]
    public void Only_these_currencies_differ_from_the_standard() => StripeAmounts.All
        .Where(currency => StripeAmounts.FromMinorUnits(1000, currency) != 1000)
        .Order(StringComparer.Ordinal)
        .ShouldBe(["ISK", "MGA", "UGX"]);
}

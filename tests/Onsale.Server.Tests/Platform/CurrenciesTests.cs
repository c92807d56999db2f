using Onsale.Platform.Contract;

namespace Onsale.Server.Tests.Platform;

public sealed class CurrenciesTests
{
    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("HUF", 2)]
    [InlineData("IDR", 2)]
    [InlineData("COP", 2)]
    [InlineData("IQD", 3)]
    [InlineData("KWD", 3)]
    [InlineData("JPY", 0)]
    [InlineData("UGX", 0)]
    public void Exponent_of_a_currency_is_that_of_ISO_4217(string code, int exponent) =>
        Currencies.FindExponent(code).ShouldBe(exponent);

    [Theory]
    [InlineData("XXX")]
    [InlineData("usd")]
    [InlineData("")]
    public void Exponent_of_an_unknown_currency_is_not_guessed(string code)
    {
        Currencies.FindExponent(code).ShouldBeNull();
        Currencies.IsKnown(code).ShouldBeFalse();
    }

    [Fact]
    public void Table_has_codes_of_three_capitals_and_exponents_from_0_to_3()
    {
        Currencies.All.Count.ShouldBeGreaterThan(150);
        Currencies.All.ShouldAllBe(currency =>
            currency.Key.Length == 3 && currency.Key.All(char.IsAsciiLetterUpper) && currency.Value >= 0
            && currency.Value <= 3);
    }
}

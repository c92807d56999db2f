using System.Collections.Frozen;
using Onsale.Platform.Contract;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>
/// Amounts as Stripe counts them (docs.stripe.com/currencies), which is not always how ISO 4217 does: the ariary has
/// two digits there and none here, the króna none there and two here. A currency that is not in the table is refused:
/// guessing would charge a hundredth, or the hundredfold.
/// </summary>
internal static class StripeAmounts
{
    private static readonly FrozenDictionary<string, Form> s_forms = Table();

    // By docs.stripe.com/currencies, in Stripe's units. Of another currency it depends on what Stripe settles in.
    private static readonly FrozenDictionary<string, long> s_minimums =
        new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["AED"] = 200,
            ["AUD"] = 50,
            ["BRL"] = 50,
            ["CAD"] = 50,
            ["CHF"] = 50,
            ["CZK"] = 1500,
            ["DKK"] = 250,
            ["EUR"] = 50,
            ["GBP"] = 30,
            ["HKD"] = 400,
            ["HUF"] = 17_500,
            ["INR"] = 50,
            ["JPY"] = 50,
            ["MXN"] = 1000,
            ["MYR"] = 200,
            ["NOK"] = 300,
            ["NZD"] = 50,
            ["PLN"] = 200,
            ["RON"] = 200,
            ["SEK"] = 300,
            ["SGD"] = 50,
            ["THB"] = 1000,
            ["USD"] = 50,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The currencies that can be charged in.</summary>
    public static IReadOnlyCollection<string> All => s_forms.Keys;

    /// <summary>The same, if a charge may be as small.</summary>
    public static long? ToCharge(long amount, string currency) =>
        FromMinorUnits(amount, currency) is { } units && units >= s_minimums.GetValueOrDefault(currency) ? units : null;

    /// <summary>The amount in Stripe's units; null: it cannot be charged there.</summary>
    /// <param name="amount">Minor units of ISO 4217.</param>
    /// <param name="currency">Its code.</param>
    public static long? FromMinorUnits(long amount, string currency)
    {
        if (!s_forms.TryGetValue(currency, out var form) || Currencies.FindExponent(currency) is not { } exponent)
            return null;
        long result;
        if (form.Digits >= exponent)
        {
            result = checked(amount * PowerOfTen(form.Digits - exponent));
        }
        else
        {
            var divisor = PowerOfTen(exponent - form.Digits);
            if (amount % divisor != 0)
                return null;
            result = amount / divisor;
        }

        return result % form.MultipleOf == 0 ? result : null;
    }

    /// <summary>An amount of Stripe's in minor units of ISO 4217; null: it is none.</summary>
    public static long? ToMinorUnits(long amount, string currency)
    {
        if (!s_forms.TryGetValue(currency, out var form) || Currencies.FindExponent(currency) is not { } exponent)
            return null;
        if (exponent >= form.Digits)
            return checked(amount * PowerOfTen(exponent - form.Digits));
        var divisor = PowerOfTen(form.Digits - exponent);
        return amount % divisor == 0 ? amount / divisor : null;
    }

    private static long PowerOfTen(int digits) => digits switch
    {
        0 => 1,
        1 => 10,
        2 => 100,
        3 => 1000,
        _ => throw new ArgumentOutOfRangeException(nameof(digits), digits, "No currency has so many digits."),
    };

    private static FrozenDictionary<string, Form> Table()
    {
        const string noDigits = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF";
        // Without decimals since, and still with two digits in the API, which must be zeros.
        const string twoZeros = "ISK UGX";
        // Three digits, of which the last must be zero.
        const string threeDigits = "BHD JOD KWD OMR TND";
        const string twoDigits = """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC
            CVE CZK DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS
            KHR KYD KZT LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
            PAB PEN PGK PHP PKR PLN QAR RON RSD SAR SBD SCR SEK SGD SHP SLE SOS SRD SZL THB TJS TOP TRY TTD TWD TZS
            UAH USD UYU UZS WST XCD YER ZAR ZMW
            """;
        return Rows(noDigits, new Form(0, 1))
            .Concat(Rows(twoZeros, new Form(2, 100)))
            .Concat(Rows(threeDigits, new Form(3, 10)))
            .Concat(Rows(twoDigits, new Form(2, 1)))
            .ToFrozenDictionary(StringComparer.Ordinal);

        static IEnumerable<KeyValuePair<string, Form>> Rows(string codes, Form form) => codes
            .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(code => KeyValuePair.Create(code, form));
    }

    /// <summary>How a currency's amounts are written.</summary>
    /// <param name="Digits">Of the unit.</param>
    /// <param name="MultipleOf">What every amount is a multiple of.</param>
    private readonly record struct Form(int Digits, long MultipleOf);
}

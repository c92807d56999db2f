using System.Collections.Frozen;
using System.Text.Json;

namespace Onsale.Platform.Contract;

/// <summary>
/// The currencies that prices can be in, with the number of digits after the decimal point: ISO 4217, without funds
/// codes, metals and test codes. The table is <c>openapi/currencies.v1.json</c>, which the web app is built with too:
/// an amount in minor units means the same on both sides. (A browser's <c>Intl</c> follows CLDR, which drops the
/// digits of HUF, IDR and others.)
/// </summary>
internal static class Currencies
{
    private const string Resource = "currencies.v1.json";

    private static readonly FrozenDictionary<string, int> Exponents = Read();

    /// <summary>All of them: the exponent by the ISO 4217 code.</summary>
    public static IReadOnlyDictionary<string, int> All => Exponents;

    /// <summary>Whether prices can be in a currency.</summary>
    /// <param name="code">An ISO 4217 code in capitals.</param>
    public static bool IsKnown(string code) => Exponents.ContainsKey(code);

    /// <summary>The decimal digits of a currency's minor unit: 2 for EUR, 0 for JPY, 3 for KWD.</summary>
    /// <param name="code">An ISO 4217 code in capitals.</param>
    /// <returns>Null where the table has no such currency: guessing would be wrong by a factor of 100.</returns>
    public static int? FindExponent(string code) => Exponents.TryGetValue(code, out var exponent) ? exponent : null;

    private static FrozenDictionary<string, int> Read()
    {
        using var json = typeof(Currencies).Assembly.GetManifestResourceStream(Resource)!;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject()
            .ToFrozenDictionary(
                currency => currency.Name, currency => currency.Value.GetInt32(), StringComparer.Ordinal);
    }
}

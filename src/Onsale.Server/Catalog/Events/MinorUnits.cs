using System.Collections.Frozen;

namespace Onsale.Server.Catalog.Events;

/// <summary>Digits after the decimal point, by ISO 4217: two unless listed.</summary>
internal static class MinorUnits
{
    private static readonly FrozenSet<string> None =
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Three =
        "BHD IQD JOD KWD LYD OMR TND".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static int DigitsOf(string currency) => None.Contains(currency) ? 0 : Three.Contains(currency) ? 3 : 2;
}

using System.Globalization;

namespace Onsale.Platform.Http;

/// <summary>Instants on the wire: RFC 3339 with an offset.</summary>
internal static class Instants
{
    private const int MaxChars = 64;
    private const int ResolvedDigits = 7;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The instant in UTC; false without an offset, out of range or in any other form.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        // Without K's offset the parser would quietly assume one.
        if (text is null || text.Length is < 17 or > MaxChars || text.AsSpan(16).IndexOfAny("Zz+-") < 0)
            return false;
        return DateTimeOffset.TryParseExact(
            CutFraction(text).ToUpperInvariant(), Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal,
            out instant);
    }

    /// <summary>
    /// RFC 3339 does not bound the digits of a fraction; those beyond the clock's resolution of 100 ns are cut off.
    /// </summary>
    private static string CutFraction(string text)
    {
        const int FractionStart = 20; // yyyy-MM-ddTHH:mm:ss.
        if (text.Length < FractionStart || text[FractionStart - 1] != '.')
            return text;
        var end = FractionStart;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end - FractionStart <= ResolvedDigits
            ? text
            : string.Concat(text.AsSpan(0, FractionStart + ResolvedDigits), text.AsSpan(end));
    }
}

using System.Globalization;

namespace Onsale.Platform.Http;

/// <summary>Instants on the wire: RFC 3339 with an offset.</summary>
internal static class Instants
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The instant in UTC; false without an offset, out of range or in any other form.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        // Without K's offset the parser would quietly assume one.
        if (text is null || text.Length < 17 || text.AsSpan(16).IndexOfAny("Zz+-") < 0)
            return false;
        return DateTimeOffset.TryParseExact(
            text.ToUpperInvariant(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal,
            out instant);
    }
}

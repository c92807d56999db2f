using System.Globalization;

namespace Onsale.Platform.Database.Embedded.Backups;

/// <summary>Names of the write-ahead log's segments: timeline and number, each in hexadecimal.</summary>
internal static class WalSegment
{
    private const int TimelineDigits = 8;
    private const int NameDigits = 24;

    /// <summary>The number of the segment that a position lies in.</summary>
    /// <param name="lsn">As PostgreSQL writes it: <c>0/2000028</c>.</param>
    /// <param name="segmentBytes">Bytes of a segment.</param>
    public static ulong Of(string lsn, long segmentBytes) => Position(lsn) / (ulong)segmentBytes;

    /// <summary>The number of the segment that holds the last byte before a position.</summary>
    public static ulong Before(string lsn, long segmentBytes) => (Position(lsn) - 1) / (ulong)segmentBytes;

    public static string Name(uint timeline, ulong number, long segmentBytes)
    {
        var inFile = 0x1_0000_0000UL / (ulong)segmentBytes;
        return string.Create(
            CultureInfo.InvariantCulture, $"{timeline:X8}{number / inFile:X8}{number % inFile:X8}");
    }

    /// <summary>What a segment's name says; null for other files, also a timeline's unfinished end.</summary>
    public static (uint Timeline, ulong Number)? Parse(string fileName, long segmentBytes) =>
        fileName.Length == NameDigits && NumberIn(fileName, segmentBytes) is { } number
            ? (uint.Parse(
                fileName.AsSpan(0, TimelineDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture), number)
            : null;

    /// <summary>The number in a segment's name, whatever its timeline; null for other files.</summary>
    public static ulong? NumberIn(string fileName, long segmentBytes)
    {
        if (fileName.Length < NameDigits || !fileName.AsSpan(0, NameDigits).ContainsOnlyHex())
            return null;
        var high = ulong.Parse(
            fileName.AsSpan(TimelineDigits, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var low = ulong.Parse(
            fileName.AsSpan(TimelineDigits + 8, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (high * (0x1_0000_0000UL / (ulong)segmentBytes)) + low;
    }

    private static bool ContainsOnlyHex(this ReadOnlySpan<char> text)
    {
        foreach (var digit in text)
        {
            if (!char.IsAsciiHexDigit(digit))
                return false;
        }

        return true;
    }

    public static bool IsPosition(string text) => text.Split('/') is [var high, var low]
        && uint.TryParse(high, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _)
        && uint.TryParse(low, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _);

    /// <summary>Bytes from the beginning of the log.</summary>
    public static ulong Position(string lsn)
    {
        var parts = lsn.Split('/');
        return (ulong.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture) << 32)
            | ulong.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}

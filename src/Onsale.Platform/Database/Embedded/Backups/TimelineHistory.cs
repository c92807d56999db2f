using System.Globalization;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded.Backups;

/// <summary>
/// A timeline and those that it came from. Each restore begins one, and the archive keeps a file of each that says
/// where it left its parent: what the parent wrote after that is no part of it.
/// </summary>
/// <param name="Number">Its own.</param>
/// <param name="Ancestors">The oldest first; none where the archive has no history of it.</param>
internal sealed record TimelineHistory(uint Number, IReadOnlyList<TimelineHistory.Ancestor> Ancestors)
{
    private const string Extension = ".history";

    /// <summary>A timeline that another one left.</summary>
    /// <param name="Number">Its own.</param>
    /// <param name="EndLsn">Where it was left, as PostgreSQL writes it.</param>
    internal sealed record Ancestor(uint Number, string EndLsn);

    /// <summary>The one that it left; null for the first, and where the archive has no history of it.</summary>
    public Ancestor? Parent => Ancestors.Count > 0 ? Ancestors[^1] : null;

    public static string FileName(uint number) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:X8}{Extension}");

    /// <summary>The number in a history's file name; null for other files.</summary>
    public static uint? NumberIn(string fileName) =>
        fileName.Length == 8 + Extension.Length && fileName.EndsWith(Extension, StringComparison.Ordinal)
        && uint.TryParse(fileName.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Of a directory of the write-ahead log.</summary>
    public static TimelineHistory Read(string directory, uint number)
    {
        var file = Path.Combine(directory, FileName(number));
        return new TimelineHistory(
            number,
            File.Exists(file) ? [.. File.ReadLines(file).Where(IsEntry).Select(line => Parse(line, file))] : []);
    }

    /// <summary>Whether the log up to a position of a timeline is a part of this one.</summary>
    public bool Contains(uint timeline, string lsn) =>
        timeline == Number || Ancestors.Any(ancestor =>
            ancestor.Number == timeline && WalSegment.Position(lsn) <= WalSegment.Position(ancestor.EndLsn));

    /// <summary>Whether a segment of a timeline holds something of this one.</summary>
    public bool ContainsSegment(uint timeline, ulong number, long segmentBytes) =>
        timeline == Number || Ancestors.Any(
            ancestor => ancestor.Number == timeline && number <= WalSegment.Before(ancestor.EndLsn, segmentBytes));

    private static bool IsEntry(string line) => line.Trim() is { Length: > 0 } text && text[0] != '#';

    private static Ancestor Parse(string line, string file)
    {
        var parts = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length >= 2
            && uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && WalSegment.IsPosition(parts[1])
                ? new Ancestor(number, parts[1])
                : throw new StartupException($"{file} is damaged: \"{line}\" names no timeline and its end.");
    }
}

using System.Collections.Frozen;
using NodaTime;

namespace Onsale.Platform.Contract;

/// <summary>
/// Time zones by the names of the IANA database that is compiled into the program: the same on every server, whatever
/// its operating system has installed, and only names that browsers know too.
/// </summary>
internal static class TimeZones
{
    /// <summary>
    /// "UTC" and the names with a slash. Abbreviations such as EST are legacy names that do not say where; names of an
    /// operating system (<c>right/…</c>, <c>posix/…</c>) are not in the database.
    /// </summary>
    private static readonly FrozenSet<string> Known = DateTimeZoneProviders.Tzdb.Ids
        .Where(id => id.Contains('/') || id == "UTC")
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether events can be in a zone.</summary>
    public static bool IsKnown(string id) => Known.Contains(id);

    /// <summary>An instant by the clocks of a zone; null where the zone is not known.</summary>
    public static DateTimeOffset? ToLocal(DateTimeOffset instant, string id) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone
            ? Instant.FromDateTimeOffset(instant).InZone(zone).ToDateTimeOffset()
            : null;

    /// <summary>
    /// The instant at which the clocks of a zone show a time: the earlier one where they show it twice, the one after
    /// the gap where they skip it.
    /// </summary>
    /// <param name="date">The day.</param>
    /// <param name="time">The time of that day.</param>
    /// <param name="id">A zone that <see cref="IsKnown"/>.</param>
    public static DateTimeOffset FromLocal(DateOnly date, TimeOnly time, string id) =>
        LocalDateTime.FromDateTime(date.ToDateTime(time))
            .InZoneLeniently(DateTimeZoneProviders.Tzdb[id])
            .ToDateTimeOffset();
}

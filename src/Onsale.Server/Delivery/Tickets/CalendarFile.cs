using System.Globalization;
using System.Text;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>One event as an iCalendar file (RFC 5545): lines end with CR LF and are folded at 75 octets.</summary>
internal static class CalendarFile
{
    public const string ContentType = "text/calendar; charset=utf-8";

    private const int MaxLineOctets = 75;

    /// <param name="row">The event.</param>
    /// <param name="uid">
    /// The same for every file about the same thing, so that a calendar replaces the old entry.
    /// </param>
    /// <param name="notes">What the entry says below its title.</param>
    /// <param name="address">The page to open from the calendar.</param>
    /// <param name="now">When the file is made.</param>
    public static byte[] Write(EventRow row, string uid, string notes, string address, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Append(text, "BEGIN:VCALENDAR");
        Append(text, "VERSION:2.0");
        Append(text, "PRODID:-//Onsale//Tickets//EN");
        Append(text, "METHOD:PUBLISH");
        Append(text, "BEGIN:VEVENT");
        Append(text, $"UID:{uid}@onsale");
        Append(text, $"DTSTAMP:{Instant(now)}");
        Append(text, $"DTSTART:{Instant(row.StartsAt)}");
        Append(text, $"DTEND:{Instant(row.EndsAt)}");
        Append(text, $"SUMMARY:{Escape(row.Title)}");
        Append(text, $"LOCATION:{Escape($"{row.VenueName}, {row.VenueAddress}, {row.VenueCity}")}");
        Append(text, $"DESCRIPTION:{Escape(notes)}");
        Append(text, $"URL:{address}");
        Append(text, "END:VEVENT");
        Append(text, "END:VCALENDAR");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\r\n", "\\n", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "", StringComparison.Ordinal);

    private static void Append(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MaxLineOctets)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}

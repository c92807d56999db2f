using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Onsale.Server.Catalog.Events;
using EventStatus = Onsale.Inventory.EventStatus;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>One event as an iCalendar file (RFC 5545). Instants are in UTC: no time zone has to travel along.</summary>
internal static class CalendarFile
{
    public const string ContentType = "text/calendar; charset=utf-8";

    private const string ProductId = "-//Onsale//Tickets//EN";
    private const string Cancelled = "CANCELLED";
    private const string Confirmed = "CONFIRMED";
    private const string Display = "DISPLAY";
    private const int MaxLineOctets = 75;

    // Time enough to set out.
    private static readonly TimeSpan ReminderBeforeStart = TimeSpan.FromHours(3);

    // Time enough to sign in and wait.
    private static readonly TimeSpan ReminderBeforeSale = TimeSpan.FromMinutes(10);

    /// <param name="row">The event.</param>
    /// <param name="uid">
    /// The same for every file about the same thing, so that a calendar replaces the old entry.
    /// </param>
    /// <param name="notes">What the entry says below its title.</param>
    /// <param name="address">The page to open from the calendar.</param>
    /// <param name="hasTickets">Whether the reader has tickets; else a reminder comes before the sale too.</param>
    /// <param name="now">When the file is made.</param>
    public static byte[] Write(
        EventRow row, string uid, string notes, string address, bool hasTickets, DateTimeOffset now)
    {
        var isCancelled = row.Status == (short)EventStatus.Cancelled;
        var entry = new CalendarEvent
        {
            Uid = $"{uid}@onsale",
            DtStamp = Instant(now),
            Start = Instant(row.StartsAt),
            Summary = row.Title,
            Location = $"{row.VenueName}, {row.VenueAddress}, {row.VenueCity}",
            Description = notes,
            Url = new Uri(address),
            Status = isCancelled ? Cancelled : Confirmed,
            // A calendar keeps the entry with the higher number: each change of the event's settings moves it.
            Sequence = checked((int)row.SettingsVersion) + (isCancelled ? 1 : 0),
        };
        // RFC 5545, 3.8.2.2: an end must be later than the start; without one the entry is a moment.
        if (row.EndsAt > row.StartsAt)
            entry.End = Instant(row.EndsAt);
        if (!isCancelled)
            AddReminders(entry, row, hasTickets, now);
        var calendar = new Calendar { Method = CalendarMethods.Publish, ProductId = ProductId };
        calendar.Events.Add(entry);
        return Fold(new CalendarSerializer(calendar).SerializeToString()!);
    }

    private static void AddReminders(CalendarEvent entry, EventRow row, bool hasTickets, DateTimeOffset now)
    {
        if (!hasTickets && now < row.OnSaleAt)
        {
            var beforeStart = row.StartsAt - row.OnSaleAt + ReminderBeforeSale;
            entry.Alarms.Add(Reminder($"Tickets go on sale: {row.Title}", beforeStart));
        }

        entry.Alarms.Add(Reminder(row.Title, ReminderBeforeStart));
    }

    private static Alarm Reminder(string text, TimeSpan beforeStart) => new()
    {
        Action = Display,
        Description = text,
        Trigger = new Trigger(Duration.FromTimeSpanExact(-beforeStart)),
    };

    // To the second, as the format has it.
    private static CalDateTime Instant(DateTimeOffset instant) => new(instant.UtcDateTime, hasTime: true);

    /// <summary>
    /// Folds the lines anew: the library cuts between the two halves of a character beyond the basic plane (an emoji),
    /// which leaves neither in UTF-8.
    /// </summary>
    private static byte[] Fold(string calendar)
    {
        var folded = new StringBuilder(calendar.Length + 64);
        var lines = calendar.Replace("\r\n ", "", StringComparison.Ordinal)
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > MaxLineOctets)
                {
                    folded.Append("\r\n ");
                    octets = 1;
                }

                folded.Append(rune.ToString());
                octets += rune.Utf8SequenceLength;
            }

            folded.Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(folded.ToString());
    }
}

using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Delivery.Tickets;
using EventStatus = Onsale.Inventory.EventStatus;

namespace Onsale.Server.Tests.Delivery.Tickets;

public sealed class CalendarFileTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Times_are_UTC_instants_and_the_entry_names_its_place()
    {
        var (lines, entry) = Write(Event());

        lines.ShouldContain("DTSTART:20270601T180000Z");
        lines.ShouldContain("DTEND:20270601T210000Z");
        lines.ShouldContain("DTSTAMP:20270101T120000Z");
        lines.ShouldContain("UID:one@onsale");
        lines.ShouldContain("URL:http://localhost/events/night");
        lines.ShouldContain("METHOD:PUBLISH");
        lines.ShouldContain("STATUS:CONFIRMED");
        entry.Location.ShouldBe("Hall, 1 Main Street; back door, Springfield");
        entry.Description.ShouldBe("Row A, seat 1\nRow A, seat 2");
    }

    [Fact]
    public void Cancelled_event_says_so_with_a_higher_sequence_and_reminds_of_nothing()
    {
        var (_, before) = Write(Event());
        var (lines, after) = Write(Event() with { Status = (short)EventStatus.Cancelled });

        lines.ShouldContain("STATUS:CANCELLED");
        after.Sequence.ShouldBeGreaterThan(before.Sequence);
        after.Alarms.ShouldBeEmpty();
    }

    [Fact]
    public void Changed_settings_have_a_higher_sequence()
    {
        Write(Event() with { SettingsVersion = 4 }).Entry.Sequence
            .ShouldBeGreaterThan(Write(Event() with { SettingsVersion = 3 }).Entry.Sequence);
    }

    [Fact]
    public void Event_that_ends_when_it_starts_has_no_end() =>
        Write(Event() with { EndsAt = Event().StartsAt }).Lines
            .ShouldNotContain(line => line.StartsWith("DTEND", StringComparison.Ordinal));

    [Fact]
    public void Reminder_comes_three_hours_before_the_start_and_without_tickets_before_the_sale_too()
    {
        var upcoming = Event() with { OnSaleAt = Now.AddDays(1) };

        Triggers(upcoming, hasTickets: true).ShouldBe([upcoming.StartsAt.AddHours(-3)]);
        Triggers(upcoming, hasTickets: false).ShouldBe(
            [upcoming.OnSaleAt.AddMinutes(-10), upcoming.StartsAt.AddHours(-3)]);
        Triggers(Event(), hasTickets: false).ShouldBe([Event().StartsAt.AddHours(-3)]);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("ü")]
    [InlineData("•")]
    [InlineData("🎟")]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData(",;\\\n")]
    public void Lines_have_at_most_75_octets_of_whole_characters_whatever_stands_at_the_fold(string filling)
    {
        for (var before = 0; before < 80; before++)
        {
            var title = new string('a', before) + string.Concat(Enumerable.Repeat(filling, 40)) + " \u2028 end";

            var file = CalendarFile.Write(
                Event() with { Title = title }, "one", "notes", "http://localhost/", hasTickets: true, Now);

            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file);
            text.ShouldEndWith("END:VCALENDAR\r\n");
            var lines = text.Split("\r\n");
            lines.ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
            lines.ShouldAllBe(line => !line.Contains('\n') && !line.Contains('\r') && !line.Contains('\uFFFD'));
            Read(file).Summary.ShouldBe(title);
        }
    }

    private static List<DateTimeOffset> Triggers(EventRow row, bool hasTickets) =>
        [.. Read(CalendarFile.Write(row, "one", "", "http://localhost/", hasTickets, Now)).Alarms
            .Select(alarm => row.StartsAt + alarm.Trigger!.Duration!.Value.ToTimeSpanUnspecified())];

    private static (string[] Lines, CalendarEvent Entry) Write(EventRow row)
    {
        var file = CalendarFile.Write(
            row, "one", "Row A, seat 1\nRow A, seat 2", "http://localhost/events/night", hasTickets: true, Now);
        return (Encoding.UTF8.GetString(file).Split("\r\n"), Read(file));
    }

    private static CalendarEvent Read(byte[] file) => Calendar.Load(Encoding.UTF8.GetString(file))!.Events.Single();

    private static EventRow Event() => new()
    {
        Id = Guid.Empty,
        Slug = "night",
        Title = "Big, big night",
        Summary = "",
        Category = "concert",
        Status = (short)EventStatus.Published,
        StartsAt = new DateTimeOffset(2027, 6, 1, 20, 0, 0, TimeSpan.FromHours(2)),
        EndsAt = new DateTimeOffset(2027, 6, 1, 23, 0, 0, TimeSpan.FromHours(2)),
        TimeZone = "Europe/Berlin",
        Currency = "EUR",
        OnSaleAt = Now.AddDays(-1),
        OffSaleAt = Now.AddDays(100),
        VenueId = Guid.Empty,
        VenueSlug = "hall",
        VenueName = "Hall",
        VenueCity = "Springfield",
        VenueCountry = "US",
        VenueAddress = "1 Main Street; back door",
        Now = Now,
    };
}

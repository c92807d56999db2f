using System.Collections.ObjectModel;
using System.Globalization;
using NodaTime;
using Onsale.Platform.Mail;

namespace Onsale.Server.Delivery.Tickets.Printing;

/// <summary>The words on printed tickets, and days and months in all languages.</summary>
internal sealed class TicketTexts
{
    private static readonly ReadOnlyDictionary<string, string> s_none = ReadOnlyDictionary<string, string>.Empty;

    private readonly MailTexts _texts = new(typeof(TicketTexts).Assembly, "tickets");

    /// <summary>A text without values.</summary>
    public string Of(string language, string key) => _texts.Render(language, key, s_none);

    /// <summary>A text with one value.</summary>
    public string Of(string language, string key, string name, string value) => _texts.Render(
        language, key, new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value });

    /// <summary>"Ticket 2 of 4".</summary>
    public string Position(string language, int number, int count) => _texts.Render(
        language, "position",
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = number.ToString(CultureInfo.InvariantCulture),
            ["count"] = count.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>By the clocks where the event is, with the name that its zone has on that day: "19:00 CEST".</summary>
    public string Moment(string language, DateTimeOffset instant, string timeZone)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc;
        var local = Instant.FromDateTimeOffset(instant).InZone(zone);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["weekday"] = Of(language, $"weekdays.{(int)local.DayOfWeek - 1}"),
            ["day"] = local.Day.ToString(CultureInfo.InvariantCulture),
            ["month"] = Of(language, $"months.{local.Month - 1}"),
            ["year"] = local.Year.ToString(CultureInfo.InvariantCulture),
            ["time"] = local.ToString("HH:mm", CultureInfo.InvariantCulture),
            ["zone"] = local.GetZoneInterval().Name,
        };
        return _texts.Render(language, "date", values);
    }

    /// <summary>The keys of a language, for the test that compares them.</summary>
    internal IReadOnlyCollection<string> KeysOf(string language) => _texts.KeysOf(language);
}

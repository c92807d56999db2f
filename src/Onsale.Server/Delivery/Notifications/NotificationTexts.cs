using System.Collections.ObjectModel;
using System.Globalization;
using NodaTime;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Mail;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Notifications;

/// <summary>Occasions to write to a buyer.</summary>
internal enum NotificationKind
{
    BookingConfirmed = 0,
    BookingCancelled = 1,
    EventCancelled = 2,
    WaitlistOffer = 3,
}

/// <summary>The texts of mails about bookings.</summary>
internal sealed class NotificationTexts(PublicAddress address)
{
    private readonly MailTexts _texts = new(typeof(NotificationTexts).Assembly, "notifications");

    /// <summary>"booking-confirmed": in causes, so never changed.</summary>
    public static string NameOf(NotificationKind kind) => kind switch
    {
        NotificationKind.BookingConfirmed => "booking-confirmed",
        NotificationKind.BookingCancelled => "booking-cancelled",
        NotificationKind.EventCancelled => "event-cancelled",
        NotificationKind.WaitlistOffer => "waitlist-offer",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// Where the booking is shown: by its order code, which works on any device, else on the page of the one who booked.
    /// </summary>
    public string AddressOf(BookingResponse booking) => address.Of(
        booking.OrderCode is not null ? "/find-tickets" : $"/bookings/{booking.EventId}/{booking.Id}");

    /// <summary>Where an offer of places is paid for.</summary>
    public string CheckoutOf(BookingResponse booking) =>
        address.Of($"/checkout/{booking.EventId}/{booking.Id}");

    public RenderedMail Render(
        NotificationKind kind, string language, string name, BookedEvent occasion, BookingResponse booking)
    {
        var isOffer = kind == NotificationKind.WaitlistOffer;
        var key = NameOf(kind);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = name,
            ["event"] = occasion.Title,
            ["venue"] = $"{occasion.Venue}, {occasion.City}",
            ["when"] = DateText(language, occasion.StartsAt, occasion.TimeZone),
            ["orderCode"] = booking.OrderCode ?? "",
            ["total"] = MoneyText(booking.Total),
            ["count"] = booking.Items.Count.ToString(CultureInfo.InvariantCulture),
            ["until"] = isOffer ? DateText(language, booking.ExpiresAt, occasion.TimeZone) : "",
            ["free"] = booking.Total.Amount == 0 ? "yes" : "",
        };
        List<(string, string)> facts =
        [
            (Label("event"), occasion.Title), (Label("when"), values["when"]), (Label("where"), values["venue"]),
            (Label("places"), string.Join(" · ", booking.Items.Select(item => item.Label))),
            (Label("total"), values["total"]),
        ];
        if (isOffer)
            facts.Add((Label("until"), values["until"]));
        if (booking.OrderCode is { } code)
            facts.Add((Label("orderCode"), code));
        return MailLayout.Render(
            new MailContent(
                _texts.Render(language, $"{key}.subject", values), _texts.Render(language, $"{key}.heading", values),
                _texts.RenderParagraphs(language, key, values), _texts.Render(language, "footer", values))
            {
                Facts = facts,
                Action = (_texts.Render(language, $"{key}.action", values), isOffer ? CheckoutOf(booking) : AddressOf(booking)),
            },
            language);

        string Label(string fact) => _texts.Render(language, $"labels.{fact}", values);
    }

    /// <summary>The keys of a language, for the test that compares them.</summary>
    internal IReadOnlyCollection<string> KeysOf(string language) => _texts.KeysOf(language);

    /// <summary>By the clocks where the event is, with the name that its zone has on that day: "19:00 CEST".</summary>
    internal string DateText(string language, DateTimeOffset instant, string timeZone)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc;
        var local = Instant.FromDateTimeOffset(instant).InZone(zone);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["weekday"] = Text($"weekdays.{(int)local.DayOfWeek - 1}"),
            ["day"] = local.Day.ToString(CultureInfo.InvariantCulture),
            ["month"] = Text($"months.{local.Month - 1}"),
            ["year"] = local.Year.ToString(CultureInfo.InvariantCulture),
            ["time"] = local.ToString("HH:mm", CultureInfo.InvariantCulture),
            ["zone"] = local.GetZoneInterval().Name,
        };
        return _texts.Render(language, "date", values);

        string Text(string key) => _texts.Render(language, key, ReadOnlyDictionary<string, string>.Empty);
    }

    private static string MoneyText(Money money)
    {
        var exponent = Currencies.FindExponent(money.Currency) ?? 0;
        var amount = money.Amount / (decimal)Math.Pow(10, exponent);
        return $"{money.Currency} {amount.ToString($"F{exponent}", CultureInfo.InvariantCulture)}";
    }
}

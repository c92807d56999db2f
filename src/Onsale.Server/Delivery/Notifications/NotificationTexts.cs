using System.Globalization;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Mail;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Delivery.Tickets.Printing;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Notifications;

/// <summary>Occasions to write to a buyer.</summary>
internal enum NotificationKind
{
    BookingConfirmed = 0,
    BookingCancelled = 1,
    EventCancelled = 2,
    WaitlistOffer = 3,

    /// <summary>What to pay by bank transfer, and until when.</summary>
    PayLater = 4,

    /// <summary>The transfer has not come in time.</summary>
    PayLaterEnded = 5,

    /// <summary>The organiser has given the booking other seats.</summary>
    SeatsMoved = 6,
}

/// <summary>The texts of mails about bookings.</summary>
internal sealed class NotificationTexts(PublicAddress address, TicketTexts tickets)
{
    private readonly MailTexts _texts = new(typeof(NotificationTexts).Assembly, "notifications");

    /// <summary>"booking-confirmed": in causes, so never changed.</summary>
    public static string NameOf(NotificationKind kind) => kind switch
    {
        NotificationKind.BookingConfirmed => "booking-confirmed",
        NotificationKind.BookingCancelled => "booking-cancelled",
        NotificationKind.EventCancelled => "event-cancelled",
        NotificationKind.WaitlistOffer => "waitlist-offer",
        NotificationKind.PayLater => "pay-later",
        NotificationKind.PayLaterEnded => "pay-later-ended",
        NotificationKind.SeatsMoved => "seats-moved",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// Where the booking is shown: by its order code, which works on any device, else on the page of the one who booked.
    /// </summary>
    public string AddressOf(BookingResponse booking) =>
        booking.OrderCode is not null ? address.Of("/find-tickets") : PageOf(booking);

    /// <summary>The page of the one who booked.</summary>
    private string PageOf(BookingResponse booking) => address.Of($"/bookings/{booking.EventId}/{booking.Id}");

    private string AddressOf(NotificationKind kind, BookingResponse booking) => kind switch
    {
        NotificationKind.WaitlistOffer => CheckoutOf(booking),
        // Tickets are found by the order code; there are none yet.
        NotificationKind.PayLater or NotificationKind.PayLaterEnded => PageOf(booking),
        _ => AddressOf(booking),
    };

    /// <summary>Where an offer of places is paid for.</summary>
    public string CheckoutOf(BookingResponse booking) =>
        address.Of($"/checkout/{booking.EventId}/{booking.Id}");

    /// <param name="kind">What it is about.</param>
    /// <param name="language">One of the program's languages.</param>
    /// <param name="name">Whom it is for; may be empty.</param>
    /// <param name="occasion">The event.</param>
    /// <param name="booking">The booking.</param>
    /// <param name="isLive">Whether the event's tickets are shown live on the phone.</param>
    public RenderedMail Render(
        NotificationKind kind, string language, string name, BookedEvent occasion, BookingResponse booking,
        bool isLive = false)
    {
        var isOffer = kind == NotificationKind.WaitlistOffer;
        var isPayLater = kind == NotificationKind.PayLater;
        var key = NameOf(kind);
        var places = string.Join(" · ", booking.Items.Select(item => PlaceNames.OfLabel(item.Label, language)));
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = name,
            ["event"] = occasion.Title,
            ["venue"] = $"{occasion.Venue}, {occasion.City}",
            ["when"] = DateText(language, occasion.StartsAt, occasion.TimeZone),
            ["places"] = places,
            ["orderCode"] = booking.OrderCode ?? "",
            ["total"] = MoneyText(booking.Total),
            ["count"] = booking.Items.Count.ToString(CultureInfo.InvariantCulture),
            ["until"] = isOffer || isPayLater ? DateText(language, booking.ExpiresAt, occasion.TimeZone) : "",
            ["instructions"] = booking.PayLater?.Instructions ?? "",
            ["free"] = booking.Total.Amount == 0 ? "yes" : "",
            ["live"] = isLive ? "yes" : "",
        };
        List<(string, string)> facts =
        [
            (Label("event"), occasion.Title), (Label("when"), values["when"]), (Label("where"), values["venue"]),
            (Label("places"), places),
            (Label("total"), values["total"]),
        ];
        if (isPayLater)
            facts.Add((Label("payTo"), values["instructions"]));
        if (isOffer || isPayLater)
            facts.Add((Label("until"), values["until"]));
        if (booking.OrderCode is { } code)
            facts.Add((Label(isPayLater ? "reference" : "orderCode"), code));
        return MailLayout.Render(
            new MailContent(
                _texts.Render(language, $"{key}.subject", values), _texts.Render(language, $"{key}.heading", values),
                _texts.RenderParagraphs(language, key, values), _texts.Render(language, "footer", values))
            {
                Facts = facts,
                Action = (_texts.Render(language, $"{key}.action", values), AddressOf(kind, booking)),
            },
            language);

        string Label(string fact) => _texts.Render(language, $"labels.{fact}", values);
    }

    /// <summary>The keys of a language, for the test that compares them.</summary>
    internal IReadOnlyCollection<string> KeysOf(string language) => _texts.KeysOf(language);

    /// <summary>By the clocks where the event is, with the name that its zone has on that day: "19:00 CEST".</summary>
    internal string DateText(string language, DateTimeOffset instant, string timeZone) =>
        tickets.Moment(language, instant, timeZone);

    private static string MoneyText(Money money)
    {
        var exponent = Currencies.FindExponent(money.Currency) ?? 0;
        var amount = money.Amount / (decimal)Math.Pow(10, exponent);
        return $"{money.Currency} {amount.ToString($"F{exponent}", CultureInfo.InvariantCulture)}";
    }
}

using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Selling.Bookings;

/// <summary>A ticket row.</summary>
/// <param name="IssuedCode">What its signed code names.</param>
/// <param name="Valid">Whether the buyer's code of it admits.</param>
/// <param name="IsHandedOn">Whether it is somebody else's.</param>
/// <param name="Counter">How often it had changed hands when its buyer got it last; 0: never.</param>
/// <param name="Code">What its buyer types.</param>
/// <param name="IsLive">Whether only a code that is shown live admits.</param>
internal sealed record Ticket(
    Guid Id, int Line, string IssuedCode, bool Valid, bool IsHandedOn, int Counter, string Code, bool IsLive);

/// <summary>Turns bookings into what is sent.</summary>
internal sealed class BookingResponseMapper(
    SeatingPlanCache plans, LaterPaymentStore laterPayments, IOptions<JsonOptions> json)
{
    /// <summary>The contract of what is sent.</summary>
    public JsonTypeInfo<BookingResponse> Form { get; } =
        (JsonTypeInfo<BookingResponse>)json.Value.SerializerOptions.GetTypeInfo(typeof(BookingResponse));

    /// <summary>As it is now.</summary>
    public async ValueTask<BookingResponse> OfAsync(
        Booking booking, EventSettings settings, IReadOnlyList<Ticket>? tickets = null, Contact? contact = null)
    {
        var plan = settings.SeatingPlanId is { } id && booking.Places.Any(place => place.IsSeat)
            ? await plans.GetAsync(id)
            : null;
        var items = new BookingItem[booking.Places.Length];
        for (var line = 0; line < items.Length; line++)
        {
            var place = booking.Places[line];
            var tier = settings.Tiers[place.Tier];
            items[line] = new BookingItem(
                PlaceIds.Of(booking.Id, line), tier.Id, place.IsSeat ? place.Seat : null,
                place.IsSeat ? plan!.LabelOf(place.Seat) : tier.Name, new Money(place.Price, settings.Currency),
                place.Discount == 0 ? null : new Money(place.Discount, settings.Currency),
                place.Fee == 0 ? null : new Money(place.Fee, settings.Currency),
                place.Tax == 0 ? null : new Money(place.Tax, settings.Currency));
        }

        return new BookingResponse(
            booking.Id, settings.EventId, booking.State, booking.HeldUntil, items,
            new Money(booking.Total, settings.Currency), booking.Version,
            tickets?.Select(ticket => Of(ticket, items[ticket.Line])).ToList(),
            contact is null ? null : OrderCodes.Show(contact.OrderCode), Of(contact),
            booking.State == BookingState.Held ? Math.Max(0, settings.HoldExtensions - booking.Extensions) : null,
            TextOf(booking.Code, settings))
        {
            PayLater = booking is { State: BookingState.Held, IsPaidLater: true }
                ? new LaterPayment(
                    contact is null ? null : OrderCodes.Show(contact.OrderCode),
                    new Money(booking.Total, settings.Currency), booking.HeldUntil,
                    // The organiser's last word; once they let nobody pay so any more, what this buyer was told.
                    settings.PayLater?.Instructions
                        ?? await laterPayments.FindAsync(settings.EventId, booking.Id))
                : null,
        };
    }

    /// <summary>As it was answered first: what a repeated request with the same idempotency key hears.</summary>
    public ValueTask<BookingResponse> FirstAsync(Booking booking, EventSettings settings) =>
        booking is { State: BookingState.Held, IsPaidLater: false } && booking.Version == booking.HoldVersion
            ? OfAsync(booking, settings)
            : OfAsync(
                booking with
                {
                    State = BookingState.Held,
                    Version = booking.HoldVersion,
                    Extensions = booking.IsPaidLater ? settings.HoldExtensions : booking.Extensions,
                },
                settings);

    /// <summary>Terms may be a second older than the booking, and the code younger.</summary>
    private static string? TextOf(int? code, EventSettings settings) =>
        code is { } number && number < settings.Codes.Count ? settings.Codes[number].Text : null;

    private static BookingContact? Of(Contact? contact) =>
        contact is { Name: { } name, Email: { } email, Language: { } language }
            ? new BookingContact(name, email, language)
            : null;

    private static TicketResponse Of(Ticket ticket, BookingItem item) =>
        new(ticket.Id, ticket.Code, item.TierId, item.Seat, item.Label, ticket.Valid)
        {
            HandedOn = ticket.IsHandedOn ? true : null,
            Live = ticket.IsLive ? true : null,
        };
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Bookings;
using QRCoder;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>
/// GET /events/{id}/bookings/{bookingId}/tickets/{ticketId}/qr: the code that the door scans, as SVG, sharp on any
/// screen and paper. Only the buyer gets it.
/// </summary>
internal static class GetTicketQr
{
    private const string ContentType = "image/svg+xml";
    private const int PixelsPerModule = 8;

    public static async Task<Results<ContentHttpResult, Problem>> HandleAsync(
        string id, string bookingId, string ticketId, Buyer buyer, HttpResponse response, EventLookup events,
        BookingStore store, TicketSigning signing, CancellationToken cancellationToken)
    {
        var (ticket, problem) = await FindAsync(id, bookingId, ticketId, buyer, events, store);
        return ticket is not var (eventId, found) ? problem!
            : found.IsLive ? TicketRules.LiveOnly
            : await AnswerAsync(eventId, found.IssuedCode, found.Counter, signing, response, cancellationToken);
    }

    /// <summary>A ticket that the caller has bought and still has; or why there is none.</summary>
    internal static async Task<((Guid EventId, Ticket Ticket)? Found, Problem? Problem)> FindAsync(
        string id, string bookingId, string ticketId, Buyer buyer, EventLookup events, BookingStore store)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return (null, selling.Problem);
        var eventId = selling.Terms!.EventId;
        if (!Guid.TryParseExact(bookingId, "D", out var booking)
            || !Guid.TryParseExact(ticketId, "D", out var wanted)
            || await store.FindAsync(eventId, booking, buyer.Id) is not { } found)
        {
            return (null, Refusals.BookingNotFound());
        }

        if (found.State != BookingState.Confirmed)
            return (null, Refusals.NoTickets());
        var tickets = await store.TicketsAsync(eventId, booking);
        return tickets.FirstOrDefault(ticket => ticket.Id == wanted) is { Valid: true } ticket
            ? ((eventId, ticket), null)
            : (null, Problem.NotFound("This booking has no such ticket."));
    }

    /// <summary>The picture of a ticket's code, which nobody but the caller may keep.</summary>
    internal static async Task<ContentHttpResult> AnswerAsync(
        Guid eventId, string issuedCode, int counter, TicketSigning signing, HttpResponse response,
        CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "private, no-store";
        using var signer = await signing.OpenAsync(eventId, cancellationToken);
        return TypedResults.Content(Draw(signer.Sign(issuedCode, counter)), ContentType);
    }

    /// <summary>Black on white whatever the theme: scanners want the contrast, and the quiet zone around it.</summary>
    internal static string Draw(string code)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(code, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(
            PixelsPerModule, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}

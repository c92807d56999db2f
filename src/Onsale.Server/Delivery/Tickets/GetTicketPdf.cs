using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Delivery.Tickets.Printing;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>A buyer's tickets as PDF: all valid ones of a booking, or one of them.</summary>
internal static class GetTicketPdf
{
    private static Problem NoSuchTicket => Problem.NotFound("This booking has no such ticket.");

    /// <summary>GET /events/{id}/bookings/{bookingId}/tickets/pdf: all that admit, one a page.</summary>
    public static Task<Results<FileContentHttpResult, Problem>> AllAsync(
        string id, string bookingId, string? format, string? language, Buyer buyer, HttpContext context,
        EventLookup events, BookingStore store, TicketPrinting printing) =>
        PrintAsync(id, bookingId, null, format, language, buyer, context, events, store, printing);

    /// <summary>GET /events/{id}/bookings/{bookingId}/tickets/{ticketId}/pdf: one.</summary>
    public static Task<Results<FileContentHttpResult, Problem>> OneAsync(
        string id, string bookingId, string ticketId, string? format, string? language, Buyer buyer,
        HttpContext context, EventLookup events, BookingStore store, TicketPrinting printing) =>
        PrintAsync(id, bookingId, ticketId, format, language, buyer, context, events, store, printing);

    /// <summary>What of a confirmed booking may be printed by whoever has its tickets.</summary>
    /// <param name="booking">The booking.</param>
    /// <param name="eventId">Its event.</param>
    /// <param name="ticketId">One ticket; null: all.</param>
    /// <param name="options">How.</param>
    /// <param name="context">The request.</param>
    /// <param name="store">Where its tickets are.</param>
    /// <param name="printing">What prints.</param>
    internal static async Task<Results<FileContentHttpResult, Problem>> PrintAsync(
        Booking booking, Guid eventId, string? ticketId, PrintOptions options, HttpContext context, BookingStore store,
        TicketPrinting printing)
    {
        var wanted = Guid.Empty;
        if (ticketId is not null && !Guid.TryParseExact(ticketId, "D", out wanted))
            return NoSuchTicket;
        if (booking.State != BookingState.Confirmed)
            return Refusals.NoTickets();
        // Those that were handed on or cancelled have no code, so that no copy of them can be made.
        var tickets = (await store.TicketsAsync(eventId, booking.Id))
            .Where(ticket => ticket.Valid && (ticketId is null || ticket.Id == wanted)).ToList();
        return tickets.Count == 0 ? NoSuchTicket
            : tickets[0].IsLive ? TicketRules.LiveOnly
            : await printing.AnswerAsync(
                booking, eventId,
                contact =>
                [
                    .. tickets.Select(ticket =>
                        new TicketToPrint(ticket.Line, ticket.Code, ticket.Code, 0, contact?.Name)),
                ],
                options, context);
    }

    private static async Task<Results<FileContentHttpResult, Problem>> PrintAsync(
        string id, string bookingId, string? ticketId, string? format, string? language, Buyer buyer,
        HttpContext context, EventLookup events, BookingStore store, TicketPrinting printing)
    {
        var (options, invalid) = PrintOptions.Read(format, language);
        if (invalid is not null)
            return invalid;
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        var eventId = selling.Terms!.EventId;
        return Guid.TryParseExact(bookingId, "D", out var booking)
            && await store.FindAsync(eventId, booking, buyer.Id) is { } found
            ? await PrintAsync(found, eventId, ticketId, options!, context, store, printing)
            : Refusals.BookingNotFound();
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Orders;

/// <summary>GET /orders/tickets/{ticketId}/qr: a ticket's code for whoever has found its order.</summary>
internal static class GetOrderQr
{
    public static async Task<Results<ContentHttpResult, Problem>> HandleAsync(
        string ticketId, [FromHeader(Name = OrderAccess.Header)] string? orderAccess, HttpResponse response,
        OrderAccess access, BookingReader bookings, BookingStore store, TicketSigning signing,
        CancellationToken cancellationToken)
    {
        var (ticket, problem) = await FindAsync(ticketId, orderAccess, access, bookings, store);
        return ticket is not var (eventId, found) ? problem!
            : found.IsLive ? TicketRules.LiveOnly
            : await GetTicketQr.AnswerAsync(
                eventId, found.IssuedCode, found.Counter, signing, response, cancellationToken);
    }

    /// <summary>A ticket of the order that admits; or why there is none.</summary>
    internal static async Task<((Guid EventId, Ticket Ticket)? Found, Problem? Problem)> FindAsync(
        string ticketId, string? orderAccess, OrderAccess access, BookingReader bookings, BookingStore store)
    {
        if (access.Open(orderAccess) is not var (eventId, bookingId))
            return (null, OrderAccess.Ended);
        if (!Guid.TryParseExact(ticketId, "D", out var wanted)
            || await bookings.FindAsync(eventId, bookingId) is not { State: BookingState.Confirmed })
        {
            return (null, Refusals.NoTickets());
        }

        var tickets = await store.TicketsAsync(eventId, bookingId);
        return tickets.FirstOrDefault(ticket => ticket.Id == wanted) is { Valid: true } ticket
            ? ((eventId, ticket), null)
            : (null, Problem.NotFound("This booking has no such ticket."));
    }
}

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
        if (access.Open(orderAccess) is not var (eventId, bookingId))
            return OrderAccess.Ended;
        if (!Guid.TryParseExact(ticketId, "D", out var wanted)
            || await bookings.FindAsync(eventId, bookingId) is not { State: BookingState.Confirmed })
        {
            return Refusals.NoTickets();
        }

        var tickets = await store.TicketsAsync(eventId, bookingId);
        return tickets.FirstOrDefault(ticket => ticket.Id == wanted) is { Valid: true } ticket
            ? await GetTicketQr.AnswerAsync(
                eventId, ticket.IssuedCode, ticket.Counter, signing, response, cancellationToken)
            : Problem.NotFound("This booking has no such ticket.");
    }
}

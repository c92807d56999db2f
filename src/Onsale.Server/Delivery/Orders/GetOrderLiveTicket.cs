using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Orders;

/// <summary>GET /orders/tickets/{ticketId}/live: a ticket to show live, for whoever has found its order.</summary>
internal static class GetOrderLiveTicket
{
    public static async Task<Results<Ok<LiveTicket>, Problem>> HandleAsync(
        string ticketId, [FromHeader(Name = OrderAccess.Header)] string? orderAccess, HttpResponse response,
        OrderAccess access, BookingReader bookings, BookingStore store, TicketSigning signing, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (ticket, problem) = await GetOrderQr.FindAsync(ticketId, orderAccess, access, bookings, store);
        return ticket is var (eventId, found)
            ? await GetLiveTicket.AnswerAsync(
                eventId, found.IssuedCode, found.Counter, signing, response, time, cancellationToken)
            : problem!;
    }
}

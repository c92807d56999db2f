using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Delivery.Tickets.Printing;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Orders;

/// <summary>GET /orders/tickets/pdf: the tickets as PDF for whoever has found their order.</summary>
internal static class GetOrderPdf
{
    public static async Task<Results<FileContentHttpResult, Problem>> HandleAsync(
        string? format, string? language, [FromHeader(Name = OrderAccess.Header)] string? orderAccess,
        HttpContext context, OrderAccess access, BookingReader bookings, BookingStore store, TicketPrinting printing)
    {
        var (options, invalid) = PrintOptions.Read(format, language);
        if (invalid is not null)
            return invalid;
        if (access.Open(orderAccess) is not var (eventId, bookingId))
            return OrderAccess.Ended;
        return await bookings.FindAsync(eventId, bookingId) is { } booking
            ? await GetTicketPdf.PrintAsync(booking, eventId, null, options!, context, store, printing)
            : Refusals.NoTickets();
    }
}

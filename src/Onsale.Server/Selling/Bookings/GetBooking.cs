using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.Bookings;

/// <summary>GET /events/{id}/bookings/{bookingId}.</summary>
internal static class GetBooking
{
    public static async Task<Results<Ok<BookingResponse>, Problem>> HandleAsync(
        string id, string bookingId, Buyer buyer, EventLookup events, BookingStore store, ContactStore contacts,
        BookingResponseMapper wire)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        var settings = selling.Terms!;
        if (!Guid.TryParseExact(bookingId, "D", out var wanted)
            || await store.FindAsync(settings.EventId, wanted, buyer.Id) is not { } booking)
        {
            return Refusals.BookingNotFound();
        }

        var tickets = booking.State is BookingState.Confirmed or BookingState.Cancelled
            ? await store.TicketsAsync(settings.EventId, booking.Id)
            : null;
        var contact = await contacts.FindAsync(settings.EventId, booking.Id);
        return TypedResults.Ok(await wire.OfAsync(booking, settings, tickets, contact));
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>GET /events/{id}/bookings/{bookingId}/calendar: the event with the buyer's places in the notes.</summary>
internal static class GetBookingCalendar
{
    public static async Task<Results<FileContentHttpResult, Problem>> HandleAsync(
        string id, string bookingId, Buyer buyer, HttpContext context, EventLookup events, BookingStore store,
        BookingResponseMapper wire, EventsStore catalog, TimeProvider time)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        var settings = selling.Terms!;
        if (!Guid.TryParseExact(bookingId, "D", out var wanted)
            || await store.FindAsync(settings.EventId, wanted, buyer.Id) is not { } booking
            || await catalog.FindAsync(id, context.RequestAborted) is not { } row)
        {
            return Refusals.BookingNotFound();
        }

        if (booking.State != BookingState.Confirmed)
            return Refusals.NoTickets();
        var language = Languages.Choose(context.Request);
        var places = (await wire.OfAsync(booking, settings)).Items
            .Select(item => PlaceNames.OfLabel(item.Label, language));
        var address = $"{context.Request.Scheme}://{context.Request.Host}/bookings/{settings.EventId}/{booking.Id}";
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(
            CalendarFile.Write(
                row, booking.Id.ToString(), string.Join('\n', places), address, hasTickets: true, time.GetUtcNow()),
            CalendarFile.ContentType, $"{row.Slug}.ics");
    }
}

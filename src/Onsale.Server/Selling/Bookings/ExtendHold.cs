using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// POST /events/{id}/bookings/{bookingId}/extend: half of the hold's time more, where the event allows it. Somebody who
/// needs longer to type must not lose the places for that.
/// </summary>
internal static class ExtendHold
{
    public static async Task<Results<Ok<BookingResponse>, Problem>> HandleAsync(
        string id, string bookingId, Buyer buyer, EventLookup events, EventLanes lanes, ContactStore contacts,
        BookingResponseMapper wire)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        var settings = selling.Terms!;
        if (!Guid.TryParseExact(bookingId, "D", out var wanted))
            return Refusals.BookingNotFound();

        var reply = await lanes.SubmitAsync(settings.EventId, new ExtendHoldCommand(wanted, buyer.Id));
        if (reply.Result.Booking is not { } booking)
            return Refusals.Of(reply, settings);
        return TypedResults.Ok(await wire.OfAsync(
            booking, settings, contact: await contacts.FindAsync(settings.EventId, booking.Id)));
    }
}

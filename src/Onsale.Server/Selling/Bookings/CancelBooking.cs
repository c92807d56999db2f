using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// DELETE /events/{id}/bookings/{bookingId}: releases a hold, or cancels a confirmed booking and refunds it where the
/// event's policy allows. Repeated, it answers the same.
/// </summary>
internal static class CancelBooking
{
    private static readonly Problem s_handedOn = new(
        StatusCodes.Status409Conflict, "tickets-handed-on",
        "A ticket of this booking is somebody else's by now. Only the organiser can cancel it.");

    public static async Task<Results<Ok<BookingResponse>, Problem>> HandleAsync(
        string id, string bookingId, Buyer buyer,
        EventLookup events, EventLanes lanes, PaymentRefunds refunds, ContactStore contacts, TransferStore transfers,
        BookingResponseMapper wire, TimeProvider time)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        var settings = selling.Terms!;
        if (!Guid.TryParseExact(bookingId, "D", out var wanted))
            return Refusals.BookingNotFound();

        // Where it would be cancelled; else what is offered stays so.
        if (settings.CancellableUntil > time.GetUtcNow()
            && !await transfers.TryCloseAsync(settings.EventId, wanted, buyer.Id))
        {
            return s_handedOn;
        }

        var reply = await lanes.SubmitAsync(settings.EventId, new CancelCommand(wanted, buyer.Id));
        if (reply.Result.Booking is not { } booking)
            return Refusals.Of(reply, settings);
        // Decided by the outcome: what was read before may have been confirmed since. A crash from here on leaves a
        // cancelled booking with a kept payment, which recovery finds.
        if (booking.State == BookingState.Cancelled)
            await refunds.RefundCancelledAsync(settings.EventId, booking);
        return TypedResults.Ok(await wire.OfAsync(
            booking, settings, contact: await contacts.FindAsync(settings.EventId, booking.Id)));
    }
}

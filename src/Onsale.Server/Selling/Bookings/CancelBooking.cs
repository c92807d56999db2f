using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// DELETE /events/{id}/bookings/{bookingId}: releases a hold, or cancels a confirmed booking and refunds it where the
/// event's policy allows. Repeated, it answers the same.
/// </summary>
internal static class CancelBooking
{
    public static async Task<Results<Ok<BookingResponse>, Problem>> HandleAsync(
        string id, string bookingId, Buyer buyer,
        EventLookup events, EventLanes lanes, PaymentProcess payments, BookingStore store, BookingResponseMapper wire)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        var settings = selling.Terms!;
        if (!Guid.TryParseExact(bookingId, "D", out var wanted)
            || await store.FindAsync(settings.EventId, wanted, buyer.Id) is not { } before)
        {
            return Refusals.BookingNotFound();
        }

        // The intention comes first: after a crash between the two steps, what became of the booking decides.
        var refund = before.State == BookingState.Confirmed
            ? await payments.IntendRefundAsync(settings.EventId, wanted)
            : null;
        var reply = await lanes.SubmitAsync(settings.EventId, new CancelCommand(wanted, buyer.Id));
        if (reply.Result.Booking is not { } booking)
        {
            if (refund is not null && reply.Status == LaneStatus.Decided)
                await payments.KeepAsync(refund);
            return Refusals.Of(reply, settings);
        }

        if (refund is not null && booking.State == BookingState.Cancelled)
            await payments.RefundAsync(refund);
        return TypedResults.Ok(await wire.OfAsync(booking, settings));
    }
}

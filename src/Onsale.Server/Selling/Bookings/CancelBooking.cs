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

        if (await CancelAsync(settings.EventId, wanted, buyer.Id, lanes, transfers) is not { } reply)
            return s_handedOn;
        if (reply.Result.Booking is not { } booking)
            return Refusals.Of(reply, settings);
        // Decided by the outcome: what was read before may have been confirmed since. A crash from here on leaves a
        // cancelled booking with a kept payment, which recovery finds.
        if (booking.State == BookingState.Cancelled)
            await refunds.RefundCancelledAsync(settings.EventId, booking);
        return TypedResults.Ok(await wire.OfAsync(
            booking, settings, contact: await contacts.FindAsync(settings.EventId, booking.Id)));
    }

    /// <summary>
    /// From before the inventory decides until it has, no ticket of the booking changes hands: whoever has accepted one
    /// keeps it, and whoever has not cannot any more. Null: somebody else has one.
    /// </summary>
    private static async Task<LaneReply?> CancelAsync(
        Guid eventId, Guid bookingId, Guid buyerId, EventLanes lanes, TransferStore transfers)
    {
        await using var paused = await transfers.PauseAsync(eventId, bookingId, buyerId);
        if (paused is { IsHandedOn: true })
            return null;
        var reply = await lanes.SubmitAsync(eventId, new CancelCommand(bookingId, buyerId));
        if (paused is not null && reply.Result.Booking is { State: BookingState.Cancelled })
            await paused.WithdrawOffersAsync();
        return reply;
    }
}

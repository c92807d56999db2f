using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// A guest who signs in to an account takes its bookings along. (One who registers keeps its id, and with it
/// everything.)
/// </summary>
internal sealed partial class GuestBookingTransfer(BookingStore store, EventLanes lanes, ILogger<GuestBookingTransfer> logger)
{
    /// <summary>
    /// Gives what the guest has confirmed, is paying for and holds to the account. A hold that the account may not have as well,
    /// because of an event's limit per buyer, stays with the guest's session and runs out.
    /// </summary>
    public async Task GiveAsync(Guid guestId, Guid accountId)
    {
        foreach (var (eventId, bookingId) in await store.OpenOfAsync(guestId, BookingsLimits.MaxGivenBookings))
        {
            var reply = await lanes.SubmitAsync(eventId, new ReassignCommand(bookingId, guestId, accountId));
            if (reply.Result.Booking is null)
                LogKept(bookingId, reply.Status, reply.Result.Refusal?.Reason);
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information,
        Message = "Booking {BookingId} stayed with its guest when the guest signed in: {Status} {Reason}")]
    private partial void LogKept(Guid bookingId, LaneStatus status, RefusalReason? reason);
}

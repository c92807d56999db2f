using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;

namespace Onsale.Server.Selling.Bookings;

/// <summary>An event as the booking routes need it, or why there is none.</summary>
internal readonly record struct SellingEvent(EventSettings? Settings, EventLane? Lane, Problem? Problem)
{
    /// <summary>Finds an event by its id; a draft is not there yet for anybody who buys.</summary>
    public static async ValueTask<SellingEvent> FindAsync(string id, EventLanes lanes)
    {
        var found = await FindOfBookingAsync(id, lanes);
        if (found.Settings?.Status != EventStatus.Draft)
            return found;
        // Another node may have published it: without a hold, which is refused here, no batch would notice.
        var (lane, _) = await lanes.ReadAsync(found.Settings.EventId);
        return lane?.Settings is { Status: not EventStatus.Draft }
            ? Of(lane)
            : new SellingEvent(null, null, Problem.EventNotFound());
    }

    /// <summary>
    /// Finds the event of a booking there may be: a booking is its buyer's whatever became of the event, also when it
    /// is made a draft again.
    /// </summary>
    public static async ValueTask<SellingEvent> FindOfBookingAsync(string id, EventLanes lanes)
    {
        if (!Guid.TryParseExact(id, "D", out var eventId))
            return new SellingEvent(null, null, Problem.EventNotFound());
        if (lanes.FindLoaded(eventId) is { } loaded)
            return Of(loaded);
        var (lane, status) = await lanes.ReadAsync(eventId);
        return lane is null
            ? new SellingEvent(null, null, Refusals.Of(new LaneReply(status, default), null))
            : Of(lane);
    }

    private static SellingEvent Of(EventLane lane) => new(lane.Settings, lane, null);
}

using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Catalog.Events;

/// <summary>An event's lane for readers, at most a second old, or why there is none.</summary>
internal readonly record struct ReadableEvent(EventLane? Lane, Problem? Problem)
{
    /// <summary>Finds a published or cancelled event by its id.</summary>
    public static async ValueTask<ReadableEvent> FindAsync(string id, EventLanes lanes)
    {
        if (!Guid.TryParseExact(id, "D", out var eventId))
            return new ReadableEvent(null, Problem.EventNotFound());
        var (lane, status) = await lanes.ReadAsync(eventId);
        if (lane is null)
            return new ReadableEvent(null, Refusals.Of(new LaneReply(status, default), null));
        return lane.Settings!.Status == EventStatus.Draft
            ? new ReadableEvent(null, Problem.EventNotFound())
            : new ReadableEvent(lane, null);
    }
}

using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Catalog.Events;

/// <summary>
/// The limit of reads that have none while memory answers them: one that would have to look an event up or load it,
/// which a made-up id does each time, takes a permit like any other read.
/// </summary>
internal sealed class ColdReadLimit(EventLanes lanes, RateLimitBudgets budgets)
{
    /// <summary>Null: the read may go on.</summary>
    public Problem? Take(string id, HttpContext context) =>
        Guid.TryParseExact(id, "D", out var eventId) && lanes.FindLoaded(eventId) is not null
            ? null
            : budgets.Take(context, RateLimitPolicy.Reads, AddressRange.Of(context.Connection.RemoteIpAddress));
}

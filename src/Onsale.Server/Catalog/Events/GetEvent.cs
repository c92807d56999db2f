using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>One event by id or slug. Drafts do not exist here; a cancelled event says so.</summary>
internal static class GetEvent
{
    public static async Task<Results<CacheableJson<EventDetails>, Problem>> HandleAsync(
        string idOrSlug, EventsStore store, EventAvailability availability, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(idOrSlug, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var tiers = await store.TiersAsync(row.Id, cancellationToken);
        if (await availability.OfAsync(row.Id) is not { } places)
            return Problem.Unavailable();
        return new CacheableJson<EventDetails>(row.ToDetails(tiers, places), EventsModule.CacheControl);
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Caching;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>
/// One event by id or slug. Drafts do not exist here; a cancelled event says so. When a sale opens, everybody who waits
/// asks for it within seconds: they share reads, and the answer as it is written.
/// </summary>
internal sealed class GetEvent(EventsStore store, EventAvailability availability)
{
    private readonly SharedReads<string, FoundEvent> _reads = new();

    public static async Task<Results<CacheableJson<EventDetails>, Problem>> HandleAsync(
        string idOrSlug, GetEvent events, CancellationToken cancellationToken)
    {
        var found = await events._reads.GetAsync(idOrSlug, events.ReadAsync, cancellationToken);
        return found.Answer is { } answer ? answer : found.Problem!;
    }

    private async Task<FoundEvent> ReadAsync(string idOrSlug)
    {
        if (await store.FindAsync(idOrSlug, CancellationToken.None) is not { } row)
            return new FoundEvent(null, Problem.EventNotFound());
        var tiers = await store.TiersAsync(row.Id, CancellationToken.None);
        if (await availability.OfAsync(row.Id) is not { } places)
            return new FoundEvent(null, Problem.Unavailable());
        return new FoundEvent(
            new CacheableJson<EventDetails>(row.ToDetails(tiers, places), EventsModule.CacheControl), null);
    }

    private sealed record FoundEvent(CacheableJson<EventDetails>? Answer, Problem? Problem);
}

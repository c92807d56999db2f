using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Caching;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>
/// One event by id or slug. Drafts do not exist here; a cancelled event says so. When a sale opens, everybody who waits
/// asks for it within seconds: they share reads, and the answer as it is written.
/// </summary>
internal sealed class GetEvent(EventsStore store, EventAvailability availability, EventViews views)
{
    private readonly SharedReads<string, FoundEvent> _reads = new();
    private readonly EventViews _views = views;

    public static async Task<Results<CacheableJson<EventDetails>, Problem>> HandleAsync(
        string idOrSlug, GetEvent events, HttpRequest request, CancellationToken cancellationToken)
    {
        var found = await events._reads.GetAsync(idOrSlug, events.ReadAsync, cancellationToken);
        if (found.Answer is not { } answer)
            return found.Problem!;
        // The event's own page knows it by its slug; what comes after it, such as the checkout, by its id.
        if (found.Slug == idOrSlug)
            events._views.CountFirstAnswer(request, found.Id);
        return answer;
    }

    private async Task<FoundEvent> ReadAsync(string idOrSlug)
    {
        if (await store.FindAsync(idOrSlug, CancellationToken.None) is not { } row)
            return new FoundEvent(null, Problem.EventNotFound());
        var tiers = await store.TiersAsync(row.Id, CancellationToken.None);
        if (await availability.OfAsync(row.Id) is not { } places)
            return new FoundEvent(null, Problem.Unavailable());
        return new FoundEvent(
            new CacheableJson<EventDetails>(row.ToDetails(tiers, places), EventsModule.CacheControl), null, row.Id,
            row.Slug);
    }

    private sealed record FoundEvent(
        CacheableJson<EventDetails>? Answer, Problem? Problem, Guid Id = default, string? Slug = null);
}

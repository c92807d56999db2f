using Onsale.Server.Hosting;

namespace Onsale.Server.Events;

/// <summary>The cities and categories that have events to come, most first: what a filter can offer.</summary>
internal static class GetFacets
{
    public static async Task<CacheableJson<EventFacets>> HandleAsync(
        EventsStore store, CancellationToken cancellationToken) =>
        new(await store.FacetsAsync(cancellationToken), EventsModule.CacheControl);
}

using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>The cities and categories that have events to come, most first: what a filter can offer.</summary>
internal static class GetFacets
{
    public static async Task<CacheableJson<EventFacets>> HandleAsync(
        EventsStore store, CancellationToken cancellationToken) =>
        new(await store.FacetsAsync(cancellationToken), EventsModule.CacheControl);
}

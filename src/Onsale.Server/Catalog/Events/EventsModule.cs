using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Artwork;

namespace Onsale.Server.Catalog.Events;

internal static class EventsModule
{
    /// <summary>Lists and event pages: fresh for a moment, then served while being fetched anew.</summary>
    public static readonly string CacheControl =
        $"public, max-age={EventListingLimits.FreshSeconds}, "
        + $"stale-while-revalidate={EventListingLimits.StaleWhileRevalidateSeconds}";

    public static void AddEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(EventsJson.Default);
        builder.Services.AddSingleton<EventsStore>();
        builder.Services.AddSingleton<EventAvailability>();
        builder.Services.AddSingleton<ArtworkPictures>();
        builder.Services.AddSingleton<EventLookup>();
        builder.Services.AddSingleton<ColdReadLimit>();
        builder.Services.AddSingleton<GetAvailability>();
        builder.Services.AddSingleton<IEventSettingsWriter, EventSettingsWriter>();
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Catalog.Presenters;

/// <summary>GET /venues/{slug}: a venue that has public events.</summary>
internal static class GetVenue
{
    public static async Task<Results<CacheableJson<PublicVenue>, Problem>> HandleAsync(
        string slug, PresentersStore store, CancellationToken cancellationToken) =>
        await store.FindVenueAsync(slug, cancellationToken) is { } venue
            ? new CacheableJson<PublicVenue>(venue, EventsModule.CacheControl)
            : new Problem(StatusCodes.Status404NotFound, "venue-not-found", "There is no such venue.");
}

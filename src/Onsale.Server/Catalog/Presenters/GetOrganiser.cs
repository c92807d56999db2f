using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Catalog.Presenters;

/// <summary>GET /organisers/{slug}: an organisation that presents public events.</summary>
internal static class GetOrganiser
{
    public static async Task<Results<CacheableJson<PublicOrganiser>, Problem>> HandleAsync(
        string slug, PresentersStore store, CancellationToken cancellationToken) =>
        await store.FindOrganiserAsync(slug, cancellationToken) is { } organiser
            ? new CacheableJson<PublicOrganiser>(organiser, EventsModule.CacheControl)
            : new Problem(StatusCodes.Status404NotFound, "organiser-not-found", "There is no such organiser.");
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Catalog.Artwork;

/// <summary>
/// GET /artwork/{eventId}.svg: an event's picture where it has none of its own. The same id always gets the same
/// picture, so browsers and caches keep it for good.
/// </summary>
internal static class GetArtwork
{
    private const string Extension = ".svg";
    private const string Immutable = "public, max-age=31536000, immutable";

    public static string PathOf(Guid eventId) => $"/artwork/{eventId}{Extension}";

    /// <summary>The address of an event's picture: its own, or the one drawn here.</summary>
    public static string PictureOf(Guid eventId, string? imageUrl) => imageUrl ?? PathOf(eventId);

    public static async Task<Results<ContentHttpResult, Problem>> HandleAsync(
        string name, HttpResponse response, EventsStore events, CancellationToken cancellationToken)
    {
        if (!name.EndsWith(Extension, StringComparison.Ordinal)
            || !Guid.TryParseExact(name[..^Extension.Length], "D", out _)
            || await events.FindAsync(name[..^Extension.Length], cancellationToken) is not { } row)
        {
            return Problem.NotFound();
        }

        response.Headers.CacheControl = Immutable;
        return TypedResults.Content(ArtworkDrawing.Draw(row.Id, row.Category), "image/svg+xml");
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Artwork;

namespace Onsale.Server.Catalog.Events;

/// <summary>
/// GET /artwork/{eventId}.svg and .png: the drawn picture of an event that has none of its own. Under the address that
/// <see cref="ArtworkAddress"/> makes, it may be kept for ever.
/// </summary>
internal static class GetArtwork
{
    private const string ForEver = "public, max-age=31536000, immutable";

    // The address without a version, or with an old one, shows the present drawing.
    private const string ForFiveMinutes = "public, max-age=300";

    public static async Task<Results<ContentHttpResult, FileContentHttpResult, Problem>> HandleAsync(
        string name, string? v, HttpResponse response, EventsStore events, ArtworkPictures pictures,
        CancellationToken cancellationToken)
    {
        var (id, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        if (extension is not (ArtworkAddress.SvgExtension or ArtworkAddress.PngExtension)
            || (extension is ArtworkAddress.PngExtension && !ArtworkPictures.IsSupported)
            || !Guid.TryParseExact(id, "D", out _)
            || await events.FindAsync(id, cancellationToken) is not { } row)
        {
            return Problem.NotFound();
        }

        response.Headers.CacheControl = v == ArtworkAddress.VersionOf(row.Category) ? ForEver : ForFiveMinutes;
        if (extension is ArtworkAddress.SvgExtension)
            return TypedResults.Content(ArtworkDrawing.Draw(row.Id, row.Category), "image/svg+xml");
        // Other sites show it beside a shared link.
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return TypedResults.File(await pictures.GetAsync(row.Id, row.Category, cancellationToken), "image/png");
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Onsale.Platform.Caching;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Pictures;

/// <summary>GET /pictures/{id}/{width}.jpg or .webp: kept by browsers for good.</summary>
internal sealed class GetPicture(PictureStore store)
{
    private const long MaxCachedBytes = 32 * 1024 * 1024;

    private readonly BoundedCache<(Guid Id, int Width, PictureFormat Format), byte[]> _recent =
        new(MaxCachedBytes, bytes => bytes.Length);

    public async Task<Results<FileContentHttpResult, Problem>> HandleAsync(
        string id, string file, HttpContext context)
    {
        if (!PictureAddress.TryRead(id, file, out var picture, out var width, out var format)
            || await _recent.GetAsync(
                (picture, width, format), key => store.FindAsync(key.Id, key.Width, key.Format),
                context.RequestAborted) is not { } bytes)
        {
            return Problem.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.File(
            bytes, format == PictureFormat.WebP ? "image/webp" : "image/jpeg",
            entityTag: new EntityTagHeaderValue($"\"{id}-{width}\""));
    }
}

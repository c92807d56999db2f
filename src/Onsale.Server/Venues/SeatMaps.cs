using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Onsale.Server.Venues;

/// <summary>Written seat maps, kept while there is room: a map is written and compressed once for all its readers.</summary>
internal sealed class SeatMaps
{
    private readonly BoundedCache<string, SeatMapFile> _files =
        new(VenueLimits.MaxCachedSeatMapBytes, file => file.TotalBytes);

    /// <param name="plan">The event's seating plan.</param>
    /// <param name="tiers">The event's tiers in the order of their numbers.</param>
    /// <param name="cancellationToken">Ends this caller's waiting.</param>
    public async Task<SeatMapFile> GetAsync(
        SeatingPlan plan, IReadOnlyList<SeatMapTierSource> tiers, CancellationToken cancellationToken)
    {
        // The key is everything the file is made of, so a changed tier is another file and nothing goes stale.
        var key = $"{plan.ContentHash}{JsonSerializer.Serialize(tiers)}";
        var file = await _files.GetAsync(
            key, _ => Task.FromResult<SeatMapFile?>(SeatMapDocument.Write(plan, tiers)), cancellationToken);
        return file!;
    }
}

/// <summary>Sends a seat map in the best encoding the client takes, or 304 where it has it already.</summary>
internal sealed class SeatMapResult(SeatMapFile file) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request.GetTypedHeaders(), httpContext.Response);
        response.Headers.ETag = file.ETag;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        // The address stays while an organiser may still change tiers: clients ask again, and nearly always get 304.
        response.Headers.CacheControl = "public, max-age=60, stale-while-revalidate=600";
        var etag = new EntityTagHeaderValue(file.ETag);
        if (request.IfNoneMatch.Any(known => known.Compare(etag, useStrongComparison: false)
            || known.Equals(EntityTagHeaderValue.Any)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (encoding, body) = Choose(request.AcceptEncoding);
        if (encoding is not null)
            response.Headers.ContentEncoding = encoding;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    private (string? Encoding, byte[] Body) Choose(IList<StringWithQualityHeaderValue> accepted)
    {
        if (Accepts("br"))
            return ("br", file.Brotli);
        return Accepts("gzip") ? ("gzip", file.Gzip) : (null, file.Json);

        bool Accepts(string encoding) => accepted.Any(value =>
            value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && value.Quality is null or > 0);
    }
}

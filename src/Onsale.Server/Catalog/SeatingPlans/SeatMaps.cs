using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Onsale.Platform.Caching;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>
/// Written seat maps, kept while there is room: a map is written and compressed once for all its readers.
/// </summary>
internal sealed class SeatMaps
{
    private const int VersionBytes = 16;

    // Another build of this program may write the same plan otherwise: its maps have addresses of their own.
    private static readonly string s_writer = typeof(SeatMapDocument).Module.ModuleVersionId.ToString("N");

    private readonly BoundedCache<string, SeatMapFile> _files =
        new(SeatingPlanLimits.MaxCachedSeatMapBytes, file => file.TotalBytes);

    /// <summary>
    /// Names a map by everything it is made of, without making it: what an address carries that caches may keep for
    /// ever.
    /// </summary>
    /// <param name="planHash">The seating plan's <see cref="SeatingPlan.ContentHash"/>.</param>
    /// <param name="tiers">The event's tiers in the order of their numbers.</param>
    public static string VersionOf(string planHash, IReadOnlyList<SeatMapTierSource> tiers)
    {
        var source = Encoding.UTF8.GetBytes($"{s_writer}{planHash}{JsonSerializer.Serialize(tiers)}");
        return Convert.ToHexStringLower(SHA256.HashData(source).AsSpan(0, VersionBytes));
    }

    /// <param name="plan">The event's seating plan.</param>
    /// <param name="tiers">The event's tiers in the order of their numbers.</param>
    /// <param name="cancellationToken">Ends this caller's waiting.</param>
    public async Task<SeatMapFile> GetAsync(
        SeatingPlan plan, IReadOnlyList<SeatMapTierSource> tiers, CancellationToken cancellationToken)
    {
        // A changed tier is another file, and nothing goes stale.
        var version = VersionOf(plan.ContentHash, tiers);
        var file = await _files.GetAsync(
            version,
            _ => Task.FromResult<SeatMapFile?>(SeatMapDocument.Write(plan, tiers, version)),
            cancellationToken);
        return file!;
    }
}

/// <summary>Sends a seat map in the best encoding the client takes, or 304 where it has it already.</summary>
/// <param name="file">The map as it is now.</param>
/// <param name="version">The version that the address names; null where it names none.</param>
internal sealed class SeatMapResult(SeatMapFile file, string? version) : IResult
{
    private const string ForEver = "public, max-age=31536000, immutable";

    // The address without a version, or with an old one, outlives a change of tiers: clients ask again, and nearly
    // always get 304.
    private const string ForAMinute = "public, max-age=60, stale-while-revalidate=600";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request.GetTypedHeaders(), httpContext.Response);
        var coding = ContentEncodings.Choose(httpContext.Request.Headers.AcceptEncoding);
        // A strong tag is one coding's own.
        response.Headers.ETag = coding is null ? file.ETag : $"W/{file.ETag}";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.CacheControl = version == file.Version ? ForEver : ForAMinute;
        var etag = new EntityTagHeaderValue(file.ETag);
        if (request.IfNoneMatch.Any(known => known.Compare(etag, useStrongComparison: false)
            || known.Equals(EntityTagHeaderValue.Any)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var body = coding switch
        {
            ContentEncodings.Brotli => file.Brotli,
            ContentEncodings.Gzip => file.Gzip,
            _ => file.Json,
        };
        if (coding is not null)
            response.Headers.ContentEncoding = coding;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}

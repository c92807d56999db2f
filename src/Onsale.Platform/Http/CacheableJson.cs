using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Onsale.Platform.Http;

/// <summary>
/// 200 with JSON that caches may keep for a moment: carries an ETag of its content and answers 304 to who has it
/// already.
/// </summary>
/// <param name="value">What is sent.</param>
/// <param name="cacheControl">What caches may do with it.</param>
/// <param name="isRepeated">Whether it may be answered again while the database does not answer.</param>
internal sealed class CacheableJson<T>(T value, string cacheControl, bool isRepeated = true)
    : IResult, IValueHttpResult<T>, IEndpointMetadataProvider
{
    private Written? _written;

    public T Value => value;

    T? IValueHttpResult<T>.Value => value;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Requests that share the value share what it is written as; two that write it at once write the same.
        var (etag, coded) = _written ??= Write(httpContext);
        var coding = coded.CodingFor(httpContext);
        if (isRepeated)
            httpContext.RequestServices.GetRequiredService<LastAnswers>()
                .Keep(httpContext.Request, coded, etag, cacheControl);
        var response = httpContext.Response;
        response.Headers.ETag = etag;
        response.Headers.CacheControl = cacheControl;
        if (EntityTags.Matches(httpContext.Request, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        await coded.SendAsync(httpContext, coding);
    }

    private Written Write(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        return new Written(EntityTags.OfContent(body), new CompressedBody(body));
    }

    private sealed record Written(string Etag, CompressedBody Body);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }
}

/// <summary>Entity tags and their comparison (RFC 9110, section 8.8.3 and 13.1.2).</summary>
internal static class EntityTags
{
    private const int HashBytes = 12;

    /// <summary>A weak tag: a proxy may compress the same content differently.</summary>
    public static string OfContent(ReadOnlySpan<byte> content) =>
        $"W/\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, HashBytes))}\"";

    /// <summary>Whether <c>If-None-Match</c> names <paramref name="etag"/>, by weak comparison.</summary>
    public static bool Matches(HttpRequest request, string etag)
    {
        var header = request.Headers.IfNoneMatch;
        if (header.Count == 0)
            return false;
        if (!EntityTagHeaderValue.TryParseList(header, out var tags))
            return false;
        var own = EntityTagHeaderValue.Parse(etag);
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(own, useStrongComparison: false));
    }
}

using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Onsale.Platform.Http;

/// <summary>
/// A body that goes out in the best coding its reader takes. Compressed when the first one asks, and then kept with the
/// body for all others. Not for answers with secrets in them: their length would tell of their content (BREACH).
/// </summary>
internal sealed class CompressedBody(byte[] plain)
{
    /// <summary>What fits in one packet goes as it is.</summary>
    private const int MinBytes = 1024;

    // An availability is compressed once a version while it sells: more effort would shorten it by little.
    private const int BrotliQuality = 2;

    private readonly Lazy<byte[]> _brotli = new(() => ContentEncodings.CompressBrotli(plain, BrotliQuality));
    private readonly Lazy<byte[]> _gzip = new(() => ContentEncodings.CompressGzip(plain, CompressionLevel.Optimal));

    /// <summary>Bytes of it as it is.</summary>
    public int Length => plain.Length;

    /// <summary>The coding for a request, whose answer says that it depends on that; null: none.</summary>
    public string? CodingFor(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Vary = StringValues.Concat(headers.Vary, HeaderNames.AcceptEncoding);
        return plain.Length < MinBytes ? null : ContentEncodings.Choose(context.Request.Headers.AcceptEncoding);
    }

    /// <summary>Sends it as the whole answer, whose other headers are set.</summary>
    /// <param name="context">The request that is answered.</param>
    /// <param name="coding">From <see cref="CodingFor"/>.</param>
    public async Task SendAsync(HttpContext context, string? coding)
    {
        var bytes = coding switch
        {
            ContentEncodings.Brotli => _brotli.Value,
            ContentEncodings.Gzip => _gzip.Value,
            _ => plain,
        };
        var response = context.Response;
        if (coding is not null)
            response.Headers.ContentEncoding = coding;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.BodyWriter.WriteAsync(bytes);
    }
}

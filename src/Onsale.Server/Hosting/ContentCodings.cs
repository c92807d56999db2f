using System.Globalization;
using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Onsale.Server.Hosting;

/// <summary>The content codings of RFC 9110, section 8.4.1, that answers are sent in.</summary>
internal static class ContentCodings
{
    public const string Brotli = "br";

    public const string Gzip = "gzip";

    private const int BrotliWindowBits = 22;

    /// <summary>The best coding that <c>Accept-Encoding</c> names; null: the answer goes as it is.</summary>
    public static string? Choose(StringValues acceptEncoding)
    {
        var header = acceptEncoding.Count == 1 ? acceptEncoding[0] : acceptEncoding.ToString();
        return Accepts(header, Brotli) ? Brotli : Accepts(header, Gzip) ? Gzip : null;
    }

    /// <summary>Whether the header names a coding, and does not give it weight zero.</summary>
    public static bool Accepts(ReadOnlySpan<char> header, ReadOnlySpan<char> coding)
    {
        foreach (var range in header.Split(','))
        {
            var item = header[range].Trim();
            var weight = item.IndexOf(';');
            var name = weight < 0 ? item : item[..weight].TrimEnd();
            if (name.Equals(coding, StringComparison.OrdinalIgnoreCase))
                return weight < 0 || !IsZero(item[(weight + 1)..]);
        }

        return false;
    }

    /// <summary>"q=0", with whatever space, case and number of zeros.</summary>
    private static bool IsZero(ReadOnlySpan<char> weight) =>
        weight.IndexOf('=') is var at and > 0
        && weight[..at].Trim().Equals("q", StringComparison.OrdinalIgnoreCase)
        && double.TryParse(
            weight[(at + 1)..].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number == 0;

    /// <param name="plain">What to compress.</param>
    /// <param name="quality">0 to 11.</param>
    public static byte[] CompressBrotli(ReadOnlySpan<byte> plain, int quality)
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        return BrotliEncoder.TryCompress(plain, buffer, out var written, quality, BrotliWindowBits)
            ? buffer[..written]
            : throw new InvalidOperationException("Brotli exceeded its own bound.");
    }

    public static byte[] CompressGzip(ReadOnlySpan<byte> plain, CompressionLevel level)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, level))
            gzip.Write(plain);
        return output.ToArray();
    }
}

/// <summary>
/// A body that goes out in the best coding its reader takes. Compressed when the first one asks, and then kept with the
/// body for all others. Not for answers with secrets in them: their length would tell of their content (BREACH).
/// </summary>
internal sealed class CodedBody(byte[] plain)
{
    /// <summary>What fits in one packet goes as it is.</summary>
    private const int MinBytes = 1024;

    // A twentieth of a millisecond for ten kilobytes, and within a tenth of what ten times the effort gives.
    private const int BrotliQuality = 2;

    private readonly Lazy<byte[]> _brotli = new(() => ContentCodings.CompressBrotli(plain, BrotliQuality));
    private readonly Lazy<byte[]> _gzip = new(() => ContentCodings.CompressGzip(plain, CompressionLevel.Optimal));

    /// <summary>The coding for a request, whose answer says that it depends on that; null: none.</summary>
    public string? CodingFor(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Vary = StringValues.Concat(headers.Vary, HeaderNames.AcceptEncoding);
        return plain.Length < MinBytes ? null : ContentCodings.Choose(context.Request.Headers.AcceptEncoding);
    }

    /// <summary>Sends it as the whole answer, whose other headers are set.</summary>
    /// <param name="context">The request that is answered.</param>
    /// <param name="coding">From <see cref="CodingFor"/>.</param>
    public async Task SendAsync(HttpContext context, string? coding)
    {
        var bytes = coding switch
        {
            ContentCodings.Brotli => _brotli.Value,
            ContentCodings.Gzip => _gzip.Value,
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

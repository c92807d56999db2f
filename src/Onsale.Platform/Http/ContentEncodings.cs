using System.Globalization;
using System.IO.Compression;
using Microsoft.Extensions.Primitives;

namespace Onsale.Platform.Http;

/// <summary>The content codings of RFC 9110, section 8.4.1: answers are sent in them, bodies are not taken.</summary>
internal static class ContentEncodings
{
    public const string Brotli = "br";

    public const string Gzip = "gzip";

    /// <summary>No coding.</summary>
    public const string Identity = "identity";

    private const int BrotliWindowBits = 22;

    /// <summary>Whether <c>Content-Encoding</c> names any coding but that which is none.</summary>
    public static bool IsCoded(StringValues contentEncoding)
    {
        foreach (var line in contentEncoding)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var coding = line.AsSpan()[range].Trim();
                if (!coding.IsEmpty && !coding.Equals(Identity, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The coding that <c>Accept-Encoding</c> gives the greatest weight, Brotli before gzip where it gives both the
    /// same; null: the answer goes as it is.
    /// </summary>
    public static string? Choose(StringValues acceptEncoding)
    {
        var header = acceptEncoding.Count == 1 ? acceptEncoding[0] : acceptEncoding.ToString();
        return Choose(header, [Brotli, Gzip]);
    }

    /// <summary>The same among codings that are given.</summary>
    /// <param name="header"><c>Accept-Encoding</c>, its lines joined by commas.</param>
    /// <param name="codings">What there is, best first.</param>
    public static string? Choose(ReadOnlySpan<char> header, ReadOnlySpan<string> codings)
    {
        // Who does not name it takes it too, but would rather have what is named, with whatever weight.
        var (best, weightOfBest) = (default(string), WeightOf(Identity, header));
        foreach (var coding in codings)
        {
            // At the same weight a coding is better than none, and the first better than the next.
            var weight = WeightOf(coding, header);
            if (weight > weightOfBest || (best is null && weight > 0 && weight == weightOfBest))
                (best, weightOfBest) = (coding, weight);
        }

        return best;
    }

    /// <summary>From 0, for what is not named or is refused, to 1.</summary>
    private static double WeightOf(ReadOnlySpan<char> coding, ReadOnlySpan<char> header)
    {
        foreach (var range in header.Split(','))
        {
            var item = header[range].Trim();
            var weight = item.IndexOf(';');
            var name = weight < 0 ? item : item[..weight].TrimEnd();
            if (name.Equals(coding, StringComparison.OrdinalIgnoreCase))
                return weight < 0 ? 1 : ReadWeight(item[(weight + 1)..]);
        }

        return 0;
    }

    /// <summary>"q=0.5", with whatever space, case and number of zeros; 1 for what is not a weight.</summary>
    private static double ReadWeight(ReadOnlySpan<char> weight) =>
        weight.IndexOf('=') is var at and > 0
        && weight[..at].Trim().Equals("q", StringComparison.OrdinalIgnoreCase)
        && double.TryParse(
            weight[(at + 1)..].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, 1)
            : 1;

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

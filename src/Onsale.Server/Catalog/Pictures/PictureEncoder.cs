using System.Security.Cryptography;
using NetVips;
using Onsale.Server.Catalog.Artwork;

namespace Onsale.Server.Catalog.Pictures;

/// <summary>One form of a picture.</summary>
internal sealed record PictureVariant(int Width, PictureFormat Format, byte[] Bytes);

/// <summary>A picture as it is kept.</summary>
/// <param name="Id">From the content of the upload and whose it is.</param>
/// <param name="Colour">Its mean, as "#7c3aed": what is shown until it has come.</param>
internal sealed record EncodedPicture(
    Guid Id, int Width, int Height, string Colour, IReadOnlyList<PictureVariant> Variants);

/// <summary>
/// Decodes what was uploaded and encodes it anew in the widths that pages ask for: upright, in sRGB, without any
/// metadata. What a file is, its first bytes say, never its name. One picture at a time, so that an upload leaves the
/// processors to the sale.
/// </summary>
internal sealed class PictureEncoder : IDisposable
{
    // Only the width is bounded.
    private const int MaxHeightPixels = 100_000;

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>False where the program was built for another system than it runs on.</summary>
    public static bool IsSupported => ArtworkPictures.IsSupported;

    /// <summary>The picture; or why it is none, as a sentence. Null and no sentence: too many wait.</summary>
    public async Task<(EncodedPicture? Picture, string? Fault)> EncodeAsync(
        Guid organisationId, byte[] upload, CancellationToken cancellationToken)
    {
        if (!IsPicture(upload))
            return (null, "Must be a JPEG, PNG, WebP or AVIF file.");
        if (IsCutJpeg(upload))
            return (null, "The file ends in the middle of the picture.");
        if (!await _turn.WaitAsync(TimeSpan.FromSeconds(PictureLimits.MaxWaitSeconds), cancellationToken))
            return (null, null);
        try
        {
            return await Task.Run(() => Encode(organisationId, upload), cancellationToken);
        }
        catch (VipsException)
        {
            return (null, "The file is damaged, or not what its first bytes say.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static (EncodedPicture?, string?) Encode(Guid organisationId, byte[] upload)
    {
        // The header alone says how large it would become.
        using (var header = Image.NewFromBuffer(upload, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error))
        {
            if ((long)header.Width * header.Height > PictureLimits.MaxPixels)
                return (null, $"Must have at most {PictureLimits.MaxPixels / 1_000_000} megapixels.");
            if (Math.Min(header.Width, header.Height) < PictureLimits.MinSidePixels)
                return (null, $"Must be at least {PictureLimits.MinSidePixels} pixels wide and high.");
        }

        // Decoded once: turned upright, shrunk while it is read, never enlarged. The smaller forms are made from the
        // largest.
        using var scaled = Image.ThumbnailBuffer(
            upload, PictureLimits.Widths[^1], height: MaxHeightPixels, size: Enums.Size.Down, outputProfile: "srgb",
            failOn: Enums.FailOn.Error);
        using var opaque = scaled.HasAlpha() ? scaled.Flatten(background: [255, 255, 255]) : scaled.Copy();
        using var largest = opaque.CopyMemory();
        var variants = new List<PictureVariant>();
        foreach (var width in PictureLimits.Widths)
        {
            using var pixels = largest.Width > width
                ? largest.ThumbnailImage(width, height: MaxHeightPixels)
                : largest.Copy();
            variants.Add(new PictureVariant(width, PictureFormat.Jpeg, pixels.JpegsaveBuffer(
                q: PictureLimits.QualityPercent, optimizeCoding: true, interlace: true, keep: Enums.ForeignKeep.None)));
            variants.Add(new PictureVariant(width, PictureFormat.WebP, pixels.WebpsaveBuffer(
                q: PictureLimits.QualityPercent, keep: Enums.ForeignKeep.None)));
            if (largest.Width <= width)
                break; // the larger ones would be the same
        }

        var id = IdOf(organisationId, upload);
        return (new EncodedPicture(id, largest.Width, largest.Height, MeanOf(largest), variants), null);
    }

    /// <summary>
    /// The formats that are taken, by their signatures; nothing that runs, refers to files or has pages.
    /// </summary>
    private static bool IsPicture(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])
        || (file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8))
        || (file.Length > 12 && file[4..].StartsWith("ftypavif"u8));

    /// <summary>
    /// The decoder fills what is missing with grey and says nothing. Neither marker occurs in the data between them
    /// (ITU-T T.81, B.1.1.5); a thumbnail in front ends before the picture begins.
    /// </summary>
    private static bool IsCutJpeg(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> startOfScan = [0xFF, 0xDA];
        ReadOnlySpan<byte> endOfImage = [0xFF, 0xD9];
        return file[0] == 0xFF && file.LastIndexOf(endOfImage) < file.LastIndexOf(startOfScan);
    }

    private static string MeanOf(Image pixels)
    {
        using var one = pixels.Resize(1.0 / pixels.Width, vscale: 1.0 / pixels.Height);
        var mean = one.Getpoint(0, 0);
        var (red, green, blue) = mean.Length >= 3 ? (mean[0], mean[1], mean[2]) : (mean[0], mean[0], mean[0]);
        return $"#{Byte(red):x2}{Byte(green):x2}{Byte(blue):x2}";

        static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
    }

    private static Guid IdOf(Guid organisationId, byte[] upload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(organisationId.ToByteArray());
        hash.AppendData(upload);
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16));
    }
}

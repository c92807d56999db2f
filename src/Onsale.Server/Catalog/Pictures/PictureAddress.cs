using System.Globalization;

namespace Onsale.Server.Catalog.Pictures;

/// <summary>
/// Addresses of uploaded pictures: /pictures/{id}/{width}.jpg and .webp. The id is of the content, so that browsers and
/// caches keep what they got for good. Any of <see cref="PictureLimits.Widths"/> can be asked for: where the picture is
/// smaller, its largest form is the answer.
/// </summary>
internal static class PictureAddress
{
    /// <summary>What all addresses begin with.</summary>
    public const string Directory = "/pictures/";

    // What reads no set of widths: messengers, search engines.
    private const int PlainWidth = 1600;

    /// <summary>The address that stands for the picture: a JPEG that is large enough for most.</summary>
    public static string Of(Guid id) => $"{Directory}{id:N}/{PlainWidth}.jpg";

    /// <summary>Id, width and format of an address's last parts; false: there is no such form.</summary>
    public static bool TryRead(string id, string file, out Guid picture, out int width, out PictureFormat format)
    {
        (width, format) = (0, PictureFormat.Jpeg);
        if (!Guid.TryParseExact(id, "N", out picture))
            return false;
        var dot = file.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !int.TryParse(file[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out width)
            || Array.IndexOf(PictureLimits.Widths, width) < 0)
        {
            return false;
        }

        format = file[dot..] == ".webp" ? PictureFormat.WebP : PictureFormat.Jpeg;
        return file[dot..] is ".webp" or ".jpg";
    }
}

/// <summary>Stored as a number: append only.</summary>
internal enum PictureFormat
{
    /// <summary>For everything that shows pictures.</summary>
    Jpeg = 0,

    /// <summary>Smaller; every browser of today.</summary>
    WebP = 1,
}

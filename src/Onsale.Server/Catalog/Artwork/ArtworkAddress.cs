using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Onsale.Server.Catalog.Artwork;

/// <summary>
/// The addresses of an event's drawn picture. They carry a version of all that the drawing is made of, so that browsers
/// and caches may keep what they got for good and still see a new drawing.
/// </summary>
internal static class ArtworkAddress
{
    public const string SvgExtension = ".svg";
    public const string PngExtension = ".png";

    private const string Directory = "/artwork/";

    /// <summary>For pages: sharp in any size.</summary>
    public static string SvgOf(Guid eventId, string category) => AddressOf(eventId, category, SvgExtension);

    /// <summary>For messengers and search engines, which show no SVG: 1200 × 630 pixels.</summary>
    public static string PngOf(Guid eventId, string category) => AddressOf(eventId, category, PngExtension);

    /// <summary>Whether a picture's address is one of these.</summary>
    public static bool IsDrawn(string address) => address.StartsWith(Directory, StringComparison.Ordinal);

    /// <summary>Moves when the same event would be drawn differently.</summary>
    public static string VersionOf(string category) =>
        XxHash32.HashToUInt32(Encoding.UTF8.GetBytes($"{ArtworkDrawing.Style}/{category}"))
            .ToString("x8", CultureInfo.InvariantCulture);

    private static string AddressOf(Guid eventId, string category, string extension) =>
        $"{Directory}{eventId}{extension}?v={VersionOf(category)}";
}

using Onsale.Server.Catalog.Pictures;

namespace Onsale.Server.Catalog.Events;

/// <summary>An organiser's picture of an event.</summary>
/// <param name="Base">
/// What its addresses begin with: a width and <c>.webp</c> or <c>.jpg</c> follow, such as <c>{base}960.webp</c>.
/// </param>
/// <param name="Widths">The widths that there are, pixels; the picture itself may be smaller.</param>
/// <param name="FocusX">The point that stays in view when sides are cut off: percent from the left.</param>
/// <param name="FocusY">And from the top.</param>
/// <param name="Colour">To be shown until it has come: CSS hex.</param>
internal sealed record EventImage(string Base, IReadOnlyList<int> Widths, int FocusX, int FocusY, string Colour)
{
    /// <summary>Where the point is that nobody has set: percent.</summary>
    public const int Middle = 50;

    private const string Grey = "#808080";

    /// <summary>Null for an event without a picture of its own, or with one elsewhere.</summary>
    public static EventImage? Of(string? url, short? focusX, short? focusY, string? colour) =>
        url is not null && url.StartsWith(PictureAddress.Directory, StringComparison.Ordinal)
            ? new EventImage(
                url[..(url.LastIndexOf('/') + 1)], PictureLimits.Widths, focusX ?? Middle, focusY ?? Middle,
                colour ?? Grey)
            : null;
}

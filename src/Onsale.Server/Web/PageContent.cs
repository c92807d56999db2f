using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.Presenters;

namespace Onsale.Server.Web;

/// <summary>
/// The first views that are drawn while the app is built: files <c>shells/{name}.{language}.html</c>.
/// </summary>
internal static class Shells
{
    public const string Start = "start";
    public const string Events = "events";
    public const string Event = "event";
    public const string PickSeats = "pick-seats";
    public const string PickQuantities = "pick-quantities";
    public const string Login = "login";
    public const string Register = "register";

    public static readonly string[] All = [Start, Events, Event, PickSeats, PickQuantities, Login, Register];
}

/// <summary>A picture of a first view.</summary>
/// <param name="Address">For who takes no set.</param>
/// <param name="Image">Its forms, where the organiser has uploaded it.</param>
internal sealed record PagePicture(string Address, EventImage? Image)
{
    /// <summary>What the app asks for too, so that it is fetched once: see web/src/ui/artwork.tsx.</summary>
    public string Attributes => Image is null
        ? $"src=\"{EventHead.Encode(Address)}\""
        : $"src=\"{EventHead.Encode(Address)}\" srcset=\"{SetOf(Image)}\" sizes=\"(min-width: 60em) 50vw, 100vw\"";

    private static string SetOf(EventImage image) => EventHead.Encode(
        string.Join(", ", image.Widths.Select(width => $"{image.Base}{width}.webp {width}w")));
}

/// <summary>What a page shows first, and the answers of the API that its first view would otherwise ask for.</summary>
/// <param name="Shell">One of <see cref="Shells"/>; null for none.</param>
/// <param name="Event">The event that the page is about.</param>
/// <param name="Pictures">The first pictures, in the order in which they are seen.</param>
/// <param name="Data">JSON for the app.</param>
internal sealed record PageContent(
    string? Shell = null, EventDetails? Event = null, IReadOnlyList<PagePicture>? Pictures = null, byte[]? Data = null)
{
    /// <summary>The venue that the page is about.</summary>
    public PublicVenue? Venue { get; init; }

    /// <summary>The organiser that the page is about.</summary>
    public PublicOrganiser? Organiser { get; init; }
}

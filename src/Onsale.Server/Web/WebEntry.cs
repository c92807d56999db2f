using System.Collections.Frozen;

namespace Onsale.Server.Web;

/// <summary>
/// A web app with a build of its own, so that nobody loads what only others use. Each has a page, and a manifest of its
/// files beside it.
/// </summary>
/// <param name="Page">The built page, beside the files.</param>
/// <param name="Manifest">Which source became which files.</param>
/// <param name="Catalogues">The folders of its texts, one file a language.</param>
/// <param name="Shells">The first views that the build drew.</param>
internal sealed record WebEntry(
    string Page, string Manifest, IReadOnlyList<string> Catalogues, IReadOnlyList<string> Shells)
{
    /// <summary>The first part of all addresses of the organisers' pages.</summary>
    public const string OrganiseRoot = "organise";

    /// <summary>The address of the door's app.</summary>
    public const string DoorRoot = "door";

    /// <summary>Pages of the organisers' build that are no organisation's.</summary>
    public static readonly FrozenSet<string> OperationRoots =
        new[] { "operate", "status" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>For buyers, at all other addresses.</summary>
    public static WebEntry Shop { get; } = new(
        "index.html", "manifest.json", ["src/i18n/catalogues"], Web.Shells.All);

    /// <summary>For organisers, at <c>/organise</c> and below, and at <see cref="OperationRoots"/>.</summary>
    public static WebEntry Organise { get; } = new(
        "organise.html", "organise-manifest.json", ["src/i18n/catalogues", "src/organise/i18n/catalogues"], []);

    /// <summary>For devices at the door, at <c>/door</c> alone.</summary>
    public static WebEntry Door { get; } = new("door.html", "door-manifest.json", ["src/door/i18n/catalogues"], []);
}

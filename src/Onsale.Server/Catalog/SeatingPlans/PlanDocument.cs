using System.Collections.Frozen;
using Onsale.Inventory.Seating;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>
/// A seating plan as pretix's open format has it (<c>seating-plan.schema.json</c>), member by member, so that reading
/// and writing loses nothing. An optional member that is absent or null is null here. Positions are in pixels, x to the
/// right and y down; a row's is relative to its zone, a seat's to its row, an area's to its zone.
/// </summary>
internal sealed record PlanDocument(
    string Name, IReadOnlyList<PlanZone> Zones, IReadOnlyList<PlanCategory> Categories, PlanSize Size)
{
    /// <summary>
    /// What pretix's format cannot say, in the member <c>onsale</c> of the file: the ids of the seats that have an
    /// attribute, in the file's order. None where the file has no such member.
    /// </summary>
    public IReadOnlyDictionary<SeatAttributes, IReadOnlyList<string>> SeatsByAttribute { get; init; } =
        FrozenDictionary<SeatAttributes, IReadOnlyList<string>>.Empty;

    /// <summary>What buyers should read about seats, also of the member <c>onsale</c>.</summary>
    public IReadOnlyList<PlanNote> Notes { get; init; } = [];

    /// <summary>Where everybody looks; null: what the captions say, see <see cref="PlanShapes"/>.</summary>
    public PlanPoint? FocalPoint { get; init; }

    /// <summary>The floors of the house, in their order.</summary>
    public IReadOnlyList<PlanFloor> Floors { get; init; } = [];

    /// <summary>Pictures that stand for captions.</summary>
    public IReadOnlyList<PlanIcon> Icons { get; init; } = [];

    /// <summary>Without what pretix's format does not have.</summary>
    public PlanDocument WithoutOwn() => new(Name, Zones, Categories, Size);

    public int SeatCount => Zones.Sum(zone => zone.Rows.Sum(row => row.Seats.Count));
}

internal sealed record PlanZone(
    string? Name, string? ZoneId, string? Uuid, PlanPoint Position, IReadOnlyList<PlanRow> Rows,
    IReadOnlyList<PlanArea>? Areas);

internal sealed record PlanRow(
    string RowNumber, string? RowLabel, string? SeatLabel, string? Uuid, string? RowNumberPosition,
    PlanPoint? Position, IReadOnlyList<PlanSeat> Seats);

internal sealed record PlanSeat(
    string SeatGuid, string SeatNumber, string? Uuid, string? StartDirection, int? Radius, PlanPoint Position,
    string Category);

internal sealed record PlanArea(
    string? Color, string? BorderColor, double? Rotation, PlanPoint? Position, string? Uuid, string? Shape,
    IReadOnlyList<PlanPoint>? Polygon, PlanSize? Rectangle, PlanPoint? Ellipse, int? CircleRadius, PlanCaption? Text);

internal sealed record PlanCaption(string Text, string? Color, int? Size, PlanPoint Position);

internal sealed record PlanCategory(string Name, string? Color);

internal sealed record PlanSize(int Width, int Height);

/// <summary>A text about seats, by their ids.</summary>
internal sealed record PlanNote(string Text, IReadOnlyList<string> Seats);

/// <summary>A floor with its zones, by their UUIDs.</summary>
internal sealed record PlanFloor(string Name, IReadOnlyList<string> Zones);

/// <summary>What an area's caption says, as a picture.</summary>
/// <param name="Area">The area's UUID.</param>
/// <param name="Icon">One of <see cref="PlanIcons.All"/>.</param>
internal sealed record PlanIcon(string Area, string Icon);

/// <summary>The pictures that there are.</summary>
internal static class PlanIcons
{
    public static IReadOnlyList<string> All { get; } =
        ["entrance", "exit", "bar", "lift", "toilet", "firstAid", "cloakroom"];
}

internal readonly record struct PlanPoint(double X, double Y)
{
    public static PlanPoint operator +(PlanPoint left, PlanPoint right) => new(left.X + right.X, left.Y + right.Y);

    public double DistanceTo(PlanPoint other) => double.Hypot(X - other.X, Y - other.Y);
}

/// <summary>What is wrong with a plan file, and where.</summary>
/// <param name="Place">A JSON pointer (RFC 6901), or "line 3, column 7" where the text is not JSON at all.</param>
/// <param name="Message">Why, in words for the person who corrects the file.</param>
internal sealed record PlanError(string Place, string Message)
{
    public override string ToString() => $"{(Place.Length == 0 ? "the file" : Place)}: {Message}";
}

/// <summary>A document, or the reasons why there is none.</summary>
internal sealed record PlanReading(PlanDocument? Document, IReadOnlyList<PlanError> Faults);

using System.Text.Json.Serialization;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>
/// The static plan of an event, for drawing and picking. It never changes for one ETag; what is free comes from
/// <c>availability</c>, by ordinal. Positions are in the plan's pixels, x to the right and y down.
/// </summary>
/// <param name="Name">Name of the seating plan.</param>
/// <param name="SeatCount">Number of seats; their ordinals are 0 … seatCount − 1.</param>
/// <param name="SeatRadius">Radius of a seat's circle, unless its row says otherwise.</param>
/// <param name="Bounds">The box around everything drawn.</param>
/// <param name="FocalPoint">Where everybody looks: the stage or pitch.</param>
/// <param name="Tiers">The event's tiers; seats and areas refer to them by index.</param>
/// <param name="Sections">Sections in the order of ordinals.</param>
/// <param name="Areas">Stage, standing areas and decoration, to be drawn in this order beneath the seats.</param>
/// <param name="Notes">What buyers should read about some seats; absent where there is nothing.</param>
internal sealed record SeatMap(
    string Name, int SeatCount, int SeatRadius, SeatMapBounds Bounds, SeatMapPoint FocalPoint,
    IReadOnlyList<SeatMapTier> Tiers, IReadOnlyList<SeatMapSection> Sections, IReadOnlyList<SeatMapArea> Areas,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SeatMapNote>? Notes = null);

/// <summary>A text about some seats, such as why the view is restricted.</summary>
/// <param name="Seats">Their ordinals.</param>
internal sealed record SeatMapNote(string Text, IReadOnlyList<int> Seats);

/// <summary>A tier, as far as a map needs it; its price is the event's.</summary>
/// <param name="Id">The tier's id.</param>
/// <param name="Name">"Balcony".</param>
/// <param name="Colour">"#7c3aed".</param>
internal sealed record SeatMapTier(Guid Id, string Name, string Colour);

/// <summary>A block of rows.</summary>
/// <param name="Name">"Orchestra"; empty where the plan names none.</param>
/// <param name="Outline">Convex polygon around its seats: x0, y0, x1, y1, …</param>
/// <param name="Rows">Rows in the order of ordinals.</param>
/// <param name="Floor">"Upper circle"; absent where the plan says nothing of floors.</param>
internal sealed record SeatMapSection(
    string Name, double[] Outline, IReadOnlyList<SeatMapRow> Rows,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Floor = null);

/// <summary>A row as columns: element i of each array belongs to the seat with the ordinal first + i.</summary>
/// <param name="First">Ordinal of the row's first seat.</param>
/// <param name="Name">"C".</param>
/// <param name="Label">"Orchestra, row C"; a seat's label is this, ", " and its seatFormat.</param>
/// <param name="SeatFormat">How a seat is called, %s being its number; absent means "seat %s".</param>
/// <param name="Radius">Radius of these seats, where it is not the map's.</param>
/// <param name="Tier">Index of the tier of all seats of the row; absent where they differ.</param>
/// <param name="Tiers">Index of each seat's tier; absent where all are the same.</param>
/// <param name="Aisles">
/// Indexes i in this row after which seat i + 1 is not beside seat i; absent where all are.
/// </param>
/// <param name="Attributes">
/// Each seat's attributes as bits: 1 wheelchair, 2 companion, 4 restricted view, 8 aisle; absent where none has any.
/// </param>
/// <param name="X">Each seat's centre, across.</param>
/// <param name="Y">Each seat's centre, down.</param>
/// <param name="Numbers">Each seat's number, as printed.</param>
internal sealed record SeatMapRow(
    int First,
    string Name,
    string Label,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SeatFormat,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Radius,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Tier,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int[]? Tiers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int[]? Aisles,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int[]? Attributes,
    double[] X,
    double[] Y,
    string[] Numbers);

/// <summary>Something drawn that is no seat.</summary>
/// <param name="Kind">What it is to a buyer.</param>
/// <param name="Caption">"Stage"; may be empty.</param>
/// <param name="CaptionAt">Centre of the caption.</param>
/// <param name="Outline">Polygon: x0, y0, x1, y1, …; empty for a bare caption.</param>
/// <param name="Colour">Fill, as CSS has it; absent where the plan gives none.</param>
/// <param name="BorderColour">Border, as CSS has it; absent where the plan gives none.</param>
/// <param name="Tier">Index of the tier that a standing area sells.</param>
internal sealed record SeatMapArea(
    SeatMapAreaKind Kind, string Caption, SeatMapPoint CaptionAt, double[] Outline,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Colour,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? BorderColour,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Tier);

/// <summary>What an area is to a buyer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SeatMapAreaKind>))]
internal enum SeatMapAreaKind
{
    /// <summary>Decoration: a bar, an entrance, a caption.</summary>
    [JsonStringEnumMemberName("other")]
    Other = 0,

    /// <summary>The stage, pitch, court or ring.</summary>
    [JsonStringEnumMemberName("stage")]
    Stage = 1,

    /// <summary>Places by quantity of one tier.</summary>
    [JsonStringEnumMemberName("standing")]
    Standing = 2,
}

/// <summary>A position in the plan's pixels.</summary>
internal sealed record SeatMapPoint(double X, double Y);

/// <summary>A box in the plan's pixels.</summary>
internal sealed record SeatMapBounds(double Left, double Top, double Right, double Bottom);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SeatMap))]
internal sealed partial class SeatMapJson : JsonSerializerContext;

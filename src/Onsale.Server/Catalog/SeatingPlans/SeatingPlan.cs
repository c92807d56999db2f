using Onsale.Inventory.Seating;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>
/// A seating plan ready for use: immutable, shared by all events and readers, and compact (about 18 bytes a seat with
/// the layout it gives the core). Seats have ordinals 0 … SeatCount − 1, section by section, row by row, along the row;
/// labels are put together on demand from the few distinct names and numbers.
/// </summary>
internal sealed class SeatingPlan
{
    /// <summary>How a seat is called where the plan says nothing.</summary>
    public const string DefaultSeatFormat = "seat %s";

    private readonly SeatingPlanColumns _columns;

    internal SeatingPlan(
        string name, string contentHash, IReadOnlyList<PlanCategory> categories, IReadOnlyList<PlanShape> shapes,
        PlanPoint focalPoint, PlanBounds bounds, SeatingPlanColumns columns)
    {
        (Name, ContentHash, Categories, Shapes) = (name, contentHash, categories, shapes);
        (FocalPoint, Bounds, _columns) = (focalPoint, bounds, columns);
    }

    public string Name { get; }

    /// <summary>SHA-256 of the canonical document: equal plans have equal hashes.</summary>
    public string ContentHash { get; }

    public int SeatCount => _columns.X.Length;

    public int RowCount => _columns.RowStarts.Length;

    /// <summary>The zones that have seats.</summary>
    public IReadOnlyList<PlanSection> Sections => _columns.Sections;

    public IReadOnlyList<PlanCategory> Categories { get; }

    /// <summary>What is drawn beside seats: stage, standing areas, bars, captions.</summary>
    public IReadOnlyList<PlanShape> Shapes { get; }

    /// <summary>Where everybody looks: the stage or pitch. Best available means nearest to it.</summary>
    public PlanPoint FocalPoint { get; }

    /// <summary>The box around all seats and shapes.</summary>
    public PlanBounds Bounds { get; }

    public int RowStart(int row) => _columns.RowStarts[row];

    public int RowEnd(int row) => row + 1 < RowCount ? _columns.RowStarts[row + 1] : SeatCount;

    public int RowOf(int ordinal)
    {
        var index = Array.BinarySearch(_columns.RowStarts, ordinal);
        return index >= 0 ? index : ~index - 1;
    }

    public int SectionIndexOf(int row) => _columns.RowSections[row];

    /// <summary>"C": as the row is written at its end.</summary>
    public string RowName(int row) => _columns.RowNames[row];

    /// <summary>The drawn radius of the row's seats, in pixels.</summary>
    public int RowRadius(int row) => _columns.RowRadii[row];

    /// <summary>"Orchestra, row C": what precedes the seat in its label.</summary>
    public string RowLabel(int row)
    {
        var (section, label) = (SectionName(row), _columns.RowLabels[row]);
        return section.Length == 0 ? label : $"{section}, {label}";
    }

    /// <summary>How the row's seats are called: a format with %s for the number, usually "seat %s".</summary>
    public string SeatFormat(int row) => _columns.SeatFormats[row];

    public PlanPoint PositionOf(int ordinal) => new(_columns.X[ordinal], _columns.Y[ordinal]);

    /// <summary>What a buyer may need to know of a seat.</summary>
    public SeatAttributes AttributesOf(int ordinal) => _columns.Attributes?[ordinal] ?? SeatAttributes.None;

    /// <summary>What a buyer should read about the seat; null: nothing.</summary>
    public string? NoteOf(int ordinal) => _columns.Notes.GetValueOrDefault(ordinal);

    /// <summary>Each note with its seats, in the order of the first of them.</summary>
    public IReadOnlyList<(string Text, IReadOnlyList<int> Seats)> Notes =>
        [.. _columns.Notes.OrderBy(note => note.Key)
            .GroupBy(note => note.Value, note => note.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<int>)[.. group]))];

    /// <summary>Index into <see cref="Categories"/>.</summary>
    public int CategoryOf(int ordinal) => _columns.Categories[ordinal];

    /// <summary>The index of a category by its name; −1 where the plan has none of that name.</summary>
    public int IndexOfCategory(string name)
    {
        for (var index = 0; index < Categories.Count; index++)
        {
            if (Categories[index].Name == name)
                return index;
        }

        return -1;
    }

    /// <summary>"Orchestra".</summary>
    public string SectionOf(int ordinal) => SectionName(RowOf(ordinal));

    /// <summary>"C".</summary>
    public string RowNameOf(int ordinal) => RowName(RowOf(ordinal));

    /// <summary>"14".</summary>
    public string NumberOf(int ordinal) => _columns.Numbers[_columns.NumberIndexes[ordinal]];

    /// <summary>"Orchestra, row C, seat 14".</summary>
    public string LabelOf(int ordinal)
    {
        var row = RowOf(ordinal);
        return $"{RowLabel(row)}, {SeatFormat(row).Replace("%s", NumberOf(ordinal))}";
    }

    /// <summary>Seats of each category, by its index.</summary>
    public int[] CountByCategory()
    {
        var counts = new int[Categories.Count];
        foreach (var category in _columns.Categories)
            counts[category]++;
        return counts;
    }

    /// <summary>
    /// The plan as the core needs it for one event. Only the tiers are the event's own; every other column is shared
    /// by all events of the plan.
    /// </summary>
    /// <param name="tierNumberOfCategory">The event's tier number for each category that has seats.</param>
    public SeatLayout ToLayout(Func<string, int> tierNumberOfCategory)
    {
        var tierOf = new byte[Categories.Count];
        var counts = CountByCategory();
        for (var category = 0; category < tierOf.Length; category++)
        {
            if (counts[category] > 0)
                tierOf[category] = checked((byte)tierNumberOfCategory(Categories[category].Name));
        }

        var tiers = new byte[SeatCount];
        for (var ordinal = 0; ordinal < tiers.Length; ordinal++)
            tiers[ordinal] = tierOf[_columns.Categories[ordinal]];
        return new SeatLayout(
            tiers, _columns.RowStarts, _columns.RowSections, _columns.Distances, _columns.AdjacentToNext,
            _columns.Attributes);
    }

    private string SectionName(int row) => _columns.Sections[_columns.RowSections[row]].Name;
}

/// <summary>A zone that has seats: its rows are FirstRow … FirstRow + RowCount − 1.</summary>
internal sealed record PlanSection(string Name, int FirstRow, int RowCount, string? Floor = null);

/// <summary>Something drawn: an outline in absolute positions (empty for a bare caption) and its caption.</summary>
internal sealed record PlanShape(
    string Caption, PlanPoint CaptionAt, IReadOnlyList<PlanPoint> Outline, string? Color, string? BorderColor);

internal readonly record struct PlanBounds(double Left, double Top, double Right, double Bottom);

/// <summary>The plan's columns: one element a seat, or one a row.</summary>
internal sealed class SeatingPlanColumns
{
    public required float[] X { get; init; }

    public required float[] Y { get; init; }

    public required float[] Distances { get; init; }

    public required bool[] AdjacentToNext { get; init; }

    public required byte[] Categories { get; init; }

    public required ushort[] NumberIndexes { get; init; }

    public string[] Numbers { get; set; } = [];

    /// <summary>Null where no seat of the plan has any.</summary>
    public SeatAttributes[]? Attributes { get; init; }

    /// <summary>By ordinal, of the few seats that have one.</summary>
    public Dictionary<int, string> Notes { get; } = [];

    public required int[] RowStarts { get; init; }

    public required short[] RowSections { get; init; }

    public required string[] RowNames { get; init; }

    public required string[] RowLabels { get; init; }

    public required string[] SeatFormats { get; init; }

    public required int[] RowRadii { get; init; }

    public PlanSection[] Sections { get; set; } = [];
}

using Onsale.Inventory.Seating;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>Turns a document into the compact <see cref="SeatingPlan"/>.</summary>
internal sealed class SeatingPlanCompiler
{
    private const int DefaultSeatRadiusPixels = 10;

    private readonly PlanDocument _document;
    private readonly PlanPoint _focalPoint;
    private readonly Dictionary<string, int> _numberIndexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte> _categoryIndexes;
    private readonly List<string> _numbers = [];
    private readonly List<PlanSection> _sections = [];
    private readonly SeatingPlanColumns _columns;
    private readonly Dictionary<string, SeatAttributes> _attributes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _notes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _floors = new(StringComparer.Ordinal);
    private int _seat;
    private int _row;

    private SeatingPlanCompiler(PlanDocument document, PlanPoint focalPoint)
    {
        (_document, _focalPoint) = (document, focalPoint);
        _categoryIndexes = document.Categories
            .Select((category, index) => (category.Name, index))
            .ToDictionary(pair => pair.Name, pair => (byte)pair.index, StringComparer.Ordinal);
        foreach (var (attribute, ids) in document.SeatsByAttribute)
        {
            foreach (var id in ids)
                _attributes[id] = _attributes.GetValueOrDefault(id) | attribute;
        }

        foreach (var (text, ids) in document.Notes)
        {
            foreach (var id in ids)
                _notes[id] = text;
        }

        foreach (var (name, zones) in document.Floors)
        {
            foreach (var zone in zones)
                _floors[zone] = name;
        }

        var seats = document.SeatCount;
        // A row without seats is kept in the document, but there is nothing to sell in it.
        var rows = document.Zones.Sum(zone => zone.Rows.Count(row => row.Seats.Count > 0));
        _columns = new SeatingPlanColumns
        {
            X = new float[seats],
            Y = new float[seats],
            Distances = new float[seats],
            AdjacentToNext = new bool[seats],
            Categories = new byte[seats],
            NumberIndexes = new ushort[seats],
            Attributes = _attributes.Count == 0 ? null : new SeatAttributes[seats],
            RowStarts = new int[rows],
            RowSections = new short[rows],
            RowNames = new string[rows],
            RowLabels = new string[rows],
            SeatFormats = new string[rows],
            RowRadii = new int[rows],
        };
    }

    /// <param name="document">A document that <see cref="PlanJsonReader"/> accepts.</param>
    public static SeatingPlan Compile(PlanDocument document) =>
        Compile(document, PlanJsonWriter.Hash(PlanJsonWriter.Write(document)));

    /// <param name="document">A document that <see cref="PlanJsonReader"/> accepts.</param>
    /// <param name="contentHash">The document's hash, where it is known already.</param>
    public static SeatingPlan Compile(PlanDocument document, string contentHash)
    {
        var shapes = PlanShapes.Of(document);
        var focalPoint = document.FocalPoint ?? PlanShapes.FocalPointOf(shapes, document.Size);
        return new SeatingPlanCompiler(document, focalPoint).Compile(contentHash, shapes);
    }

    private SeatingPlan Compile(string contentHash, List<PlanShape> shapes)
    {
        foreach (var zone in _document.Zones)
            CompileZone(zone);
        (_columns.Numbers, _columns.Sections) = ([.. _numbers], [.. _sections]);
        return new SeatingPlan(
            _document.Name, contentHash, _document.Categories, shapes, _focalPoint, BoundsOf(_columns, shapes),
            _columns);
    }

    private void CompileZone(PlanZone zone)
    {
        var rows = zone.Rows.Where(row => row.Seats.Count > 0).ToList();
        if (rows.Count == 0)
            return;

        var ordered = rows.ConvertAll(row => PlanRowOrder.Along(row.Seats));
        var spacing = PlanRowOrder.TypicalGap(ordered);
        var floor = zone.Uuid is { } uuid ? _floors.GetValueOrDefault(uuid) : null;
        _sections.Add(new PlanSection(Intern(zone.Name ?? zone.ZoneId ?? ""), _row, rows.Count, floor));
        for (var index = 0; index < rows.Count; index++)
            CompileRow(rows[index], ordered[index], zone.Position + (rows[index].Position ?? default), spacing);
    }

    private void CompileRow(PlanRow row, PlanSeat[] seats, PlanPoint origin, double sectionSpacing)
    {
        _columns.RowStarts[_row] = _seat;
        _columns.RowSections[_row] = checked((short)(_sections.Count - 1));
        _columns.RowNames[_row] = Intern(row.RowNumber);
        _columns.RowLabels[_row] = Intern(
            string.IsNullOrWhiteSpace(row.RowLabel) ? $"row {row.RowNumber}" : row.RowLabel);
        _columns.SeatFormats[_row] = Intern(
            string.IsNullOrWhiteSpace(row.SeatLabel) ? SeatingPlan.DefaultSeatFormat : row.SeatLabel);
        _columns.RowRadii[_row] = seats.Max(seat => seat.Radius ?? DefaultSeatRadiusPixels);
        PlanRowOrder.MarkAdjacent(seats, sectionSpacing, _columns.AdjacentToNext.AsSpan(_seat, seats.Length));
        foreach (var seat in seats)
        {
            var position = origin + seat.Position;
            _columns.X[_seat] = (float)position.X;
            _columns.Y[_seat] = (float)position.Y;
            _columns.Distances[_seat] = (float)position.DistanceTo(_focalPoint);
            _columns.Categories[_seat] = _categoryIndexes[seat.Category];
            _columns.NumberIndexes[_seat] = NumberIndexOf(seat.SeatNumber);
            if (_columns.Attributes is { } attributes)
                attributes[_seat] = _attributes.GetValueOrDefault(seat.SeatGuid);
            if (_notes.TryGetValue(seat.SeatGuid, out var note))
                _columns.Notes.Add(_seat, note);
            _seat++;
        }

        _row++;
    }

    private ushort NumberIndexOf(string number)
    {
        if (!_numberIndexes.TryGetValue(number, out var index))
        {
            index = _numbers.Count;
            _numberIndexes.Add(number, index);
            _numbers.Add(number);
        }

        return checked((ushort)index);
    }

    private string Intern(string name)
    {
        if (_names.TryGetValue(name, out var known))
            return known;
        _names.Add(name, name);
        return name;
    }

    private static PlanBounds BoundsOf(SeatingPlanColumns columns, List<PlanShape> shapes)
    {
        var (left, top) = (double.PositiveInfinity, double.PositiveInfinity);
        var (right, bottom) = (double.NegativeInfinity, double.NegativeInfinity);
        for (var row = 0; row < columns.RowStarts.Length; row++)
        {
            var end = row + 1 < columns.RowStarts.Length ? columns.RowStarts[row + 1] : columns.X.Length;
            for (var seat = columns.RowStarts[row]; seat < end; seat++)
                Include(columns.X[seat], columns.Y[seat], columns.RowRadii[row]);
        }

        foreach (var shape in shapes)
        {
            Include(shape.CaptionAt.X, shape.CaptionAt.Y, 0);
            foreach (var point in shape.Outline)
                Include(point.X, point.Y, 0);
        }

        return left > right ? default : new PlanBounds(left, top, right, bottom);

        void Include(double x, double y, double radius)
        {
            (left, right) = (Math.Min(left, x - radius), Math.Max(right, x + radius));
            (top, bottom) = (Math.Min(top, y - radius), Math.Max(bottom, y + radius));
        }
    }
}

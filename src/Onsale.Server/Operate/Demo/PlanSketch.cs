using System.Collections.Frozen;
using Onsale.Inventory.Seating;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Operate.Demo;

/// <summary>Draws a plan in metres, the stage at the top, and gives it as a document in pixels.</summary>
internal sealed class PlanSketch(string name)
{
    /// <summary>A seat's circle of 20 pixels is then 40 cm wide, and seats half a metre apart stand 25 apart.</summary>
    public const double PixelsPerMetre = 50;

    private const double MarginMetres = 3;

    private readonly List<PlanCategory> _categories = [];
    private readonly List<ZoneSketch> _zones = [];

    public PlanSketch Category(string categoryName, string colour)
    {
        _categories.Add(new PlanCategory(categoryName, colour));
        return this;
    }

    public ZoneSketch Zone(string zoneName)
    {
        var zone = new ZoneSketch(zoneName, $"z{_zones.Count + 1}");
        _zones.Add(zone);
        return zone;
    }

    public int SeatCount => _zones.Sum(zone => zone.SeatCount);

    /// <summary>The document, moved so that everything lies right of and below the origin.</summary>
    public PlanDocument Build()
    {
        var points = _zones.SelectMany(zone => zone.Points).ToList();
        var origin = new PlanPoint(
            points.Min(p => p.X) - MarginMetres, points.Min(p => p.Y) - MarginMetres);
        var size = new PlanSize(
            Pixels(points.Max(p => p.X) - origin.X + MarginMetres),
            Pixels(points.Max(p => p.Y) - origin.Y + MarginMetres));
        return new PlanDocument(name, [.. _zones.Select(zone => zone.Build(origin))], _categories, size)
        {
            SeatsByAttribute = _zones.SelectMany(zone => zone.Marks)
                .GroupBy(mark => mark.Attribute, mark => mark.SeatId)
                .ToFrozenDictionary(seats => seats.Key, seats => (IReadOnlyList<string>)[.. seats]),
        };
    }

    internal static int Pixels(double metres) => (int)Math.Round(metres * PixelsPerMetre);
}

/// <summary>One zone of a sketch.</summary>
internal sealed class ZoneSketch(string name, string id)
{
    private readonly List<RowSketch> _rows = [];
    private readonly List<AreaSketch> _areas = [];
    private readonly List<(string SeatId, SeatAttributes Attribute)> _marks = [];

    public int SeatCount => _rows.Sum(row => row.Places.Count);

    internal IEnumerable<PlanPoint> Points =>
        _rows.SelectMany(row => row.Places).Concat(_areas.SelectMany(area => area.Corners));

    /// <summary>A row with its places from left to right, numbered from 1.</summary>
    public ZoneSketch Row(
        string number, string category, IEnumerable<PlanPoint> places, string? label = null, string? seatLabel = null)
    {
        _rows.Add(new RowSketch(number, category, [.. places], label, seatLabel));
        return this;
    }

    /// <summary>
    /// The row's first place, and its last where there are six, is for a wheelchair, the one beside it for a companion.
    /// </summary>
    public ZoneSketch Accessible(string row)
    {
        var places = _rows.Single(one => one.Number == row).Places.Count;
        Mark(1, SeatAttributes.Wheelchair);
        Mark(2, SeatAttributes.Companion);
        if (places >= 6)
        {
            Mark(places, SeatAttributes.Wheelchair);
            Mark(places - 1, SeatAttributes.Companion);
        }

        return this;

        void Mark(int place, SeatAttributes attribute) => _marks.Add((SeatId(row, place), attribute));
    }

    /// <summary>The ends of a row see the stage from the side only.</summary>
    public ZoneSketch RestrictedAtEnds(string row, int places)
    {
        var count = _rows.Single(one => one.Number == row).Places.Count;
        for (var place = 1; place <= places; place++)
        {
            _marks.Add((SeatId(row, place), SeatAttributes.RestrictedView));
            _marks.Add((SeatId(row, count + 1 - place), SeatAttributes.RestrictedView));
        }

        return this;
    }

    /// <summary>A row of fewer places is a box or a table, which one reaches from all sides.</summary>
    private const int AisleRowPlaces = 6;

    /// <summary>Neighbours stand closer than this, in seat widths.</summary>
    private const double NeighbourSeats = 1.5;

    internal IEnumerable<(string SeatId, SeatAttributes Attribute)> Marks => _marks.Concat(AisleMarks());

    /// <summary>The ends of rows, and the places on both sides of a gap.</summary>
    private IEnumerable<(string SeatId, SeatAttributes Attribute)> AisleMarks()
    {
        foreach (var (number, places) in _rows.Select(row => (row.Number, row.Places)))
        {
            if (places.Count < AisleRowPlaces)
                continue;
            for (var place = 0; place < places.Count; place++)
            {
                if (IsGap(places, place - 1) || IsGap(places, place))
                    yield return (SeatId(number, place + 1), SeatAttributes.Aisle);
            }
        }

        static bool IsGap(List<PlanPoint> places, int left) => left < 0 || left + 1 >= places.Count
            || places[left].DistanceTo(places[left + 1]) > NeighbourSeats * Seating.SeatMetres;
    }

    private string SeatId(string row, int place) => $"{id}-{row}-{place}";

    public ZoneSketch Rectangle(
        string? caption, double left, double top, double width, double height, string colour, string textColour,
        double textMetres = 1.2) =>
        Polygon(caption, colour, textColour, textMetres,
            new(left, top), new(left + width, top), new(left + width, top + height), new(left, top + height));

    public ZoneSketch Polygon(
        string? caption, string colour, string textColour, double textMetres, params PlanPoint[] corners)
    {
        _areas.Add(new AreaSketch(caption, colour, textColour, textMetres, corners));
        return this;
    }

    /// <summary>Takes places away from the back, whole rows first: where a camera platform stands, say.</summary>
    public void RemoveFromBack(int places)
    {
        while (places > 0)
        {
            var last = _rows[^1];
            var taken = Math.Min(places, last.Places.Count);
            last.Places.RemoveRange(last.Places.Count - taken, taken);
            places -= taken;
            if (last.Places.Count == 0)
                _rows.RemoveAt(_rows.Count - 1);
        }
    }

    internal PlanZone Build(PlanPoint origin)
    {
        var first = Points.First();
        var (left, top) = (PlanSketch.Pixels(first.X - origin.X), PlanSketch.Pixels(first.Y - origin.Y));
        return new PlanZone(
            name, id, null, new PlanPoint(left, top), [.. _rows.Select(BuildRow)],
            _areas.Count == 0 ? null : [.. _areas.Select(BuildArea)]);

        PlanPoint Place(PlanPoint metres) =>
            new(PlanSketch.Pixels(metres.X - origin.X), PlanSketch.Pixels(metres.Y - origin.Y));

        PlanRow BuildRow(RowSketch row)
        {
            var start = Place(row.Places[0]);
            return new PlanRow(
                row.Number, row.Label, row.SeatLabel, null, "both", new PlanPoint(start.X - left, start.Y - top),
                [.. row.Places.Select((place, index) =>
                {
                    var position = Place(place);
                    return new PlanSeat(
                        SeatId(row.Number, index + 1), $"{index + 1}", null, null, null,
                        new PlanPoint(position.X - start.X, position.Y - start.Y), row.Category);
                })]);
        }

        PlanArea BuildArea(AreaSketch area)
        {
            var corners = Array.ConvertAll(area.Corners, Place);
            var start = corners[0];
            var centre = new PlanPoint(
                (corners.Min(p => p.X) + corners.Max(p => p.X)) / 2,
                (corners.Min(p => p.Y) + corners.Max(p => p.Y)) / 2);
            var caption = area.Caption is null
                ? null
                : new PlanCaption(area.Caption, area.TextColour, PlanSketch.Pixels(area.TextMetres),
                    new PlanPoint(centre.X - start.X, centre.Y - start.Y));
            return new PlanArea(
                area.Colour, area.Colour, 0, new PlanPoint(start.X - left, start.Y - top), null, "polygon",
                Array.ConvertAll(corners, p => new PlanPoint(p.X - start.X, p.Y - start.Y)), null, null, null, caption);
        }
    }

    private sealed record RowSketch(
        string Number, string Category, List<PlanPoint> Places, string? Label, string? SeatLabel);

    private sealed record AreaSketch(
        string? Caption, string Colour, string TextColour, double TextMetres, PlanPoint[] Corners);
}

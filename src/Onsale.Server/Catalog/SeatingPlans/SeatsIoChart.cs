using System.Globalization;
using System.Text.Json;
using Onsale.Inventory.Seating;
using static Onsale.Server.Catalog.SeatingPlans.SeatsIoJson;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>
/// Turns a chart of seats.io (the drawing that its API gives for a published chart) into a plan: sections, rows,
/// tables, general admission areas, booths, shapes, texts, icons, floors, the focal point, categories and what is said
/// of seats. What has no counterpart is named, each with its place.
/// </summary>
internal sealed class SeatsIoChart
{
    private const int SeatRadiusPixels = 10;
    private const string DefaultColour = "#d6d3cb";
    private const string StandingColour = "#c7d2fe";

    // What the reader uses, or what says nothing about the house: counters, versions, how the designer looks.
    private static readonly HashSet<string> s_chartMembers = new(StringComparer.Ordinal)
    {
        "name", "categories", "subChart", "floors", "zones", "version", "venueType", "tablesLabelCounter",
        "uuidCounter", "showAllButtons", "sectionScaleFactor", "socialDistancingRulesets",
    };

    private static readonly HashSet<string> s_drawnMembers = new(StringComparer.Ordinal)
    {
        "height", "width", "rows", "tables", "booths", "generalAdmissionAreas", "shapes", "texts", "icons", "sections",
        "focalPoint", "snapOffset", "backgroundImage",
    };

    private static readonly string[] s_seatFlags =
        ["hearingImpaired", "semiAmbulatorySeat", "signLanguageSeat", "plusSize", "liftUpArmrests"];

    private readonly List<PlanRepair> _notes = [];
    private readonly Dictionary<string, string> _categories = new(StringComparer.Ordinal);
    private readonly List<PlanCategory> _categoryList = [];
    private readonly List<PlanZone> _zones = [];
    private readonly Dictionary<SeatAttributes, List<string>> _attributes = [];
    private readonly Dictionary<string, List<string>> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _floors = new(StringComparer.Ordinal);
    private readonly List<PlanIcon> _icons = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private PlanPoint? _focalPoint;

    private SeatsIoChart()
    {
    }

    /// <summary>Reads a chart.</summary>
    /// <returns>
    /// The plan as its own file, and what was changed or has no counterpart; null: it is no such chart.
    /// </returns>
    public static (byte[] Plan, IReadOnlyList<PlanRepair> Notes)? Read(JsonElement chart)
    {
        if (chart.ValueKind != JsonValueKind.Object || !chart.TryGetProperty("subChart", out var drawn)
            || drawn.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var reader = new SeatsIoChart();
        var plan = reader.ReadChart(chart, drawn);
        return (PlanJsonWriter.Write(plan), reader._notes);
    }

    private PlanDocument ReadChart(JsonElement chart, JsonElement drawn)
    {
        NameUnknown(chart, s_chartMembers, "");
        ReadCategories(chart);
        foreach (var (floor, _) in Items(chart, "floors", ""))
            _floors.TryAdd(Text(floor, "name", "displayName", "label"), []);
        ReadDrawn(drawn, "/subChart", section: "", floor: "", origin: default);
        var sections = Items(drawn, "sections", "/subChart").ToList();
        foreach (var (section, place) in sections)
            ReadSection(section, place);
        var size = new PlanSize(Size(drawn, "width", 1200), Size(drawn, "height", 800));
        var name = Text(chart, "name") is { Length: > 0 } given ? given : "seats.io";
        return new PlanDocument(name, _zones, _categoryList, size)
        {
            SeatsByAttribute = _attributes.ToDictionary(
                one => one.Key, one => (IReadOnlyList<string>)one.Value),
            Notes = [.. _texts.Select(note => new PlanNote(note.Key, note.Value))],
            FocalPoint = _focalPoint,
            Floors = [.. _floors.Select(floor => new PlanFloor(floor.Key, floor.Value))],
            Icons = _icons,
        };
    }

    private void ReadCategories(JsonElement chart)
    {
        var owner = chart.TryGetProperty("categories", out var given) ? given : default;
        var list = owner.ValueKind == JsonValueKind.Array ? chart : owner;
        var member = owner.ValueKind == JsonValueKind.Array ? "categories" : "list";
        foreach (var (category, place) in Items(list, member, "/categories"))
        {
            var name = Text(category, "label", "name");
            if (name.Length == 0)
                name = $"Category {_categoryList.Count + 1}";
            for (var copy = 2; _categoryList.Exists(one => one.Name == name); copy++)
                name = string.Create(CultureInfo.InvariantCulture, $"{name} {copy}");
            _categories[Text(category, "key")] = name;
            _categoryList.Add(new PlanCategory(name, Text(category, "color") is { Length: > 0 } color ? color : null));
            if (Flag(category, "accessible"))
                Note($"{place}/accessible", "that a category is for wheelchairs is kept at its seats only.");
        }
    }

    private void ReadSection(JsonElement section, string place)
    {
        var label = Text(section, "label", "displayLabel", "name");
        var zone = Text(section, "zone");
        if (zone.Length > 0)
            Note($"{place}/zone", $"the zone \"{zone}\" has no counterpart; the section stays as it is.");
        foreach (var unknown in (string[])["entrance", "viewFromSeatUrl", "viewFromYourSeatThumbnail", "sectionView"])
        {
            if (Text(section, unknown).Length > 0)
                Note($"{place}/{unknown}", "has no counterpart.");
        }

        var origin = section.TryGetProperty("topLeft", out var corner) ? Point(corner) : default;
        if (section.TryGetProperty("subChart", out var drawn) && drawn.ValueKind == JsonValueKind.Object)
            ReadDrawn(drawn, $"{place}/subChart", label, Text(section, "floor"), origin);
        else
            Note(place, $"the section \"{label}\" has nothing drawn in it.");
    }

    private void ReadDrawn(JsonElement drawn, string place, string section, string floor, PlanPoint origin)
    {
        NameUnknown(drawn, s_drawnMembers, place);
        if (drawn.TryGetProperty("backgroundImage", out var image) && image.ValueKind == JsonValueKind.Object)
            Note($"{place}/backgroundImage", "a picture below the chart is not part of a plan.");
        if (origin == default && drawn.TryGetProperty("focalPoint", out var focus)
            && focus.ValueKind == JsonValueKind.Object)
        {
            _focalPoint = Point(focus);
        }

        List<PlanRow> rows = [];
        List<PlanArea> areas = [];
        foreach (var (row, rowPlace) in Items(drawn, "rows", place))
            rows.Add(ReadRow(row, rowPlace));
        foreach (var (table, tablePlace) in Items(drawn, "tables", place))
            ReadTable(table, tablePlace, rows, areas);
        foreach (var (area, areaPlace) in Items(drawn, "generalAdmissionAreas", place))
        {
            areas.Add(ReadArea(area, areaPlace, StandingColour));
            Note(areaPlace, $"\"{Text(area, "label")}\" is sold by a tier by quantity of that name; its capacity "
                + $"({Text(area, "capacity")}) is the tier's.");
        }

        foreach (var (booth, boothPlace) in Items(drawn, "booths", place))
        {
            areas.Add(ReadArea(booth, boothPlace, DefaultColour));
            Note(boothPlace, $"the booth \"{Text(booth, "label")}\" is drawn, and cannot be booked.");
        }

        foreach (var (shape, shapePlace) in Items(drawn, "shapes", place))
            areas.Add(ReadArea(shape, shapePlace, DefaultColour));
        foreach (var (text, _) in Items(drawn, "texts", place))
            areas.Add(ReadText(text));
        foreach (var (icon, iconPlace) in Items(drawn, "icons", place))
            ReadIcon(icon, iconPlace, areas);
        if (rows.Count == 0 && areas.Count == 0)
            return;
        var uuid = Id("zone");
        if (floor.Length > 0)
        {
            if (!_floors.TryGetValue(floor, out var zones))
                _floors.Add(floor, zones = []);
            zones.Add(uuid);
        }

        _zones.Add(new PlanZone(section.Length > 0 ? section : null, null, uuid, origin, rows, areas));
    }

    private PlanRow ReadRow(JsonElement row, string place)
    {
        var seats = Items(row, "seats", place).Select(seat => ReadSeat(seat.Node, seat.Place, row)).ToList();
        var label = Text(row, "label");
        return new PlanRow(
            label.Length > 0 ? label : "", null, null, Id(Text(row, "uuid") is { Length: > 0 } id ? id : "row"), null,
            null, seats);
    }

    private PlanSeat ReadSeat(JsonElement seat, string place, JsonElement row)
    {
        var id = Id(Text(seat, "uuid") is { Length: > 0 } uuid ? uuid : "seat");
        Mark(seat, id, SeatAttributes.Wheelchair, "accessible", "isAccessible");
        Mark(seat, id, SeatAttributes.Companion, "companionSeat", "isCompanionSeat");
        Mark(seat, id, SeatAttributes.RestrictedView, "restrictedView", "hasRestrictedView");
        foreach (var member in (string[])["disabledBySocialDistancingRules", "viewFromSeatUrl"])
        {
            if (Flag(seat, member) || Text(seat, member).Length > 0)
                Note($"{place}/{member}", "has no counterpart.");
        }

        foreach (var flag in s_seatFlags)
        {
            if (Flag(seat, flag))
                AddText(id, FlagText(flag));
        }

        if (Text(seat, "displayedRestriction", "restrictionNote", "extraData") is { Length: > 0 } note)
            AddText(id, note);
        return new PlanSeat(
            id, Text(seat, "label"), null, null, SeatRadiusPixels, Point(seat), CategoryOf(seat, row, place));
    }

    private void Mark(JsonElement seat, string id, SeatAttributes attribute, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (!Flag(seat, member))
                continue;
            if (!_attributes.TryGetValue(attribute, out var seats))
                _attributes.Add(attribute, seats = []);
            seats.Add(id);
            return;
        }
    }

    private void AddText(string id, string text)
    {
        if (!_texts.TryGetValue(text, out var seats))
            _texts.Add(text, seats = []);
        seats.Add(id);
    }

    private static string FlagText(string flag) => flag switch
    {
        "hearingImpaired" => "For people who hear badly",
        "semiAmbulatorySeat" => "For people who walk with difficulty",
        "signLanguageSeat" => "With a view of the sign language interpreter",
        "plusSize" => "A wide seat",
        _ => "The armrests lift up",
    };

    /// <summary>The seat's own category, else its row's or table's; one that is made up where there is none.</summary>
    private string CategoryOf(JsonElement seat, JsonElement owner, string place)
    {
        var key = Text(seat, "categoryKey", "category");
        if (key.Length == 0)
            key = Text(owner, "categoryKey", "category");
        if (_categories.TryGetValue(key, out var name))
            return name;
        var label = Text(seat, "categoryLabel");
        if (_categoryList.Exists(one => one.Name == label))
            return label;
        const string none = "Uncategorised";
        if (!_categoryList.Exists(one => one.Name == none))
            _categoryList.Add(new PlanCategory(none, null));
        Note(place, $"has no category of the chart; it is now of \"{none}\".");
        return none;
    }

    private void ReadTable(JsonElement table, string place, List<PlanRow> rows, List<PlanArea> areas)
    {
        var label = Text(table, "label");
        var uuid = Id("table");
        var centre = table.TryGetProperty("center", out var given) ? Point(given) : Point(table);
        var seats = Items(table, "seats", place).Select(seat => ReadSeat(seat.Node, seat.Place, table)).ToList();
        rows.Add(new PlanRow(label, $"Table {label}", "chair %s", uuid, null, null, seats));
        var caption = new PlanCaption(label, null, 14, default);
        var radius = (int)Math.Round(Number(table, "radius"));
        var (width, height) = (Math.Round(Number(table, "width")), Math.Round(Number(table, "height")));
        areas.Add(radius > 0 || width <= 0 || height <= 0
            ? new PlanArea(
                DefaultColour, null, null, centre, uuid, "circle", null, null, null, Math.Max(radius, 1), caption)
            : new PlanArea(
                DefaultColour, null, Rotation(table), centre, uuid, "polygon",
                Rectangle(width, height),
                null, null, null, caption));
        if (Text(table, "bookAsAWhole", "bookingMode") is "true" or "WHOLE" or "BY_TABLE")
            Note(place, $"the table \"{label}\" is booked as a whole there; here its chairs are sold one by one.");
    }

    private PlanArea ReadArea(JsonElement area, string place, string colour)
    {
        var label = Text(area, "label", "displayLabel");
        var fill = Text(area, "fillColor", "color") is { Length: > 0 } own ? own : colour;
        var points = Items(area, "points", place).Select(point => Point(point.Node)).ToList();
        if (points.Count > 2)
        {
            var origin = points[0];
            var corners = points.ConvertAll(point => new PlanPoint(point.X - origin.X, point.Y - origin.Y));
            return new PlanArea(
                fill, null, null, origin, Id("area"), "polygon", corners, null, null, null,
                Caption(label, Middle(corners)));
        }

        var centre = area.TryGetProperty("center", out var given) ? Point(given) : Point(area);
        var (width, height) = (Number(area, "width"), Number(area, "height"));
        var isRound = Text(area, "type") is "circle" or "ellipse" || Number(area, "radius") > 0;
        if (Number(area, "radius") is > 0 and var radius)
            (width, height) = (2 * radius, 2 * radius);
        if (width <= 0 || height <= 0)
        {
            Note(place, $"\"{label}\" has no outline that can be drawn; only its caption is.");
            return new PlanArea(
                null, null, null, centre, Id("area"), "text", null, null, null, null, Caption(label, default));
        }

        return isRound
            ? new PlanArea(
                fill, null, Rotation(area), centre, Id("area"), "ellipse", null, null,
                new PlanPoint(width / 2, height / 2), null, Caption(label, default))
            : new PlanArea(
                fill, null, Rotation(area), centre, Id("area"), "polygon",
                Rectangle(width, height),
                null, null, null, Caption(label, default));
    }

    private PlanArea ReadText(JsonElement text)
    {
        var at = text.TryGetProperty("centerX", out _)
            ? new PlanPoint(Number(text, "centerX"), Number(text, "centerY"))
            : Point(text);
        var size = (int)Math.Round(Number(text, "fontSize"));
        return new PlanArea(
            null, null, null, at, Id("text"), "text", null, null, null, null,
            new PlanCaption(Text(text, "text", "label"), null, size > 0 ? size : 16, default));
    }

    private void ReadIcon(JsonElement icon, string place, List<PlanArea> areas)
    {
        var name = Text(icon, "icon", "type", "name");
        var known = PlanIcons.All.FirstOrDefault(one => name.Contains(one, StringComparison.OrdinalIgnoreCase));
        known ??= name.Contains("restroom", StringComparison.OrdinalIgnoreCase) ? "toilet"
            : name.Contains("elevator", StringComparison.OrdinalIgnoreCase) ? "lift"
            : name.Contains("medical", StringComparison.OrdinalIgnoreCase) ? "firstAid" : null;
        if (known is null)
            Note(place, $"the icon \"{name}\" has no counterpart; its name stands there.");
        var area = ReadText(icon) with { Text = new PlanCaption(name, null, 16, default) };
        areas.Add(area);
        if (known is not null)
            _icons.Add(new PlanIcon(area.Uuid!, known));
    }

    private static PlanPoint Middle(List<PlanPoint> corners) => new(
        (corners.Min(corner => corner.X) + corners.Max(corner => corner.X)) / 2,
        (corners.Min(corner => corner.Y) + corners.Max(corner => corner.Y)) / 2);

    private static PlanPoint[] Rectangle(double width, double height) =>
    [
        new(-width / 2, -height / 2), new(width / 2, -height / 2), new(width / 2, height / 2),
        new(-width / 2, height / 2),
    ];

    private static PlanCaption? Caption(string label, PlanPoint at) =>
        label.Length == 0 ? null : new PlanCaption(label, null, 18, at);

    /// <summary>An id of its own, also where the chart uses one twice.</summary>
    private string Id(string stem)
    {
        if (stem is not ("zone" or "row" or "seat" or "table" or "area" or "text") && _ids.Add(stem))
            return stem;
        for (var number = _ids.Count + 1; ; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
            if (_ids.Add(id))
                return id;
        }
    }

    private void NameUnknown(JsonElement owner, HashSet<string> known, string place)
    {
        foreach (var member in owner.EnumerateObject())
        {
            if (!known.Contains(member.Name) && HasContent(member.Value))
                Note($"{place}/{member.Name}", "has no counterpart.");
        }
    }

    private void Note(string place, string message) => _notes.Add(new PlanRepair("seats.io", place, message));
}

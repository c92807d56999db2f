using System.Text.Json;
using System.Text.Unicode;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>
/// Reads pretix's seating-plan JSON exactly as its schema has it (no unknown members, no missing ones, the right
/// types) and checks what a schema cannot say: seats of defined categories, seat ids given once, the limits of
/// <see cref="SeatingPlanLimits"/>. Every fault carries the JSON pointer of its place.
/// </summary>
internal sealed partial class PlanJsonReader
{
    private readonly List<PlanError> _faults = [];
    private readonly Dictionary<string, (int Zone, int Row, int Seat)> _placeOfSeatId = new(StringComparer.Ordinal);
    private readonly HashSet<string> _categories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seatNumbers = new(StringComparer.Ordinal);
    private int _rows;
    private int _seats;
    private int _areas;

    private PlanJsonReader()
    {
    }

    /// <summary>
    /// The answer to a file beyond <see cref="SeatingPlanLimits.MaxPlanFileBytes"/>, also without reading it.
    /// </summary>
    public static PlanReading TooLarge { get; } =
        Refused("", $"is larger than {SeatingPlanLimits.MaxPlanFileBytes / (1024 * 1024)} MiB.");

    public static PlanReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > SeatingPlanLimits.MaxPlanFileBytes)
            return TooLarge;
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        if (!Utf8.IsValid(utf8.Span))
            return Refused(PlaceOfBadUtf8(utf8.Span), "is not valid UTF-8.");
        var reader = new PlanJsonReader();
        try
        {
            using var json = JsonDocument.Parse(utf8, new JsonDocumentOptions
            {
                MaxDepth = SeatingPlanLimits.MaxPlanFileDepth,
                AllowDuplicateProperties = false,
            });
            var document = reader.ReadPlan(json.RootElement);
            return reader._faults.Count == 0 ? new PlanReading(document, []) : new PlanReading(null, reader._faults);
        }
        catch (JsonException exception)
        {
            var place = $"line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}";
            return Refused(exception.LineNumber is null ? "" : place, ReasonOf(exception));
        }
        catch (InvalidOperationException)
        {
            // How System.Text.Json says that a member's name cannot be a string.
            return Refused(reader.Pointer(null), "has a member whose name has half of a surrogate pair.");
        }
    }

    private static PlanReading Refused(string place, string message) => new(null, [new PlanError(place, message)]);

    // The framework appends "LineNumber: … | BytePositionInLine: …", counted from zero: our place says it for people.
    private static string ReasonOf(JsonException exception)
    {
        var end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }

    private static string PlaceOfBadUtf8(ReadOnlySpan<byte> utf8)
    {
        var line = 1;
        foreach (var range in utf8.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(utf8[range]))
                return $"line {line}";
            line++;
        }

        return "";
    }

    private PlanDocument ReadPlan(JsonElement element)
    {
        var (name, zones, size, own) = ("", default(JsonElement?), new PlanSize(0, 0), default(JsonProperty?));
        List<PlanCategory> categories = [];
        foreach (var member in Members(element, ["name", "zones", "categories", "size"]))
        {
            switch (member.Name)
            {
                case "name": name = RequiredText(member); break;
                // Categories may stand behind the zones, whose seats are checked against them.
                case "zones": zones = member.Value; break;
                case "categories":
                    categories = Items(member, SeatingPlanLimits.MaxPlanCategories, "categories", ReadCategory);
                    break;
                case "size": size = Size(member); break;
                // It names seats of the zones.
                case "onsale": own = member; break;
                default: Unknown(member); break;
            }
        }

        var zoneList = zones is { } value
            ? Items("zones", value, SeatingPlanLimits.MaxPlanZones, "zones", ReadZone)
            : [];
        var document = new PlanDocument(name, zoneList, categories, size);
        return own is { } onsale ? Nested(onsale, element => ReadOwn(document, element)) : document;
    }

    private PlanCategory ReadCategory(JsonElement element)
    {
        var (name, color) = ("", default(string));
        foreach (var member in Members(element, ["name"]))
        {
            switch (member.Name)
            {
                case "name":
                    name = Text(member, SeatingPlanLimits.MaxNameCharacters);
                    if (!_categories.Add(name))
                        Fault(member.Name, $"the category \"{name}\" is defined more than once.");
                    break;
                case "color": color = Text(member, SeatingPlanLimits.MaxNameCharacters); break;
                default: Unknown(member); break;
            }
        }

        return new PlanCategory(name, color);
    }

    private PlanZone ReadZone(JsonElement element)
    {
        string? name = null, zoneId = null, uuid = null;
        PlanPoint position = default;
        List<PlanRow> rows = [];
        List<PlanArea>? areas = null;
        foreach (var member in Members(element, ["position", "rows"]))
        {
            switch (member.Name)
            {
                case "name": name = Text(member, SeatingPlanLimits.MaxNameCharacters); break;
                case "zone_id": zoneId = Text(member, SeatingPlanLimits.MaxNameCharacters); break;
                case "uuid": _zoneIds.Add(uuid = Text(member, SeatingPlanLimits.MaxNameCharacters)); break;
                case "position": position = Point(member); break;
                case "rows":
                    rows = Items(member, SeatingPlanLimits.MaxPlanRows, "rows", ReadRow, ref _rows);
                    break;
                case "areas":
                    areas = Items(member, SeatingPlanLimits.MaxPlanAreas, "areas", ReadArea, ref _areas);
                    break;
                default: Unknown(member); break;
            }
        }

        return new PlanZone(name, zoneId, uuid, position, rows, areas);
    }

    private PlanRow ReadRow(JsonElement element)
    {
        string? rowLabel = null, seatLabel = null, uuid = null, numberPosition = null;
        var number = "";
        PlanPoint? position = null;
        List<PlanSeat> seats = [];
        foreach (var member in Members(element, ["seats", "row_number"]))
        {
            switch (member.Name)
            {
                case "row_number": number = Text(member, SeatingPlanLimits.MaxNameCharacters); break;
                case "row_label": rowLabel = OptionalText(member); break;
                case "seat_label": seatLabel = OptionalText(member); break;
                case "uuid": uuid = Text(member, SeatingPlanLimits.MaxNameCharacters); break;
                case "row_number_position": numberPosition = OptionalOneOf(member, "start", "end", "both"); break;
                case "position": position = Point(member); break;
                case "seats":
                    seats = Items(member, SeatingPlanLimits.MaxPlanSeats, "seats", ReadSeat, ref _seats);
                    break;
                default: Unknown(member); break;
            }
        }

        return new PlanRow(number, rowLabel, seatLabel, uuid, numberPosition, position, seats);
    }

    private PlanSeat ReadSeat(JsonElement element)
    {
        string? uuid = null, startDirection = null;
        string guid = "", number = "", category = "";
        int? radius = null;
        PlanPoint position = default;
        foreach (var member in Members(element, ["seat_guid", "seat_number", "position", "category"]))
        {
            switch (member.Name)
            {
                case "seat_guid": guid = SeatId(member); break;
                case "seat_number": number = SeatNumber(member); break;
                case "uuid": uuid = Text(member, SeatingPlanLimits.MaxNameCharacters); break;
                case "start_direction": startDirection = OptionalText(member); break;
                case "radius": radius = WholeNumber(member); break;
                case "position": position = Point(member); break;
                case "category": category = DefinedCategory(member); break;
                default: Unknown(member); break;
            }
        }

        return new PlanSeat(guid, number, uuid, startDirection, radius, position, category);
    }

    private string SeatId(JsonProperty member)
    {
        var id = RequiredText(member);
        // The path is /zones/z/rows/r/seats/s: the numbers are far smaller to keep than 250,000 pointers.
        if (id.Length > 0 && !_placeOfSeatId.TryAdd(id, (_path[1].Index, _path[3].Index, _path[5].Index)))
        {
            var (zone, row, seat) = _placeOfSeatId[id];
            Fault(member.Name, $"the seat id \"{id}\" is already that of /zones/{zone}/rows/{row}/seats/{seat}.");
        }

        return id;
    }

    private string SeatNumber(JsonProperty member)
    {
        var number = Text(member, SeatingPlanLimits.MaxNameCharacters);
        if (_seatNumbers.Add(number) && _seatNumbers.Count > SeatingPlanLimits.MaxPlanSeatNumbers)
        {
            Fault(member.Name,
                $"a plan has at most {SeatingPlanLimits.MaxPlanSeatNumbers} different seat numbers; "
                    + "rows may share theirs.");
        }

        return number;
    }

    private string DefinedCategory(JsonProperty member)
    {
        var category = Text(member, SeatingPlanLimits.MaxNameCharacters);
        if (member.Value.ValueKind == JsonValueKind.String && !_categories.Contains(category))
            Fault(member.Name, $"the category \"{category}\" is not defined in /categories.");
        return category;
    }

    private PlanArea ReadArea(JsonElement element)
    {
        string? color = null, borderColor = null, uuid = null, shape = null;
        double? rotation = null;
        PlanPoint? position = null, ellipse = null;
        List<PlanPoint>? polygon = null;
        PlanSize? rectangle = null;
        int? circle = null;
        PlanCaption? text = null;
        foreach (var member in Members(element, []))
        {
            switch (member.Name)
            {
                case "color": color = Text(member, SeatingPlanLimits.MaxNameCharacters); break;
                case "border_color": borderColor = Text(member, SeatingPlanLimits.MaxNameCharacters); break;
                case "rotation": rotation = Number(member); break;
                case "position": position = Point(member); break;
                case "uuid": _areaIds.Add(uuid = Text(member, SeatingPlanLimits.MaxNameCharacters)); break;
                case "shape": shape = OneOf(member, "polygon", "rectangle", "ellipse", "circle", "text"); break;
                case "polygon": polygon = Nested(member, ReadPolygon); break;
                case "rectangle": rectangle = Size(member); break;
                case "ellipse": ellipse = Nested(member, ReadEllipse); break;
                case "circle": circle = Nested(member, ReadCircle); break;
                case "text": text = Nested(member, ReadCaption); break;
                default: Unknown(member); break;
            }
        }

        return new PlanArea(
            color, borderColor, rotation, position, uuid, shape, polygon, rectangle, ellipse, circle, text);
    }
}

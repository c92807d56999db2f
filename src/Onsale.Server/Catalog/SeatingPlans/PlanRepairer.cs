using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>
/// Changes a plan file that other programs wrote so that <see cref="PlanJsonReader"/> accepts it, one
/// <see cref="PlanRepair"/> for each change. Checking stays strict: a plan is repaired only when somebody asks for it,
/// and is told all that was changed.
/// </summary>
internal sealed class PlanRepairer
{
    private const string DefaultCategory = "Uncategorised";

    private readonly JsonObject _plan;
    private readonly IReadOnlySet<string> _kinds;
    private readonly List<PlanRepair> _repairs = [];

    private PlanRepairer(JsonObject plan, IReadOnlySet<string> kinds) => (_plan, _kinds) = (plan, kinds);

    /// <summary>Repairs and reads a file.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="kinds">Which of <see cref="PlanRepairs.All"/> to make.</param>
    /// <returns>The document or what is still wrong with it, and the repairs in the order of the file.</returns>
    public static PlanRepairResult Read(ReadOnlyMemory<byte> utf8, IReadOnlySet<string> kinds)
    {
        if (Parse(utf8) is not { } plan)
            return new PlanRepairResult(PlanJsonReader.Read(utf8), []);
        var repairer = new PlanRepairer(plan, kinds);
        repairer.Repair();
        return repairer._repairs.Count == 0
            ? new PlanRepairResult(PlanJsonReader.Read(utf8), [])
            : new PlanRepairResult(PlanJsonReader.Read(Write(plan)), repairer._repairs);
    }

    /// <summary>Null where the file is no JSON object: the strict reader says so with the place.</summary>
    private static JsonObject? Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > SeatingPlanLimits.MaxPlanFileBytes)
            return null;
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        try
        {
            return JsonNode.Parse(utf8.Span, nodeOptions: null, new JsonDocumentOptions
            {
                MaxDepth = SeatingPlanLimits.MaxPlanFileDepth,
                AllowDuplicateProperties = false,
            }) as JsonObject;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[] Write(JsonObject plan)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            plan.WriteTo(writer);
        return buffer.ToArray();
    }

    private void Repair()
    {
        RoundSizes(_plan["size"] as JsonObject, "/size", "width", "height");
        var zones = Objects(_plan, "zones", "").ToList();
        foreach (var (zone, place) in zones)
        {
            foreach (var (area, areaPlace) in Objects(zone, "areas", place))
                RepairArea(area, areaPlace);
            NumberRows(zone, place);
        }

        RepairSeatIds(zones);
        RepairCategories(zones);
        RepairLabels(zones);
    }

    private void RepairArea(JsonObject area, string place)
    {
        RoundSizes(area["rectangle"] as JsonObject, $"{place}/rectangle", "width", "height");
        RoundSizes(area["circle"] as JsonObject, $"{place}/circle", "radius");
        RoundSizes(area["text"] as JsonObject, $"{place}/text", "size");
    }

    /// <summary>Where the format has whole pixels, editors have written fractions.</summary>
    private void RoundSizes(JsonObject? owner, string place, params ReadOnlySpan<string> members)
    {
        if (owner is null || !_kinds.Contains(PlanRepairs.Sizes))
            return;
        foreach (var member in members)
        {
            if (owner[member] is not JsonValue value || !value.TryGetValue<double>(out var size)
                || size is not (> 0 and < SeatingPlanLimits.MaxCoordinatePixels) || double.IsInteger(size))
            {
                continue;
            }

            // A line half a pixel wide stays visible.
            var rounded = (int)Math.Max(1, Math.Round(size, MidpointRounding.AwayFromZero));
            owner[member] = rounded;
            Add(PlanRepairs.Sizes, $"{place}/{member}",
                string.Create(CultureInfo.InvariantCulture, $"{size} rounded to {rounded}."));
        }
    }

    private void NumberRows(JsonObject zone, string place)
    {
        var rows = Objects(zone, "rows", place).ToList();
        WriteNumbers(rows, "row_number");
        var taken = Texts(rows.Select(row => row.Node), "row_number");
        foreach (var (row, rowPlace) in rows)
        {
            Number(row, "row_number", rowPlace, taken);
            var seats = Objects(row, "seats", rowPlace).ToList();
            WriteNumbers(seats, "seat_number");
            var takenSeats = Texts(seats.Select(seat => seat.Node), "seat_number");
            foreach (var (seat, seatPlace) in seats)
            {
                Number(seat, "seat_number", seatPlace, takenSeats);
                RoundSizes(seat, seatPlace, "radius");
            }
        }
    }

    /// <summary>Numbers that are JSON numbers become strings, before missing ones are chosen beside them.</summary>
    private void WriteNumbers(List<(JsonObject Node, string Place)> owners, string member)
    {
        if (!_kinds.Contains(PlanRepairs.Numbers))
            return;
        foreach (var (owner, place) in owners)
        {
            if (owner[member] is not { } value || value.GetValueKind() != JsonValueKind.Number)
                continue;
            var written = value.ToJsonString();
            owner[member] = written;
            Add(PlanRepairs.Numbers, $"{place}/{member}", $"the number {written} written as a string.");
        }
    }

    /// <summary>A missing, null or empty number becomes the next that is free.</summary>
    private void Number(JsonObject owner, string member, string place, HashSet<string> taken)
    {
        if (!_kinds.Contains(PlanRepairs.Numbers)
            || (owner[member] is { } value && value.GetValueKind() != JsonValueKind.String)
            || !string.IsNullOrWhiteSpace(TextOf(owner, member)))
        {
            return;
        }

        var number = Enumerable.Range(1, int.MaxValue)
            .Select(next => next.ToString(CultureInfo.InvariantCulture))
            .First(taken.Add);
        owner[member] = number;
        Add(PlanRepairs.Numbers, $"{place}/{member}", $"missing; numbered \"{number}\".");
    }

    /// <summary>Copied rows keep the ids of the original's seats: the later ones get an id of their own.</summary>
    private void RepairSeatIds(List<(JsonObject Node, string Place)> zones)
    {
        if (!_kinds.Contains(PlanRepairs.SeatIds))
            return;
        var seats = Seats(zones).ToList();
        var taken = Texts(seats.Select(seat => seat.Node), "seat_guid");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (seat, place) in seats)
        {
            if (seat["seat_guid"] is { } value && value.GetValueKind() != JsonValueKind.String)
                continue;
            var id = TextOf(seat, "seat_guid");
            if (!string.IsNullOrWhiteSpace(id) && seen.Add(id))
                continue;
            var stem = string.IsNullOrWhiteSpace(id) ? "seat" : id;
            var unique = Enumerable.Range(2, int.MaxValue - 2)
                .Select(copy => string.Create(CultureInfo.InvariantCulture, $"{stem}-{copy}"))
                .First(taken.Add);
            seat["seat_guid"] = unique;
            seen.Add(unique);
            Add(PlanRepairs.SeatIds, $"{place}/seat_guid",
                string.IsNullOrWhiteSpace(id)
                    ? $"missing; the seat's id is now \"{unique}\"."
                    : $"\"{id}\" is the id of an earlier seat; changed to \"{unique}\".");
        }
    }

    /// <summary>Each category that seats name is defined; seats without one get a category of their own.</summary>
    private void RepairCategories(List<(JsonObject Node, string Place)> zones)
    {
        if (!_kinds.Contains(PlanRepairs.Categories) || _plan["categories"] is not (null or JsonArray))
            return;
        var defined = Texts(Objects(_plan, "categories", "").Select(category => category.Node), "name");
        foreach (var (seat, place) in Seats(zones))
        {
            if (seat["category"] is { } value && value.GetValueKind() != JsonValueKind.String)
                continue;
            var name = TextOf(seat, "category");
            if (string.IsNullOrWhiteSpace(name))
            {
                name = DefaultCategory;
                seat["category"] = name;
                Add(PlanRepairs.Categories, $"{place}/category", $"missing; the seat is now of \"{name}\".");
            }

            if (!defined.Add(name))
                continue;
            if (_plan["categories"] is not JsonArray categories)
                _plan["categories"] = categories = [];
            categories.Add((JsonNode)new JsonObject { ["name"] = name });
            Add(PlanRepairs.Categories, "/categories", $"\"{name}\" added, which seats name.");
        }
    }

    /// <summary>
    /// A row drawn in segments, each numbered from 1, would give two seats one label: the later segments say which they
    /// are.
    /// </summary>
    private void RepairLabels(List<(JsonObject Node, string Place)> zones)
    {
        if (!_kinds.Contains(PlanRepairs.Labels))
            return;
        var labels = new HashSet<(string, string, string, string)>();
        foreach (var (zone, zonePlace) in zones)
        {
            var section = TextOf(zone, "name") ?? TextOf(zone, "zone_id") ?? "";
            foreach (var (row, place) in Objects(zone, "rows", zonePlace))
            {
                var seats = Objects(row, "seats", place)
                    .Select(seat => TextOf(seat.Node, "seat_number") ?? "").Distinct(StringComparer.Ordinal).ToList();
                var given = TextOf(row, "row_label");
                var first = string.IsNullOrWhiteSpace(given) ? $"row {TextOf(row, "row_number")}" : given;
                var format = TextOf(row, "seat_label") ?? "";
                var label = first;
                for (var part = 2; seats.Exists(seat => labels.Contains((section, label, format, seat))); part++)
                    label = string.Create(CultureInfo.InvariantCulture, $"{first}, part {part}");
                labels.UnionWith(seats.Select(seat => (section, label, format, seat)));
                if (label == first)
                    continue;
                row["row_label"] = label;
                Add(PlanRepairs.Labels, $"{place}/row_label",
                    $"seats of an earlier {first} have the same labels; changed to \"{label}\".");
            }
        }
    }

    private static IEnumerable<(JsonObject Node, string Place)> Seats(List<(JsonObject Node, string Place)> zones) =>
        zones.SelectMany(zone => Objects(zone.Node, "rows", zone.Place))
            .SelectMany(row => Objects(row.Node, "seats", row.Place));

    private static IEnumerable<(JsonObject Node, string Place)> Objects(JsonObject owner, string member, string place)
    {
        if (owner[member] is not JsonArray items)
            yield break;
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is JsonObject item)
                yield return (item, string.Create(CultureInfo.InvariantCulture, $"{place}/{member}/{index}"));
        }
    }

    private static HashSet<string> Texts(IEnumerable<JsonObject> owners, string member) =>
        owners.Select(owner => TextOf(owner, member)).OfType<string>().ToHashSet(StringComparer.Ordinal);

    private static string? TextOf(JsonObject owner, string member) =>
        owner[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private void Add(string kind, string place, string message) => _repairs.Add(new PlanRepair(kind, place, message));
}

/// <summary>The kinds of repairs, by the names that the command line takes.</summary>
internal static class PlanRepairs
{
    /// <summary>Radii, widths and heights with fractions are rounded to whole pixels, 1 at least.</summary>
    public const string Sizes = "sizes";

    /// <summary>Missing numbers of rows and seats are given; JSON numbers become strings.</summary>
    public const string Numbers = "numbers";

    /// <summary>Seats whose id is missing or an earlier seat's get one of their own.</summary>
    public const string SeatIds = "seat-ids";

    /// <summary>Categories that seats name are defined; seats without one get one.</summary>
    public const string Categories = "categories";

    /// <summary>Segments of one row with the same seat numbers get row labels that tell them apart.</summary>
    public const string Labels = "labels";

    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>(StringComparer.Ordinal) { Sizes, Numbers, SeatIds, Categories, Labels };
}

/// <summary>One change of a file.</summary>
/// <param name="Kind">One of <see cref="PlanRepairs.All"/>.</param>
/// <param name="Place">A JSON pointer (RFC 6901) into the file.</param>
/// <param name="Message">What was there and what is there now.</param>
internal sealed record PlanRepair(string Kind, string Place, string Message)
{
    public override string ToString() => $"{Place}: {Message} [{Kind}]";
}

/// <summary>A reading of a repaired file.</summary>
internal sealed record PlanRepairResult(PlanReading Reading, IReadOnlyList<PlanRepair> Repairs);

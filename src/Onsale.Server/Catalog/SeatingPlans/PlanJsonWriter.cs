using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>
/// Writes a plan in pretix's format, always in the same order of members and without blanks, so that equal plans have
/// equal bytes however their files were formatted: the content hash rests on that.
/// </summary>
internal static class PlanJsonWriter
{
    public static byte[] Write(PlanDocument document, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        var options = new JsonWriterOptions
        {
            Indented = indented,
            // A file for people and programs, never embedded in HTML: names stay readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var writer = new Utf8JsonWriter(buffer, options))
            WritePlan(writer, document);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Lower-case hexadecimal SHA-256 of the plan's canonical bytes.</summary>
    public static string Hash(ReadOnlySpan<byte> canonicalJson) =>
        Convert.ToHexStringLower(SHA256.HashData(canonicalJson));

    private static void WritePlan(Utf8JsonWriter writer, PlanDocument plan)
    {
        writer.WriteStartObject();
        writer.WriteString("name", plan.Name);
        writer.WriteStartArray("categories");
        foreach (var category in plan.Categories)
        {
            writer.WriteStartObject();
            writer.WriteString("name", category.Name);
            WriteOptional(writer, "color", category.Color);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteSize(writer, "size", plan.Size);
        writer.WriteStartArray("zones");
        foreach (var zone in plan.Zones)
            WriteZone(writer, zone);
        writer.WriteEndArray();
        WriteOwn(writer, plan);
        writer.WriteEndObject();
    }

    // Only where there is something to say: a plan without has the bytes, and the hash, that pretix's format gives it.
    private static void WriteOwn(Utf8JsonWriter writer, PlanDocument plan)
    {
        var hasSeats = plan.SeatsByAttribute.Any(one => one.Value.Count > 0);
        if (!hasSeats && plan is { FocalPoint: null, Notes.Count: 0, Floors.Count: 0, Icons.Count: 0 })
            return;
        writer.WriteStartObject("onsale");
        if (hasSeats)
            WriteAttributes(writer, plan);
        if (plan.Notes.Count > 0)
        {
            WriteLists(writer, "notes", "text", "seats", plan.Notes.Select(note => (note.Text, note.Seats)));
        }

        if (plan.FocalPoint is { } focalPoint)
            WritePoint(writer, "focalPoint", focalPoint);
        if (plan.Floors.Count > 0)
            WriteLists(writer, "floors", "name", "zones", plan.Floors.Select(floor => (floor.Name, floor.Zones)));
        if (plan.Icons.Count > 0)
        {
            writer.WriteStartObject("icons");
            foreach (var (area, icon) in plan.Icons)
                writer.WriteString(area, icon);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, PlanDocument plan)
    {
        writer.WriteStartObject("seats");
        foreach (var (name, attribute) in SeatAttributeNames.All)
        {
            if (plan.SeatsByAttribute.TryGetValue(attribute, out var seats) && seats.Count > 0)
                WriteTexts(writer, name, seats);
        }

        writer.WriteEndObject();
    }

    private static void WriteLists(
        Utf8JsonWriter writer, string member, string text, string list,
        IEnumerable<(string Text, IReadOnlyList<string> List)> items)
    {
        writer.WriteStartArray(member);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            writer.WriteString(text, item.Text);
            WriteTexts(writer, list, item.List);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void WriteZone(Utf8JsonWriter writer, PlanZone zone)
    {
        writer.WriteStartObject();
        WriteOptional(writer, "name", zone.Name);
        WriteOptional(writer, "zone_id", zone.ZoneId);
        WriteOptional(writer, "uuid", zone.Uuid);
        WritePoint(writer, "position", zone.Position);
        writer.WriteStartArray("rows");
        foreach (var row in zone.Rows)
            WriteRow(writer, row);
        writer.WriteEndArray();
        if (zone.Areas is { } areas)
        {
            writer.WriteStartArray("areas");
            foreach (var area in areas)
                WriteArea(writer, area);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter writer, PlanRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("row_number", row.RowNumber);
        WriteOptional(writer, "row_label", row.RowLabel);
        WriteOptional(writer, "seat_label", row.SeatLabel);
        WriteOptional(writer, "uuid", row.Uuid);
        WriteOptional(writer, "row_number_position", row.RowNumberPosition);
        if (row.Position is { } position)
            WritePoint(writer, "position", position);
        writer.WriteStartArray("seats");
        foreach (var seat in row.Seats)
            WriteSeat(writer, seat);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSeat(Utf8JsonWriter writer, PlanSeat seat)
    {
        writer.WriteStartObject();
        writer.WriteString("seat_guid", seat.SeatGuid);
        writer.WriteString("seat_number", seat.SeatNumber);
        WriteOptional(writer, "uuid", seat.Uuid);
        WriteOptional(writer, "start_direction", seat.StartDirection);
        WriteOptional(writer, "radius", seat.Radius);
        WritePoint(writer, "position", seat.Position);
        writer.WriteString("category", seat.Category);
        writer.WriteEndObject();
    }

    private static void WriteArea(Utf8JsonWriter writer, PlanArea area)
    {
        writer.WriteStartObject();
        WriteOptional(writer, "shape", area.Shape);
        WriteOptional(writer, "color", area.Color);
        WriteOptional(writer, "border_color", area.BorderColor);
        if (area.Rotation is { } rotation)
            writer.WriteNumber("rotation", rotation);
        if (area.Position is { } position)
            WritePoint(writer, "position", position);
        WriteOptional(writer, "uuid", area.Uuid);
        WriteShape(writer, area);
        if (area.Text is { } caption)
        {
            writer.WriteStartObject("text");
            writer.WriteString("text", caption.Text);
            WriteOptional(writer, "color", caption.Color);
            WriteOptional(writer, "size", caption.Size);
            WritePoint(writer, "position", caption.Position);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter writer, PlanArea area)
    {
        if (area.Polygon is { } points)
        {
            writer.WriteStartObject("polygon");
            writer.WriteStartArray("points");
            foreach (var point in points)
                WritePoint(writer, null, point);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        if (area.Rectangle is { } size)
            WriteSize(writer, "rectangle", size);
        if (area.Ellipse is { } radii)
        {
            writer.WriteStartObject("ellipse");
            WritePoint(writer, "radius", radii);
            writer.WriteEndObject();
        }

        if (area.CircleRadius is { } radius)
        {
            writer.WriteStartObject("circle");
            writer.WriteNumber("radius", radius);
            writer.WriteEndObject();
        }
    }

    private static void WriteSize(Utf8JsonWriter writer, string name, PlanSize size)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("width", size.Width);
        writer.WriteNumber("height", size.Height);
        writer.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter writer, string? name, PlanPoint point)
    {
        if (name is null)
            writer.WriteStartObject();
        else
            writer.WriteStartObject(name);
        writer.WriteNumber("x", point.X);
        writer.WriteNumber("y", point.Y);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }
}

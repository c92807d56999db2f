using System.Globalization;
using System.Text.Json;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>
/// Values of a chart of seats.io, read without an exception whatever is there: what is missing or of another kind is
/// empty, zero or false.
/// </summary>
internal static class SeatsIoJson
{
    public static bool HasContent(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.String => value.GetString()!.Length > 0,
        _ => true,
    };

    /// <summary>The objects of an array with their JSON pointers.</summary>
    public static IEnumerable<(JsonElement Node, string Place)> Items(JsonElement owner, string member, string place)
    {
        if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(member, out var items)
            || items.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
                yield return (item, string.Create(CultureInfo.InvariantCulture, $"{place}/{member}/{index}"));
            index++;
        }
    }

    /// <summary>The first of these members that says something, as text.</summary>
    public static string Text(JsonElement owner, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(member, out var value))
                continue;
            var text = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!.Trim(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => "",
            };
            if (text.Length > 0)
                return text;
        }

        return "";
    }

    public static bool Flag(JsonElement owner, string member) =>
        owner.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.True;

    public static double Number(JsonElement owner, string member) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.Number
        && Math.Abs(value.GetDouble()) < SeatingPlanLimits.MaxCoordinatePixels
            ? Math.Round(value.GetDouble(), 2)
            : 0;

    public static int Size(JsonElement owner, string member, int usual) =>
        Number(owner, member) is > 0 and var size ? (int)Math.Ceiling(size) : usual;

    public static double? Rotation(JsonElement owner) =>
        Number(owner, "rotationAngle") is not 0 and var angle ? angle : null;

    public static PlanPoint Point(JsonElement owner) => new(Number(owner, "x"), Number(owner, "y"));
}

using System.Text;
using System.Text.Json;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <content>The values of the format, each with its checks, and the path to where the reader is.</content>
internal sealed partial class PlanJsonReader
{
    private readonly List<(string? Name, int Index)> _path = [];

    private JsonElement.ObjectEnumerator Members(JsonElement element, ReadOnlySpan<string> required)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault(null, $"must be an object, not {Describe(element)}.");
            return default;
        }

        foreach (var name in required)
        {
            if (!element.TryGetProperty(name, out _))
                Fault(null, $"lacks the member \"{name}\".");
        }

        return element.EnumerateObject();
    }

    private void Unknown(JsonProperty member) => Fault(member.Name, "is not a member of the seating-plan format.");

    private List<T> Items<T>(JsonProperty member, int max, string what, Func<JsonElement, T> read, ref int total)
    {
        if (member.Value.ValueKind == JsonValueKind.Array)
        {
            total += member.Value.GetArrayLength();
            if (total > max)
            {
                Fault(member.Name, $"a plan has at most {max} {what}.");
                return [];
            }
        }

        return Items(member, max, what, read);
    }

    private List<T> Items<T>(JsonProperty member, int max, string what, Func<JsonElement, T> read) =>
        Items(member.Name, member.Value, max, what, read);

    private List<T> Items<T>(string name, JsonElement array, int max, string what, Func<JsonElement, T> read)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            Fault(name, $"must be an array, not {Describe(array)}.");
            return [];
        }

        if (array.GetArrayLength() > max)
        {
            Fault(name, $"has {array.GetArrayLength()} {what}; at most {max} are allowed.");
            return [];
        }

        var items = new List<T>(array.GetArrayLength());
        _path.Add((name, -1));
        foreach (var element in array.EnumerateArray())
        {
            _path.Add((null, items.Count));
            items.Add(read(element));
            _path.RemoveAt(_path.Count - 1);
        }

        _path.RemoveAt(_path.Count - 1);
        return items;
    }

    private T Nested<T>(JsonProperty member, Func<JsonElement, T> read)
    {
        _path.Add((member.Name, -1));
        var value = read(member.Value);
        _path.RemoveAt(_path.Count - 1);
        return value;
    }

    private PlanPoint Point(JsonProperty member) => Nested(member, ReadPoint);

    private PlanPoint ReadPoint(JsonElement element)
    {
        double x = 0, y = 0;
        foreach (var member in Members(element, ["x", "y"]))
        {
            switch (member.Name)
            {
                case "x": x = Number(member); break;
                case "y": y = Number(member); break;
                default: Unknown(member); break;
            }
        }

        return new PlanPoint(x, y);
    }

    private PlanSize Size(JsonProperty member) => Nested(member, ReadSize);

    private PlanSize ReadSize(JsonElement element)
    {
        int width = 0, height = 0;
        foreach (var member in Members(element, ["width", "height"]))
        {
            switch (member.Name)
            {
                case "width": width = WholeNumber(member); break;
                case "height": height = WholeNumber(member); break;
                default: Unknown(member); break;
            }
        }

        return new PlanSize(width, height);
    }

    private List<PlanPoint> ReadPolygon(JsonElement element)
    {
        List<PlanPoint> points = [];
        foreach (var member in Members(element, ["points"]))
        {
            if (member.NameEquals("points"))
                points = Items(member, SeatingPlanLimits.MaxPolygonPoints, "points", ReadPoint);
            else
                Unknown(member);
        }

        return points;
    }

    private PlanPoint ReadEllipse(JsonElement element)
    {
        PlanPoint radius = default;
        foreach (var member in Members(element, ["radius"]))
        {
            if (member.NameEquals("radius"))
                radius = Point(member);
            else
                Unknown(member);
        }

        return radius;
    }

    private int ReadCircle(JsonElement element)
    {
        var radius = 0;
        foreach (var member in Members(element, ["radius"]))
        {
            if (member.NameEquals("radius"))
                radius = WholeNumber(member);
            else
                Unknown(member);
        }

        return radius;
    }

    private PlanCaption ReadCaption(JsonElement element)
    {
        var (text, color, size, position) = ("", default(string), default(int?), default(PlanPoint));
        foreach (var member in Members(element, ["text", "position"]))
        {
            switch (member.Name)
            {
                case "text": text = Text(member, SeatingPlanLimits.MaxCaptionCharacters, lines: true); break;
                case "color": color = Text(member, SeatingPlanLimits.MaxNameCharacters); break;
                case "size": size = WholeNumber(member); break;
                case "position": position = Point(member); break;
                default: Unknown(member); break;
            }
        }

        return new PlanCaption(text, color, size, position);
    }

    private double Number(JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Number)
        {
            Fault(member.Name, $"must be a number, not {Describe(member.Value)}.");
            return 0;
        }

        var number = member.Value.GetDouble();
        if (Math.Abs(number) <= SeatingPlanLimits.MaxCoordinatePixels)
            return number;
        Fault(member.Name, $"must lie between -{SeatingPlanLimits.MaxCoordinatePixels} and "
            + $"{SeatingPlanLimits.MaxCoordinatePixels}; it is {Shorten(member.Value.GetRawText())}.");
        return 0;
    }

    private int WholeNumber(JsonProperty member)
    {
        var number = Number(member);
        if (number >= 0 && double.IsInteger(number))
            return (int)number;
        Fault(member.Name, $"must be a whole number of at least 0; it is {Shorten(member.Value.GetRawText())}.");
        return 0;
    }

    private string? OptionalText(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Null ? null : Text(member, SeatingPlanLimits.MaxNameCharacters);

    /// <summary>A name or an id that something is found by: a string of blanks names nothing.</summary>
    private string RequiredText(JsonProperty member)
    {
        var text = Text(member, SeatingPlanLimits.MaxNameCharacters);
        if (member.Value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(text)
            && TryGetText(member.Value, out var given) && string.IsNullOrWhiteSpace(given))
        {
            Fault(member.Name, "must not be empty.");
            return "";
        }

        return text;
    }

    private string Text(JsonProperty member, int maxCharacters, bool lines = false)
    {
        if (member.Value.ValueKind != JsonValueKind.String)
        {
            Fault(member.Name, $"must be a string, not {Describe(member.Value)}.");
            return "";
        }

        if (!TryGetText(member.Value, out var text))
            Fault(member.Name, "has half of a surrogate pair, which is no character.");
        else if (text.Length > maxCharacters)
            Fault(member.Name, $"has {text.Length} characters; at most {maxCharacters} are allowed.");
        else if (ControlCharacterIn(text, lines) is { } control)
            Fault(member.Name, $"has the control character U+{(int)control:X4}.");
        else
            return text;
        return "";
    }

    private static char? ControlCharacterIn(string text, bool lines)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t'))
                return c;
        }

        return null;
    }

    private static bool TryGetText(JsonElement element, out string text)
    {
        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    private string? OptionalOneOf(JsonProperty member, params ReadOnlySpan<string> allowed) =>
        member.Value.ValueKind == JsonValueKind.Null ? null : OneOf(member, allowed);

    private string OneOf(JsonProperty member, params ReadOnlySpan<string> allowed)
    {
        var text = Text(member, SeatingPlanLimits.MaxNameCharacters);
        if (member.Value.ValueKind == JsonValueKind.String && !allowed.Contains(text))
            Fault(member.Name, $"must be one of {string.Join(", ", allowed)}; it is \"{Shorten(text)}\".");
        return text;
    }

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    private void Fault(string? member, string message)
    {
        if (_faults.Count < SeatingPlanLimits.MaxReportedFaults)
            _faults.Add(new PlanError(Pointer(member), message));
    }

    private string Pointer(string? member)
    {
        var pointer = new StringBuilder();
        foreach (var (name, index) in _path)
            Append(pointer, name ?? index.ToString());
        if (member is not null)
            Append(pointer, member);
        return pointer.ToString();
    }

    private static void Append(StringBuilder pointer, string token) =>
        pointer.Append('/').Append(token.Replace("~", "~0").Replace("/", "~1"));
}

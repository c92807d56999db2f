using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Onsale.Platform.Http;

/// <summary>
/// Why a body cannot be deserialised: all that is wrong with it, by field, from the contract's own types.
/// </summary>
internal sealed class JsonErrors
{
    private readonly Validation _errors = new();

    private JsonErrors()
    {
    }

    /// <summary>The problem with a body that the serializer has refused for this type.</summary>
    public static Problem Describe(ReadOnlySpan<byte> body, JsonTypeInfo type)
    {
        if (FindMalformed(body) is { } malformed)
            return malformed;
        using var document = JsonDocument.Parse(
            new ReadOnlySequence<byte>(body.ToArray()),
            new JsonDocumentOptions { MaxDepth = HostingLimits.MaxJsonDepth });
        var errors = new JsonErrors();
        errors.Check(document.RootElement, type, path: "");
        return errors._errors.ToProblem() ?? Problem.Validation(("body", "Does not fit this request."));
    }

    /// <summary>What is no JSON at all, or nested too deeply, or has names that are no text.</summary>
    private static Problem? FindMalformed(ReadOnlySpan<byte> body)
    {
        // Read deeper than allowed, to tell deep from wrong.
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = HostingLimits.MaxRequestBodyBytes });
        try
        {
            while (reader.Read())
            {
                var opens = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0;
                if (reader.CurrentDepth + opens > HostingLimits.MaxJsonDepth)
                {
                    return Malformed(
                        $"The body is nested deeper than {HostingLimits.MaxJsonDepth} levels", body,
                        reader.TokenStartIndex);
                }

                if (reader.TokenType is JsonTokenType.PropertyName && !IsText(ref reader))
                    return Malformed("The body has a name that is not Unicode text", body, reader.TokenStartIndex);
            }

            return null;
        }
        catch (JsonException)
        {
            return Malformed("The body is not valid JSON", body, reader.BytesConsumed);
        }
    }

    /// <summary>Escapes can name half of a surrogate pair, and bytes need not be UTF-8.</summary>
    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static Problem Malformed(string what, ReadOnlySpan<byte> body, long position)
    {
        var before = body[..(int)Math.Min(position, body.Length)];
        var (line, column) = (before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
        return new Problem(StatusCodes.Status400BadRequest, "malformed-json", $"{what} (line {line}, byte {column}).",
            writer =>
            {
                writer.WriteNumber("line", line);
                writer.WriteNumber("byte", column);
            });
    }

    private void Check(JsonElement value, JsonTypeInfo type, string path)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind is JsonValueKind.Object:
                CheckMembers(value, type, path);
                break;
            case JsonTypeInfoKind.Object:
                Add(path, "Is not an object.");
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind is JsonValueKind.Array:
                CheckItems(value, type, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                Add(path, "Is not a list.");
                break;
            default:
                CheckValue(value, type, path);
                break;
        }
    }

    private void CheckMembers(JsonElement value, JsonTypeInfo type, string path)
    {
        var members = type.Properties.ToDictionary(member => member.Name, StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var field = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!members.TryGetValue(property.Name, out var member))
                Add(field, "Is not a field of this request.");
            else if (!given.Add(property.Name))
                Add(field, "Is given twice.");
            else if (property.Value.ValueKind is not JsonValueKind.Null)
                Check(property.Value, type.Options.GetTypeInfo(member.PropertyType), field);
            else if (!TakesNull(member))
                Add(field, "Must not be null.");
        }

        foreach (var member in type.Properties.Where(member => IsRequired(member) && !given.Contains(member.Name)))
            Add(path.Length == 0 ? member.Name : $"{path}.{member.Name}", "Is required.");
    }

    private void CheckItems(JsonElement value, JsonTypeInfo type, string path)
    {
        if (type.ElementType is null)
            return;
        var item = type.Options.GetTypeInfo(type.ElementType);
        foreach (var (index, element) in value.EnumerateArray().Index())
        {
            // What null means in a list, the route itself says.
            if (element.ValueKind is not JsonValueKind.Null || type.ElementType.IsValueType)
                Check(element, item, $"{(path.Length == 0 ? "body" : path)}[{index}]");
        }
    }

    private void CheckValue(JsonElement value, JsonTypeInfo type, string path)
    {
        try
        {
            value.Deserialize(type);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A converter of this program says what it wants.
            var reason =
                (exception as InvalidValueException ?? exception.InnerException as InvalidValueException)?.Reason;
            Add(path, reason ?? $"Is not {BadRequests.TypeInWords(type.Type)}.");
        }
    }

    private static bool TakesNull(JsonPropertyInfo member) =>
        (!member.PropertyType.IsValueType || Nullable.GetUnderlyingType(member.PropertyType) is not null)
        && (member.AssociatedParameter?.IsNullable ?? member.IsSetNullable);

    private static bool IsRequired(JsonPropertyInfo member) =>
        member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false };

    private void Add(string path, string message) => _errors.Add(path.Length == 0 ? "body" : path, message);
}

/// <summary>A converter of this program refuses a value; the reason is meant for the caller.</summary>
internal sealed class InvalidValueException(string reason) : JsonException
{
    public string Reason => reason;
}

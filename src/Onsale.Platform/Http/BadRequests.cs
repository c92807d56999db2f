using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Onsale.Platform.Http;

/// <summary>
/// Says in the API's own words what the framework found wrong with a request before a handler saw it.
/// </summary>
internal static partial class BadRequests
{
    public static Problem Describe(BadHttpRequestException exception) => exception switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => UnsupportedMediaType(),
        { StatusCode: StatusCodes.Status408RequestTimeout } => new Problem(
            exception.StatusCode, "request-timeout", "The request body arrived too slowly."),
        { InnerException: JsonException json } => Describe(json),
        _ when ParameterNotBound().Match(exception.Message) is { Success: true } match => Problem.Validation(
            (match.Groups["name"].Value, $"Is not {TypeInWords(match.Groups["type"].Value)}.")),
        _ when ParameterMissing().Match(exception.Message) is { Success: true } match =>
            match.Groups["source"].Value is "body"
                ? new Problem(StatusCodes.Status400BadRequest, "validation", "The request needs a JSON body.")
                : Problem.Validation((match.Groups["name"].Value, "Is required.")),
        _ when exception.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal) =>
            new Problem(StatusCodes.Status400BadRequest, "validation", "The request needs a JSON body."),
        _ => new Problem(exception.StatusCode, "bad-request", "The request cannot be read."),
    };

    public static Problem TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The request body is larger than this route takes.");

    public static Problem UnsupportedMediaType() => new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Send the body as application/json.");

    public static Problem CompressedBody() => new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type",
        "Send the body as it is, without Content-Encoding: it must not be compressed.");

    private static Problem Describe(JsonException exception)
    {
        if (exception.InnerException is JsonException syntax)
            return Malformed(syntax);
        if (UnknownMember().Match(exception.Message) is { Success: true } unknown)
        {
            return Problem.Validation(
                (Inside(exception.Path, unknown.Groups["name"].Value), "Is not a field of this request."));
        }

        if (DuplicateMember().Match(exception.Message) is { Success: true } doubled)
            return Problem.Validation((Inside(exception.Path, doubled.Groups["name"].Value), "Is given twice."));
        if (exception.Message.Contains("missing required properties", StringComparison.Ordinal))
            return Problem.Validation(Missing(exception));
        if (NullMember().IsMatch(exception.Message))
            return Problem.Validation((Field(exception.Path), "Must not be null."));
        if (WrongType().Match(exception.Message) is { Success: true } wrong)
        {
            var type = MemberType(wrong.Groups["type"].Value, exception.Path);
            return Problem.Validation((Field(exception.Path), $"Is not {TypeInWords(type)}."));
        }

        // What is left comes from converters of this program: their messages are meant for the caller.
        return Problem.Validation((Field(exception.Path), PathTail().Replace(exception.Message, "")));
    }

    private static Problem Malformed(JsonException exception)
    {
        var (line, column) = (exception.LineNumber + 1 ?? 1, exception.BytePositionInLine + 1 ?? 1);
        var what = exception.Message.Contains("maximum configured depth", StringComparison.Ordinal)
            ? $"The body is nested deeper than {HostingLimits.MaxJsonDepth} levels"
            : "The body is not valid JSON";
        return new Problem(StatusCodes.Status400BadRequest, "malformed-json", $"{what} (line {line}, byte {column}).",
            writer =>
            {
                writer.WriteNumber("line", line);
                writer.WriteNumber("byte", column);
            });
    }

    private static (string, string)[] Missing(JsonException exception)
    {
        var list = exception.Message[exception.Message.IndexOf("including:", StringComparison.Ordinal)..];
        return [.. Quoted().Matches(list).Select(match =>
            (Inside(exception.Path, match.Groups["name"].Value), "Is required."))];
    }

    /// <summary><c>$.seats[2]</c> as a caller names it: <c>seats[2]</c>; the body itself is <c>body</c>.</summary>
    private static string Field(string? path) => path switch
    {
        null or "$" => "body",
        _ when path.StartsWith("$.", StringComparison.Ordinal) => path[2..],
        _ when path.StartsWith('$') => $"body{path[1..]}",
        _ => path,
    };

    /// <summary>The name of a member of the object at (or already ending) <paramref name="path"/>.</summary>
    private static string Inside(string? path, string name)
    {
        var parent = Field(path);
        if (parent is "body" || parent == name)
            return name;
        return parent.EndsWith($".{name}", StringComparison.Ordinal) ? parent : $"{parent}.{name}";
    }

    /// <summary>
    /// The serialiser names the type of the object whose constructor the member is for, instead of the member's own.
    /// </summary>
    private static string MemberType(string type, string? path) =>
        path is not null && ContractType(type)?.GetProperty(
            path[(path.LastIndexOf('.') + 1)..],
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { } member
                ? member.PropertyType.ToString()
                : type;

    private static Type? ContractType(string name) => typeof(BadRequests).Assembly.GetType(name);

    private static string TypeInWords(string type)
    {
        var nullable = NullableOf().Match(type);
        if (nullable.Success)
            type = nullable.Groups["type"].Value;
        return type[(type.LastIndexOf('.') + 1)..].TrimEnd('?') switch
        {
            "Int16" or "Int32" or "Int64" or "short" or "int" or "long" => "a whole number in range",
            "Double" or "Single" or "Decimal" or "double" or "float" or "decimal" => "a number",
            "Boolean" or "bool" => "true or false",
            "String" or "string" => "a text",
            "Guid" => "an id (UUID)",
            "DateTimeOffset" or "DateTime" => "an RFC 3339 instant",
            "DateOnly" => "a date (yyyy-mm-dd)",
            _ when type.EndsWith("[]", StringComparison.Ordinal)
                || type.Contains("List`1", StringComparison.Ordinal) => "a list",
            _ when ContractType(type) is { IsEnum: false } => "an object",
            _ => "of the right type or one of the allowed values",
        };
    }

    [GeneratedRegex(
        """^Failed to bind parameter "(?<type>[^"]+) (?<name>\w+)" from """, RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ParameterNotBound();

    [GeneratedRegex(
        """^Required parameter "[^"]+ (?<name>[\w-]+)" was not provided from (?<source>\w+)""",
        RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ParameterMissing();

    [GeneratedRegex(
        """^The JSON property '(?<name>.*)' could not be mapped to any""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex UnknownMember();

    [GeneratedRegex("""^Duplicate property '(?<name>.*)' encountered""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex DuplicateMember();

    [GeneratedRegex("doesn't allow (setting )?null|doesn't allow getting null", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex NullMember();

    [GeneratedRegex("""could not be converted to (?<type>[^ ]+?)\.( |$)""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex WrongType();

    [GeneratedRegex("""'(?<name>[^']+)'""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Quoted();

    [GeneratedRegex("""Nullable(`1\[|<)(?<type>[^\]>,]+)""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex NullableOf();

    [GeneratedRegex(""" Path: \$.*$""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 100)]
    private static partial Regex PathTail();
}

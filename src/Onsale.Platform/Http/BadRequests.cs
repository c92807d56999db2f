namespace Onsale.Platform.Http;

/// <summary>
/// Says in the API's own words what is wrong with a request before a handler sees it. What the framework says is not
/// read: its texts may change with any update.
/// </summary>
internal static class BadRequests
{
    public static Problem Describe(HttpContext context, BadHttpRequestException exception) =>
        exception.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => TooLarge(),
            StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType(),
            StatusCodes.Status408RequestTimeout => new Problem(
                exception.StatusCode, "request-timeout", "The request body arrived too slowly."),
            StatusCodes.Status400BadRequest when ParameterErrors.Find(context) is { Length: > 0 } errors =>
                Problem.Validation(errors),
            _ => new Problem(exception.StatusCode, "bad-request", "The request cannot be read."),
        };

    public static Problem BodyMissing() => new(
        StatusCodes.Status400BadRequest, "validation", "The request needs a JSON body.");

    public static Problem TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The request body is larger than this route takes.");

    public static Problem UnsupportedMediaType() => new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Send the body as application/json.");

    public static Problem UnsupportedCharset() => new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type",
        "Send the body in UTF-8, the only charset of JSON (RFC 8259, section 8.1).");

    public static Problem CompressedBody() => new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type",
        "Send the body as it is, without Content-Encoding: it must not be compressed.");

    /// <summary>A type as a caller knows it.</summary>
    public static string TypeInWords(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return "one of the allowed values";
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Byte or TypeCode.SByte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32
                or TypeCode.Int64 or TypeCode.UInt64 => "a whole number in range",
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
            TypeCode.Boolean => "true or false",
            TypeCode.String or TypeCode.Char => "a text",
            TypeCode.DateTime => "an RFC 3339 instant",
            _ when type == typeof(Guid) => "an id (UUID)",
            _ when type == typeof(DateTimeOffset) => "an RFC 3339 instant",
            _ when type == typeof(DateOnly) => "a date (yyyy-mm-dd)",
            _ => "of the right type or one of the allowed values",
        };
    }
}

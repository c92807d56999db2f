using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Onsale.Platform.Http;

/// <summary>
/// Which parameters of the path, the query and the headers a request lacks or has wrong, by the same metadata that they
/// are bound by. Asked only after the framework has refused the request.
/// </summary>
internal static class ParameterErrors
{
    public static (string Field, string Message)[] Find(HttpContext context) =>
        [.. (context.GetEndpoint()?.Metadata.OfType<IParameterBindingMetadata>() ?? [])
            .Where(IsText)
            .Select(parameter => (NameOf(parameter), ErrorOf(parameter, context.Request)))
            .Where(found => found.Item2 is not null)
            .Select(found => (found.Item1, found.Item2!))];

    private static bool IsText(IParameterBindingMetadata parameter) =>
        parameter.HasTryParse || parameter.ParameterInfo.ParameterType == typeof(string);

    private static string? ErrorOf(IParameterBindingMetadata parameter, HttpRequest request)
    {
        var text = TextOf(parameter, request);
        if (string.IsNullOrEmpty(text))
            return parameter.IsOptional ? null : "Is required.";
        var type = parameter.ParameterInfo.ParameterType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || CanParse(type, text) ? null : $"Is not {BadRequests.TypeInWords(type)}.";
    }

    private static string? TextOf(IParameterBindingMetadata parameter, HttpRequest request)
    {
        var attributes = parameter.ParameterInfo.GetCustomAttributes(inherit: false);
        var name = NameOf(parameter);
        if (attributes.Any(attribute => attribute is IFromHeaderMetadata))
            return request.Headers[name].ToString();
        return request.RouteValues.TryGetValue(name, out var value)
            ? Convert.ToString(value, CultureInfo.InvariantCulture)
            : request.Query[name].ToString();
    }

    private static string NameOf(IParameterBindingMetadata parameter)
    {
        var attributes = parameter.ParameterInfo.GetCustomAttributes(inherit: false);
        return attributes.OfType<IFromQueryMetadata>().FirstOrDefault()?.Name
            ?? attributes.OfType<IFromHeaderMetadata>().FirstOrDefault()?.Name
            ?? attributes.OfType<IFromRouteMetadata>().FirstOrDefault()?.Name
            ?? parameter.Name;
    }

    private static bool CanParse(Type type, string text)
    {
        if (type.IsEnum)
            return Enum.TryParse(type, text, ignoreCase: true, out _);
        Type[] cultural = [typeof(string), typeof(IFormatProvider), type.MakeByRefType()];
        Type[] plain = [typeof(string), type.MakeByRefType()];
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Static;
        object?[] arguments = [text, CultureInfo.InvariantCulture, null];
        if (type.GetMethod("TryParse", Own, cultural) is { } method)
            return method.Invoke(null, arguments) is true;
        return type.GetMethod("TryParse", Own, plain)?.Invoke(null, [text, null]) is true;
    }
}

using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Onsale.Platform.Http;

/// <summary>
/// Parameters of the query that a route knows may be given once. The framework would join "5" and "6" to the text
/// "5,6", and the caller would hear of a mistake that is not in the address. Those that a route does not know are
/// ignored, as is usual: links carry marks of where they were found.
/// </summary>
internal static class QueryParameters
{
    /// <summary>
    /// A convention for the end of a route's making. It comes around the handler instead of in a middleware, which
    /// routes that are short do without.
    /// </summary>
    public static void RefuseRepeated(EndpointBuilder endpoint)
    {
        if (endpoint is not RouteEndpointBuilder { RequestDelegate: { } next } route)
            return;
        string[] known = [.. endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Where(parameter => IsOfQuery(parameter, route.RoutePattern)).Select(NameOf)];
        if (known.Length == 0)
            return;
        route.RequestDelegate = context => context.Request.QueryString.HasValue
            && Repeated(context.Request.Query, known) is { Length: > 0 } repeated
                ? Problem.Validation(repeated).ExecuteAsync(context)
                : next(context);
    }

    private static (string, string)[] Repeated(IQueryCollection query, string[] known) =>
        [.. known.Where(name => query[name].Count > 1).Select(name => (name, "Is given twice."))];

    /// <summary>By the framework's own rules: by its attribute; else what is text, and not of the path.</summary>
    private static bool IsOfQuery(IParameterBindingMetadata parameter, RoutePattern path)
    {
        var attributes = parameter.ParameterInfo.GetCustomAttributes(inherit: false);
        if (attributes.Any(attribute => attribute is IFromQueryMetadata))
            return true;
        return !attributes.Any(attribute => attribute is IFromHeaderMetadata or IFromRouteMetadata)
            && (parameter.HasTryParse || parameter.ParameterInfo.ParameterType == typeof(string))
            && path.GetParameter(parameter.Name) is null;
    }

    private static string NameOf(IParameterBindingMetadata parameter) =>
        parameter.ParameterInfo.GetCustomAttributes(inherit: false).OfType<IFromQueryMetadata>().FirstOrDefault()?.Name
        ?? parameter.Name;
}

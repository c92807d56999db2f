namespace Onsale.Platform.Http;

/// <summary>
/// Keeps other sites' pages from using the refresh cookie or planting one. <c>SameSite=Strict</c> already keeps the
/// cookie out of requests from other sites, but not from other origins of the same site (a neighbouring subdomain).
/// Browsers say where a request comes from in <c>Sec-Fetch-Site</c>, which pages cannot set, and the older ones at
/// least send <c>Origin</c> with every POST; a request with neither comes from a program that has no user's cookies.
/// </summary>
internal sealed class SameOriginOnly : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsSameOrigin(context.HttpContext.Request)
            ? next(context)
            : ValueTask.FromResult<object?>(new Problem(
                StatusCodes.Status403Forbidden, "cross-origin",
                "This can only be asked for by this site's own pages."));

    private static bool IsSameOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || Origins.IsOwn(origin, request);
    }
}

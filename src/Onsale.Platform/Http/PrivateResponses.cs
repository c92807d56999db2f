namespace Onsale.Platform.Http;

/// <summary>Answers that are one person's alone, and change.</summary>
internal static class PrivateResponses
{
    /// <summary>No browser or proxy keeps what the routes of this group answer.</summary>
    public static RouteGroupBuilder NoStore(this RouteGroupBuilder routes) => routes.AddEndpointFilter(SayAsync);

    /// <inheritdoc cref="NoStore(RouteGroupBuilder)"/>
    public static RouteHandlerBuilder NoStore(this RouteHandlerBuilder route) => route.AddEndpointFilter(SayAsync);

    private static ValueTask<object?> SayAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}

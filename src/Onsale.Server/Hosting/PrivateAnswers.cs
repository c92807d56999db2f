namespace Onsale.Server.Hosting;

/// <summary>Answers that are one person's alone, and change.</summary>
internal static class PrivateAnswers
{
    /// <summary>No browser or proxy keeps what the routes of this group answer.</summary>
    public static RouteGroupBuilder NeverCached(this RouteGroupBuilder routes) => routes.AddEndpointFilter(SayAsync);

    /// <inheritdoc cref="NeverCached(RouteGroupBuilder)"/>
    public static RouteHandlerBuilder NeverCached(this RouteHandlerBuilder route) => route.AddEndpointFilter(SayAsync);

    private static ValueTask<object?> SayAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}

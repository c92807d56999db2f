using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Primitives;

namespace Onsale.Platform.Http;

/// <summary>
/// <c>AllowedHosts</c>: the names that this server goes by. The framework's own filter answers with a page of HTML and
/// refuses an orchestrator's probes, which go by address; here refusals are problems, and <c>/health</c> answers all.
/// </summary>
internal static class AllowedHosts
{
    public const string Setting = "AllowedHosts";

    public static void AddAllowedHosts(this WebApplicationBuilder builder) =>
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);

    public static void UseAllowedHosts(this WebApplication app)
    {
        var names = (app.Configuration[Setting] ?? "").Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length == 0 || names.Contains("*", StringComparer.Ordinal))
            return;
        StringSegment[] allowed = [.. names.Select(name => new StringSegment(new HostString(name).ToUriComponent()))];
        app.Use(next => context =>
            HostString.MatchesAny(context.Request.Host.Value ?? "", allowed)
            || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
                ? next(context)
                : new Problem(StatusCodes.Status400BadRequest, "host-not-allowed",
                    "This server does not go by the name that the request was sent to.").ExecuteAsync(context));
    }
}

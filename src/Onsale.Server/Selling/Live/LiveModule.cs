using Microsoft.Extensions.Options;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Jobs;

namespace Onsale.Server.Selling.Live;

internal static class LiveModule
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LiveOptions>()
            .BindConfiguration(LiveOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<LiveOptions>, Validator>();
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton<LiveHub>();
        services.AddSingleton<WatchEvent>();
        services.AddHostedService<LiveService>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "live-viewers", TimeSpan.FromMilliseconds(LiveLimits.ViewersMilliseconds),
            provider.GetRequiredService<LiveHub>().PublishViewersAsync));
    }

    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        const string Path = "/events/{id}/live";
        var api = routes.MapApi();
        var watch = routes.ServiceProvider.GetRequiredService<WatchEvent>();
        api.MapGet(Path, HandleAsync)
            .WithName("watchEvent")
            .WithTags("Live")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status403Forbidden, "origin-not-allowed")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status426UpgradeRequired, "upgrade-required")
            .Refuses(StatusCodes.Status429TooManyRequests, "rate-limited")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "too-many-connections", "overloaded")
            .WithSummary("Watches an event's availability: a WebSocket, "
                + "or server-sent events with Accept: text/event-stream.")
            .ShortCircuit();
        // Over HTTP/2 a WebSocket is opened so (RFC 8441): browsers do it where TLS ends at this server.
        api.MapMethods(Path, [HttpMethods.Connect], HandleAsync).ExcludeFromDescription().ShortCircuit();

        // Whatever stands in front of the endpoint, or is made for a request only, stays in memory as long as the
        // connection: nothing does that the feed has no use for (authentication, limits, a scope of services).
        Task<IResult> HandleAsync(string id, string? version, HttpContext context) =>
            watch.HandleAsync(id, version, context);
    }

    /// <summary>Runs the hub, which the endpoints ask for by its type.</summary>
    private sealed class LiveService(LiveHub hub) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => hub.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => hub.StopAsync();
    }

    private sealed class Validator : IValidateOptions<LiveOptions>
    {
        public ValidateOptionsResult Validate(string? name, LiveOptions options)
        {
            var faults = options.Faults().ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}

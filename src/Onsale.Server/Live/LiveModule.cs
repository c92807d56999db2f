using Onsale.Server.Database;
using Onsale.Server.Hosting;
using Onsale.Server.Hosting.OpenApi;

namespace Onsale.Server.Live;

internal static class LiveModule
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LiveOptions>()
            .BindConfiguration(LiveOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .Validate(
                options => options is { MaxConnections: > 0, MaxConnectionsPerAddress: > 0 },
                $"{LiveOptions.Section}: MaxConnections and MaxConnectionsPerAddress must be above 0.")
            .ValidateOnStart();
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton(CreateBus);
        services.AddSingleton<LiveHub>();
        services.AddHostedService<AfterDatabase<LiveService>>();
    }

    /// <summary>Before routing to endpoints that accept WebSockets.</summary>
    public static void UseLive(this WebApplication app) => app.UseWebSockets(new WebSocketOptions
    {
        KeepAliveInterval = TimeSpan.FromSeconds(LiveLimits.KeepAliveSeconds),
        KeepAliveTimeout = TimeSpan.FromSeconds(LiveLimits.KeepAliveTimeoutSeconds),
    });

    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapApi()
        .MapGet("/events/{id}/live", WatchEvent.HandleAsync)
        .WithName("watchEvent")
        .WithTags("Live")
        .Refuses(StatusCodes.Status400BadRequest, "validation")
        .Refuses(StatusCodes.Status403Forbidden, "origin-not-allowed")
        .Refuses(StatusCodes.Status404NotFound, "event-not-found")
        .Refuses(StatusCodes.Status426UpgradeRequired, "upgrade-required")
        .Refuses(StatusCodes.Status503ServiceUnavailable, "too-many-connections")
        .WithSummary("Watches an event's availability: a WebSocket, or server-sent events with Accept: text/event-stream.");

    private static INodeBus CreateBus(IServiceProvider services) =>
        services.GetRequiredService<IConfiguration>().GetConnectionString("Redis") is { Length: > 0 } redis
            ? new RedisBus(redis, services.GetRequiredService<ILogger<RedisBus>>())
            : new InProcessBus();

    /// <summary>Runs the hub, which the endpoints ask for by its type.</summary>
    private sealed class LiveService(LiveHub hub) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => hub.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => hub.StopAsync(cancellationToken);
    }
}

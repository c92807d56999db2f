using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Cluster;
using Onsale.Platform.Contract;
using Onsale.Platform.Database;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.Jobs;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Operate.ReadOnly;

internal static class ReadOnlyModule
{
    public static void AddReadOnly(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddJson(ReadOnlyJson.Default);
        services.AddSingleton<ReadOnlyStore>();
        services.AddSingleton<HoldProlongation>();
        services.AddKeyedSingleton(
            DatabaseLocks.ReadOnly,
            (provider, key) => new AdvisoryLease(provider.GetRequiredService<NpgsqlDataSource>(), (long)key!));
        services.AddSingleton(provider => new ReadOnlyWatch(
            provider.GetRequiredService<ReadOnlyStore>(), provider.GetRequiredService<HoldProlongation>(),
            provider.GetRequiredKeyedService<AdvisoryLease>(DatabaseLocks.ReadOnly),
            provider.GetRequiredService<ReadOnlyMode>(), provider.GetRequiredService<ExpirySwitch>(),
            provider.GetRequiredService<WriteHealth>(), provider.GetRequiredService<WriteProbe>(),
            provider.GetRequiredService<INodeBus>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ReadOnlyWatch>>()));
        services.AddPeriodicJob(provider =>
        {
            var watch = provider.GetRequiredService<ReadOnlyWatch>();
            watch.Start();
            return new PeriodicJob(
                "read-only", TimeSpan.FromMilliseconds(ReadOnlyLimits.WatchMilliseconds), watch.LookAsync,
                RunsAtStart: true);
        });
    }

    public static void MapReadOnly(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi();
        api.MapGet("/status", GetStatus.Handle)
            .WithName("getStatus").WithSummary("Whether the installation takes changes")
            .WithTags("Operation")
            .RequireRateLimit(RateLimitPolicy.Reads);
        var own = api.MapGroup("/operate/read-only")
            .WithTags("Operation")
            .WithMetadata(new RequestSizeLimitAttribute(ReadOnlyLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .RequireAuthorization(RoleNames.Operator)
            .WorksReadOnly()
            .NoStore();
        own.MapGet("", SetReadOnly.Get)
            .WithName("getReadOnly").WithSummary("Whether this node takes changes, and who says so");
        own.MapPut("", SetReadOnly.HandleAsync)
            .WithName("setReadOnly")
            .WithSummary("Takes no more changes on any node, or takes them again; holds get the time back")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
    }
}

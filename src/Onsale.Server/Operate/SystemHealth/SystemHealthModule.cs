using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Npgsql;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Cluster;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.Jobs;
using Onsale.Platform.Mail;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Operate.SystemHealth;

internal static class SystemHealthModule
{
    public static void AddSystemHealth(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddJson(SystemJson.Default);
        services.AddHostedService(provider => new NodeMetrics(
            provider.GetRequiredService<IMeterFactory>(), provider.GetRequiredService<EventLanes>(),
            provider.GetRequiredService<ReadOnlyMode>(), provider.GetService<RedisConnection>()));
        services.AddSingleton<NodeStore>();
        services.AddSingleton<ThisNode>();
        // Before its job: what is added first is stopped last.
        services.AddHostedService(provider => provider.GetRequiredService<ThisNode>());
        services.AddSingleton(provider => new Dependencies(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<IOptions<MailOptions>>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetService<RedisConnection>()));
        var interval = TimeSpan.FromSeconds(SystemLimits.ReportSeconds);
        services.AddPeriodicJob(provider => new PeriodicJob(
            "report-node", interval, provider.GetRequiredService<ThisNode>().ReportAsync, RunsAtStart: true));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "watch-dependencies", interval, provider.GetRequiredService<Dependencies>().LookAsync,
            RunsAtStart: true));
    }

    public static void MapSystemHealth(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapApi().MapGroup("/operate")
            .WithTags("Operation")
            .WithMetadata(new RequestSizeLimitAttribute(SystemLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .RequireAuthorization(RoleNames.Operator)
            .NoStore();
        own.MapGet("/system", GetSystem.HandleAsync)
            .WithName("getSystem").WithSummary("Nodes, what they depend on, loaded events, jobs and mails");
        own.MapGet("/mails", GivenUpMails.ListAsync)
            .WithName("listGivenUpMails").WithSummary("Mails that were given up, the newest first");
        own.MapPost("/mails/retry", GivenUpMails.RetryAllAsync)
            .WithName("retryMails").WithSummary("Tries all mails that were given up again");
        own.MapPost("/mails/{mailId}/retry", GivenUpMails.RetryAsync)
            .WithName("retryMail").WithSummary("Tries a mail that was given up again")
            .Refuses(StatusCodes.Status404NotFound, "not-found");
    }
}

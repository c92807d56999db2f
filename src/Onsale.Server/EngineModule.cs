using Npgsql;
using Onsale.Inventory.Engine;
using Onsale.Inventory.Engine.Audit;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Database;
using Onsale.Platform.Jobs;
using Onsale.Platform.Startup;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server;

/// <summary>Gives the inventory engine its database, its seating plans and its services in the background.</summary>
internal static class EngineModule
{
    public static void AddEngine(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddInventoryEngine(builder.Configuration.GetValue("Onsale:SharedTransactions", true));
        services.AddKeyedSingleton(
            DatabaseLocks.Audit,
            (provider, key) => new AdvisoryLease(provider.GetRequiredService<NpgsqlDataSource>(), (long)key!));
        services.AddSingleton<INodeWakeUps, NodeWakeUps>();
        services.AddSingleton<ISeatLayoutSource>(provider => provider.GetRequiredService<SeatingPlanCache>());
        services.AddSingleton(provider => new JournalConnections(
            provider.GetRequiredService<DatabaseServer>().CreateDataSourceBuilder(),
            provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddHealthChecks().AddCheck<InventoryHealthCheck>("inventory");
        services.AddHostedService<LaneShutdown>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "due-holds", TimeSpan.FromMilliseconds(JournalLimits.SweepMilliseconds),
            provider.GetRequiredService<HoldExpiry>().WakeDueLanesAsync));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "due-events", TimeSpan.FromSeconds(JournalLimits.SweepDatabaseSeconds),
            provider.GetRequiredService<HoldExpiry>().WakeDueEventsAsync, RunsAtStart: true));
        if (ReadAuditInterval(builder.Configuration) is { } interval)
            services.AddPeriodicJob(provider => CreateAudit(provider, interval));
    }

    /// <summary>Of several nodes one audits, for the load of it: the others stand by.</summary>
    private static PeriodicJob CreateAudit(IServiceProvider provider, TimeSpan interval)
    {
        var audit = provider.GetRequiredService<ContinuousAudit>();
        var lease = provider.GetRequiredKeyedService<AdvisoryLease>(DatabaseLocks.Audit);
        return new PeriodicJob("audit", interval, async stopping =>
        {
            if (await lease.TryHoldAsync(stopping))
                await audit.RunRoundAsync(stopping);
        });
    }

    /// <summary>Null: never.</summary>
    private static TimeSpan? ReadAuditInterval(IConfiguration configuration)
    {
        const string setting = "Onsale:AuditMinutes";
        const int defaultMinutes = 5;
        const int maxMinutes = 24 * 60;
        return configuration.GetValue(setting, defaultMinutes) is >= 0 and <= maxMinutes and var minutes
            ? minutes == 0 ? null : TimeSpan.FromMinutes(minutes)
            : throw new StartupException(
                $"{setting} is {configuration[setting]}; it must be between 0 (no audit) and {maxMinutes}.");
    }

    /// <summary>Lets the batches in flight end before the database stops.</summary>
    private sealed class LaneShutdown(EventLanes lanes) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => lanes.StopAsync();
    }
}

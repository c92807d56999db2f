using Onsale.Inventory.Engine;
using Onsale.Inventory.Engine.Audit;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Database;
using Onsale.Platform.Startup;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server;

/// <summary>Gives the inventory engine its database, its seating plans and its services in the background.</summary>
internal static class EngineModule
{
    public static void AddEngine(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddInventoryEngine();
        services.AddSingleton(ReadAuditSchedule(builder.Configuration));
        services.AddSingleton<ISeatLayoutSource>(provider => provider.GetRequiredService<SeatingPlanCache>());
        services.AddSingleton(provider => new JournalConnections(
            () => provider.GetRequiredService<DatabaseServer>().ConnectionString));
        services.AddHostedService<AfterDatabase<LaneShutdown>>();
        services.AddHostedService<AfterDatabase<HoldExpiryService>>();
        services.AddHostedService<AfterDatabase<AuditService>>();
    }

    private static AuditSchedule ReadAuditSchedule(IConfiguration configuration)
    {
        const string setting = "Onsale:AuditMinutes";
        const int defaultMinutes = 5;
        const int maxMinutes = 24 * 60;
        return configuration.GetValue(setting, defaultMinutes) is >= 0 and <= maxMinutes and var minutes
            ? new AuditSchedule(minutes == 0 ? null : TimeSpan.FromMinutes(minutes))
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

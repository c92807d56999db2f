using Onsale.Server.Database;

namespace Onsale.Server.Inventory;

internal static class InventoryModule
{
    public static void AddInventory(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<JournalConnections>();
        services.AddSingleton<EventSettingsReader>();
        services.AddSingleton<PostgresJournal>();
        services.AddSingleton<InventoryMetrics>();
        services.AddSingleton<EventLanes>();
        services.AddSingleton<Auditor>();
        services.AddHostedService<AfterDatabase<LaneShutdown>>();
        services.AddHostedService<AfterDatabase<HoldSweeper>>();
        services.AddHostedService<AfterDatabase<AuditService>>();
    }

    /// <summary>Lets the batches in flight end before the database stops.</summary>
    private sealed class LaneShutdown(EventLanes lanes) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => lanes.StopAsync();
    }
}

using Onsale.Inventory.Engine.Audit;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Inventory.Engine;

/// <summary>Registers the lanes, their journal and the auditor.</summary>
internal static class InventoryEngine
{
    /// <summary>
    /// Adds the engine's services. The program adds an <see cref="ISeatLayoutSource"/>, <see cref="INodeWakeUps"/> and
    /// the journal's <see cref="JournalConnections"/>, and runs <see cref="HoldExpiry"/> and
    /// <see cref="ContinuousAudit"/> in the background.
    /// </summary>
    /// <param name="services">The program's services.</param>
    /// <param name="sharesTransactions">Whether batches of different events may travel in one transaction.</param>
    public static IServiceCollection AddInventoryEngine(
        this IServiceCollection services, bool sharesTransactions) => services
        .AddSingleton<EventSettingsReader>()
        .AddSingleton<PostgresJournal>()
        .AddSingleton<IInventoryJournal>(provider => sharesTransactions
            ? new SharedTransactions(
                provider.GetRequiredService<PostgresJournal>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<InventoryMetrics>().ObserveShared)
            : provider.GetRequiredService<PostgresJournal>())
        .AddSingleton<BookingReader>()
        .AddSingleton<InventoryMetrics>()
        .AddSingleton(LaneMemory.OfThisProcess())
        .AddSingleton<EventDirectory>()
        .AddSingleton<WriteHealth>()
        .AddSingleton<WriteProbe>()
        .AddSingleton<ExpirySwitch>()
        .AddSingleton<EventLanes>()
        .AddSingleton<HoldExpiry>()
        .AddSingleton<Auditor>()
        .AddSingleton<PastInventories>()
        .AddSingleton<ContinuousAudit>();
}

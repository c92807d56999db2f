using Microsoft.Extensions.Logging.Abstractions;
using Onsale.Inventory.Engine.Audit;
using Onsale.Inventory.Engine.Journal;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Bench.Hosts;

/// <summary>The program's own auditor, over all that a scenario sold.</summary>
internal static class Audit
{
    /// <summary>Answers how many events were audited.</summary>
    /// <exception cref="BenchException">It found something: the figures are worth nothing.</exception>
    public static async Task<int> RunAsync(BenchDatabase database, CancellationToken cancellationToken)
    {
        var auditor = new Auditor(database.DataSource, new EventSettingsReader(
            new SeatingPlanCache(database.DataSource, NullLogger<SeatingPlanCache>.Instance)), []);
        var changed = (await auditor.FindChangedAsync(DateTimeOffset.MinValue, cancellationToken))
            .Where(one => one.Version > 0).ToList();
        foreach (var (eventId, _, _) in changed)
        {
            var faults = await auditor.AuditAsync(eventId, cancellationToken: cancellationToken);
            if (faults.Count > 0)
                throw new BenchException($"The audit found {faults.Count} faults: {string.Join("; ", faults.Take(5))}");
        }

        var deadlocks = await database.QueryAsync<long>(
            "select deadlocks from pg_stat_database where datname = current_database()");
        return deadlocks == 0 ? changed.Count : throw new BenchException($"There were {deadlocks} deadlocks.");
    }
}

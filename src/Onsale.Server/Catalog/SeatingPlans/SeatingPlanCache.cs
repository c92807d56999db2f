using System.Diagnostics;
using Npgsql;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Seating;
using Onsale.Platform.Caching;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>Compiled seating plans by id: read once, shared by everything that asks.</summary>
internal sealed partial class SeatingPlanCache(NpgsqlDataSource dataSource, ILogger<SeatingPlanCache> logger)
    : ISeatLayoutSource
{
    private readonly BoundedCache<Guid, SeatingPlan> _plans =
        new(SeatingPlanLimits.MaxCachedPlanSeats, plan => Math.Max(1, plan.SeatCount));

    // Made once: each hold asks for the plan.
    private Func<Guid, Task<SeatingPlan?>>? _load;

    /// <summary>The plan, or null where there is none of that id. A plan never changes, so it is never stale.</summary>
    public Task<SeatingPlan?> GetAsync(Guid planId, CancellationToken cancellationToken = default) =>
        _plans.GetAsync(planId, _load ??= LoadAsync, cancellationToken);

    /// <inheritdoc/>
    public async Task<SeatLayout?> FindAsync(
        Guid planId, Func<string, int> tierOfCategory, CancellationToken cancellationToken) =>
        (await GetAsync(planId, cancellationToken))?.ToLayout(tierOfCategory);

    private async Task<SeatingPlan?> LoadAsync(Guid planId)
    {
        var started = Stopwatch.GetTimestamp();
        await using var connection = await dataSource.OpenConnectionAsync(CancellationToken.None);
        if (await SeatingPlanStore.ReadAsync(connection, planId, CancellationToken.None) is not { } stored)
            return null;
        var plan = SeatingPlanCompiler.Compile(stored.Document, stored.ContentHash);
        var elapsed = Stopwatch.GetElapsedTime(started);
        LogLoaded(plan.Name, plan.SeatCount, elapsed);
        return plan;
    }

    [LoggerMessage(EventId = 5101, Level = LogLevel.Debug,
        Message = "Loaded seating plan {Name}, {SeatCount} seats, in {Elapsed}")]
    private partial void LogLoaded(string name, int seatCount, TimeSpan elapsed);
}

using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory.Engine.Journal;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Makes ended holds visible: wakes the lanes that have due ones, and every few seconds the events that no lane of this
/// node has. Whether a hold is over is decided in the batch, by the database's clock; any number of nodes may wake.
/// </summary>
internal sealed class HoldExpiryService(
    EventLanes lanes, NpgsqlDataSource dataSource, TimeProvider time, ILogger<HoldExpiryService> logger) : BackgroundService
{
    private const string DueSql = "select event_id from inventory where next_due_at <= clock_timestamp() limit $1";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(JournalLimits.SweepMilliseconds), time);
        var lookedAt = default(long?);
        do
        {
            foreach (var running in lanes.Running.Where(running => running.Lane.Availability.HasDueHold))
                _ = running.RefreshAsync();
            if (lookedAt is null || time.GetElapsedTime(lookedAt.Value).TotalSeconds >= JournalLimits.SweepDatabaseSeconds)
            {
                lookedAt = time.GetTimestamp();
                lanes.DropIdle();
                await WakeDueEventsAsync(stoppingToken);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task WakeDueEventsAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var command = dataSource.CreateCommand(DueSql);
            command.Parameters.Add(JournalRows.Parameter(JournalLimits.MaxSweptEvents, NpgsqlDbType.Integer));
            await using var rows = await command.ExecuteReaderAsync(stoppingToken);
            while (await rows.ReadAsync(stoppingToken))
                _ = lanes.SubmitAsync(rows.GetGuid(0), new SweepCommand());
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program is stopping.
        }
        catch (Exception exception)
        {
            InventoryLog.SweepFailed(logger, exception);
        }
    }
}

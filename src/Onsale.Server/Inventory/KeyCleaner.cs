using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory;

namespace Onsale.Server.Inventory;

/// <summary>
/// Deletes idempotency keys that are past their life, in small batches. Only disk space depends on it: an old key is
/// passed over whether or not it is still there. Any number of nodes may run it.
/// </summary>
internal sealed class KeyCleaner(NpgsqlDataSource dataSource, TimeProvider time, ILogger<KeyCleaner> logger)
    : BackgroundService
{
    private const int EveryMinutes = 10;
    private const int MaxDeletedKeys = 5000;

    // The BRIN index on the age leads to the old end of the table; rows another node is deleting are passed over.
    private const string DeleteSql = """
        delete from idempotency_keys where ctid = any (array(
            select ctid from idempotency_keys where created_at < clock_timestamp() - make_interval(hours => $1)
            limit $2 for update skip locked))
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(EveryMinutes), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await CleanAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is deleted by the next round of any node.
        }
    }

    /// <summary>Deletes all that is old; answers how many.</summary>
    internal async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        try
        {
            int deleted;
            do
            {
                await using var command = dataSource.CreateCommand(DeleteSql);
                command.Parameters.Add(
                    JournalRows.Parameter(InventoryLimits.IdempotencyKeyHours, NpgsqlDbType.Integer));
                command.Parameters.Add(JournalRows.Parameter(MaxDeletedKeys, NpgsqlDbType.Integer));
                deleted = await command.ExecuteNonQueryAsync(cancellationToken);
                total += deleted;
            }
            while (deleted == MaxDeletedKeys);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            InventoryLog.CleaningFailed(logger, exception);
        }

        return total;
    }
}

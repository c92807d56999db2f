using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory.Engine.Journal;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Makes ended holds visible: wakes the lanes that have due ones, and every few seconds the events that no lane of this
/// node has. Whether a hold is over is decided in the batch, by the database's clock; any number of nodes may wake.
/// </summary>
internal sealed class HoldExpiry(EventLanes lanes, NpgsqlDataSource dataSource, ExpirySwitch expiry)
{
    private const string DueSql = "select event_id from inventory where next_due_at <= clock_timestamp() limit $1";

    /// <summary>Wakes the lanes of this node whose memory has a hold that is due.</summary>
    public Task WakeDueLanesAsync(CancellationToken cancellationToken)
    {
        if (expiry.IsOff)
            return Task.CompletedTask;
        foreach (var host in lanes.Running.Where(host => host.Lane.Availability.HasDueHold))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = host.RefreshAsync();
        }

        return Task.CompletedTask;
    }

    /// <summary>Wakes the events that are due by the database, whichever node sold them last.</summary>
    public async Task WakeDueEventsAsync(CancellationToken cancellationToken)
    {
        lanes.DropIdle();
        if (expiry.IsOff)
            return;
        await using var command = dataSource.CreateCommand(DueSql);
        command.Parameters.Add(JournalRows.Parameter(JournalLimits.MaxSweptEvents, NpgsqlDbType.Integer));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            _ = lanes.SubmitAsync(rows.GetGuid(0), new SweepCommand());
    }
}

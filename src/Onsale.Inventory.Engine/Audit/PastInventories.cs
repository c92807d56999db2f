using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory.Engine.Journal;
using static Onsale.Inventory.Engine.Journal.BatchCommands;

namespace Onsale.Inventory.Engine.Audit;

/// <summary>Inventories as they were: the change log, replayed up to an instant.</summary>
internal sealed class PastInventories(NpgsqlDataSource dataSource, EventSettingsReader settings)
{
    private const string LogUntilSql = """
        select version, batch_id, at, changes from change_log where event_id = $1 and at <= $2 order by version
        """;

    /// <summary>
    /// An event's inventory at an instant, with the tiers that the event has now; null: there is no such event.
    /// </summary>
    /// <exception cref="InventoryCorruptException">The log does not fit the event.</exception>
    public async Task<EventInventory?> FindAsync(Guid eventId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await settings.ReadAsync(connection, eventId, cancellationToken) is not { } found)
            return null;
        var inventory = new EventInventory(found, await Auditor.EmptyHouseAsync(connection, found, cancellationToken));
        await using var command = Auditor.Question(
            connection, LogUntilSql, Id(eventId), JournalRows.Parameter(at, NpgsqlDbType.TimestampTz));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            inventory.Apply(new LogEntry(
                rows.GetInt64(0), rows.GetGuid(1), rows.GetFieldValue<DateTimeOffset>(2),
                ChangeLogCodec.Read(rows.GetFieldValue<byte[]>(3))));
        }

        return inventory;
    }
}

using Npgsql;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>
/// Creates the rows that the selling path of a new event needs: the inventory row that every batch locks, one row a
/// seat, and one a pool. For the transaction that creates the event.
/// </summary>
internal static class InventoryCreation
{
    private const string InventorySql =
        "insert into inventory (event_id, changed_at, total, available) values ($1, now(), $2, $2)";

    // Which tier a seat belongs to is the plan's to say, so a stadium is one statement of three arguments.
    private const string SeatsSql =
        "insert into seats (event_id, ordinal) select $1, ordinal from generate_series(0, $2 - 1) as ordinal";

    private const string PoolsSql = """
        insert into pools (event_id, tier, capacity)
        select $1, tier, capacity from unnest($2::smallint[], $3::integer[]) as pool (tier, capacity)
        """;

    /// <summary>The statements, to be run after the event's own row was inserted.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="seatCount">Seats of its plan; 0: none.</param>
    /// <param name="pools">Capacity of each tier that is sold by quantity.</param>
    public static IEnumerable<NpgsqlBatchCommand> Commands(
        Guid eventId, int seatCount, IReadOnlyList<(short Tier, int Capacity)> pools)
    {
        yield return Command(InventorySql, eventId, seatCount + pools.Sum(pool => pool.Capacity));
        if (seatCount > 0)
            yield return Command(SeatsSql, eventId, seatCount);
        yield return Command(
            PoolsSql, eventId, pools.Select(pool => pool.Tier).ToArray(),
            pools.Select(pool => pool.Capacity).ToArray());
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}

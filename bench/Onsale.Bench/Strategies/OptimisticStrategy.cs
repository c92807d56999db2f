using Npgsql;
using NpgsqlTypes;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Bench.Strategies;

/// <summary>Optimistic: look, then write only what still has the version that was seen, else begin again.</summary>
internal sealed class OptimisticStrategy(StrategyTables tables) : Strategy
{
    private const string SeeSeats =
        "select state, version from strategies.seats where event_id = $1 and ordinal = any ($2) order by ordinal";

    private const string SeePool =
        "select capacity - held, version from strategies.pools where event_id = $1 and tier = 0";

    private const string TakeSeats = """
        with written as (
            update strategies.seats s set state = 1, booking_id = $4, version = s.version + 1
            from unnest($2, $3) as seen (ordinal, version)
            where s.event_id = $1 and s.ordinal = seen.ordinal and s.version = seen.version and s.state = 0
            returning 1)
        select count(*) from written
        """;

    private const string TakePlaces = """
        with written as (
            update strategies.pools set held = held + 2, version = version + 1
            where event_id = $1 and tier = 0 and version = $2
            returning 1)
        select count(*) from written
        """;

    public override string Name => "optimistic version";

    public override async Task<Attempt> HoldAsync(Wish wish)
    {
        await using var connection = await tables.OpenAsync();
        for (var retries = 0; retries <= MaxRetries; retries++)
        {
            if (await SeeAsync(connection, wish) is not { } versions)
                return new Attempt(Answer.Taken, retries);
            if (await TakeAsync(connection, wish, versions) == versions.Length)
            {
                await StrategyTables.CommitAsync(connection, wish);
                return new Attempt(Answer.Held, retries);
            }

            await StrategyTables.EndAsync(connection, commit: false);
        }

        return new Attempt(Answer.GaveUp, MaxRetries);
    }

    /// <summary>The versions of what is wanted; null: it is not free.</summary>
    private static async Task<long[]?> SeeAsync(NpgsqlConnection connection, Wish wish)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(wish.Seats is { } seats
            ? Command(SeeSeats, Id(wish.EventId), StrategyTables.Integers(seats))
            : Command(SeePool, Id(wish.EventId)));
        await using var rows = await batch.ExecuteReaderAsync();
        var versions = new List<long>();
        while (await rows.ReadAsync())
        {
            if (wish.Seats is null ? rows.GetInt32(0) < Wish.Places : rows.GetInt16(0) != 0)
                return null;
            versions.Add(rows.GetInt64(1));
        }

        return [.. versions];
    }

    private static async Task<long> TakeAsync(NpgsqlConnection connection, Wish wish, long[] versions)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        batch.BatchCommands.Add(wish.Seats is { } seats
            ? Command(TakeSeats, Id(wish.EventId), StrategyTables.Integers(seats),
                Parameter(versions, NpgsqlDbType.Array | NpgsqlDbType.Bigint), Id(wish.BookingId))
            : Command(TakePlaces, Id(wish.EventId), Number(versions[0])));
        return (long)(await batch.ExecuteScalarAsync())!;
    }
}

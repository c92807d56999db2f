using Npgsql;
using static Onsale.Inventory.Engine.Journal.BatchCommands;

namespace Onsale.Bench.Strategies;

/// <summary>Pessimistic: lock the rows, look, write. Two round trips.</summary>
internal sealed class RowLockStrategy(StrategyTables tables) : Strategy
{
    private const string LockSeats = """
        select state from strategies.seats where event_id = $1 and ordinal = any ($2) order by ordinal for no key update
        """;

    private const string LockPool =
        "select capacity - held from strategies.pools where event_id = $1 and tier = 0 for no key update";

    private const string TakeSeats =
        "update strategies.seats set state = 1, booking_id = $3 where event_id = $1 and ordinal = any ($2)";

    private const string TakePlaces = "update strategies.pools set held = held + 2 where event_id = $1 and tier = 0";

    public override string Name => "row locks (FOR UPDATE)";

    public override async Task<Attempt> HoldAsync(Wish wish)
    {
        await using var connection = await tables.OpenAsync();
        if (!await LockAsync(connection, wish))
        {
            await StrategyTables.EndAsync(connection, commit: false);
            return new Attempt(Answer.Taken);
        }

        await StrategyTables.CommitAsync(connection, wish, wish.Seats is { } seats
            ? Command(TakeSeats, Id(wish.EventId), StrategyTables.Integers(seats), Id(wish.BookingId))
            : Command(TakePlaces, Id(wish.EventId)));
        return new Attempt(Answer.Held);
    }

    private static async Task<bool> LockAsync(NpgsqlConnection connection, Wish wish)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        batch.BatchCommands.Add(wish.Seats is { } seats
            ? Command(LockSeats, Id(wish.EventId), StrategyTables.Integers(seats))
            : Command(LockPool, Id(wish.EventId)));
        await using var rows = await batch.ExecuteReaderAsync();
        var isFree = true;
        while (await rows.ReadAsync())
            isFree &= wish.Seats is null ? rows.GetInt32(0) >= Wish.Places : rows.GetInt16(0) == 0;
        return isFree;
    }
}

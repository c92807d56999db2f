using Npgsql;
using static Onsale.Inventory.Engine.Journal.BatchCommands;

namespace Onsale.Bench.Strategies;

/// <summary>
/// A row for each place of a tier; a buyer takes the first ones that nobody else is about to take. For quantities only:
/// a chosen seat cannot be replaced by the next.
/// </summary>
internal sealed class SkipLockedStrategy(StrategyTables tables) : Strategy
{
    private const string TakePlaces = """
        with picked as (
            select n from strategies.places where event_id = $1 and booking_id is null
            order by n limit 2 for no key update skip locked),
        written as (
            update strategies.places p set booking_id = $2 from picked
            where p.event_id = $1 and p.n = picked.n returning 1)
        select count(*) from written
        """;

    public override string Name => "FOR UPDATE SKIP LOCKED";

    public override bool Takes(bool seats) => !seats;

    public override async Task<Attempt> HoldAsync(Wish wish)
    {
        await using var connection = await tables.OpenAsync();
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
            batch.BatchCommands.Add(Command(TakePlaces, Id(wish.EventId), Id(wish.BookingId)));
            if ((long)(await batch.ExecuteScalarAsync())! < Wish.Places)
            {
                await StrategyTables.EndAsync(connection, commit: false);
                return new Attempt(Answer.Taken);
            }
        }

        await StrategyTables.CommitAsync(connection, wish);
        return new Attempt(Answer.Held);
    }
}

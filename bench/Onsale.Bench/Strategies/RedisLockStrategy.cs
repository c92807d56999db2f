using Npgsql;
using StackExchange.Redis;
using static Onsale.Inventory.Engine.Journal.BatchCommands;

namespace Onsale.Bench.Strategies;

/// <summary>
/// A lock in Redis around the transaction, with a fencing token that PostgreSQL checks: without it, a holder that was
/// paused past the lock's life would write into its successor's work (Kleppmann, "How to do distributed locking",
/// 2016).
/// </summary>
internal sealed class RedisLockStrategy(StrategyTables tables, IDatabase redis, Random jitter) : Strategy
{
    private const int LockSeconds = 5;
    private const int MaxWaitMilliseconds = 8;

    private const string Acquire = """
        if redis.call('set', KEYS[1], ARGV[1], 'NX', 'EX', ARGV[2]) then return redis.call('incr', KEYS[2]) end
        return 0
        """;

    private const string Release =
        "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

    private const string TakeSeats = """
        with written as (
            update strategies.seats set state = 1, booking_id = $3, fence = $4
            where event_id = $1 and ordinal = any ($2) and state = 0 and fence < $4 returning 1)
        select count(*) from written
        """;

    private const string TakePlaces = """
        with written as (
            update strategies.pools set held = held + 2, fence = $2
            where event_id = $1 and tier = 0 and held + 2 <= capacity and fence < $2 returning 1)
        select count(*) from written
        """;

    public override string Name => "Redis lock, fenced";

    public override async Task<Attempt> HoldAsync(Wish wish)
    {
        // Chosen seats are locked as the pair they are asked for; places of a tier by their tier.
        var name = wish.Seats is { } seats ? $"{wish.EventId}:{seats[0]}" : $"{wish.EventId}";
        RedisKey[] keys = [$"lock:{name}", $"fence:{wish.EventId}"];
        for (var retries = 0; retries <= MaxRetries; retries++)
        {
            var fence = (long)await redis.ScriptEvaluateAsync(Acquire, keys, [wish.BookingId.ToString(), LockSeconds]);
            if (fence == 0)
            {
                await Task.Delay(NextWait());
                continue;
            }

            try
            {
                return new Attempt(await TakeAsync(wish, fence), retries);
            }
            finally
            {
                await redis.ScriptEvaluateAsync(Release, [keys[0]], [wish.BookingId.ToString()]);
            }
        }

        return new Attempt(Answer.GaveUp, MaxRetries);
    }

    private TimeSpan NextWait()
    {
        lock (jitter)
            return TimeSpan.FromMilliseconds(1 + (jitter.NextDouble() * MaxWaitMilliseconds));
    }

    private async Task<Answer> TakeAsync(Wish wish, long fence)
    {
        await using var connection = await tables.OpenAsync();
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
            batch.BatchCommands.Add(wish.Seats is { } seats
                ? Command(
                    TakeSeats, Id(wish.EventId), StrategyTables.Integers(seats), Id(wish.BookingId), Number(fence))
                : Command(TakePlaces, Id(wish.EventId), Number(fence)));
            if ((long)(await batch.ExecuteScalarAsync())! < (wish.Seats is null ? 1 : Wish.Places))
            {
                await StrategyTables.EndAsync(connection, commit: false);
                return Answer.Taken;
            }
        }

        await StrategyTables.CommitAsync(connection, wish);
        return Answer.Held;
    }
}

using Npgsql;
using NpgsqlTypes;
using Onsale.Bench.Hosts;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Bench.Strategies;

/// <summary>
/// Tables that all strategies but the batch share: like the program's own, with the columns that a strategy needs
/// (version, fence) and, for SKIP LOCKED, a row for each place of a tier.
/// </summary>
internal sealed class StrategyTables(BenchDatabase database) : IAsyncDisposable
{
    private const int MaxConnections = 32;

    private const string CreateSql = """
        create schema strategies;
        create table strategies.seats (like public.seats including all, version bigint not null default 0,
            fence bigint not null default 0) with (fillfactor = 40);
        create table strategies.pools (like public.pools including all, version bigint not null default 0,
            fence bigint not null default 0) with (fillfactor = 10);
        create table strategies.places (event_id uuid not null, n integer not null, booking_id uuid,
            primary key (event_id, n)) with (fillfactor = 50);
        create index places_free on strategies.places (event_id, n) where booking_id is null;
        create table strategies.bookings (like public.bookings including all) with (fillfactor = 75);
        create table strategies.idempotency_keys (event_id uuid not null, key_hash uuid not null,
            fingerprint uuid not null, booking_id uuid not null, created_at timestamptz not null,
            primary key (event_id, key_hash));
        """;

    private const string FillSql = """
        truncate strategies.seats, strategies.pools, strategies.places, strategies.bookings,
            strategies.idempotency_keys;
        insert into strategies.seats (event_id, ordinal)
            select event_id, ordinal from public.seats where event_id = any ($1);
        insert into strategies.pools (event_id, tier, capacity)
            select event_id, tier, capacity from public.pools where event_id = any ($1);
        """;

    private const string PlacesSql = """
        insert into strategies.places (event_id, n)
        select p.event_id, n from public.pools p, generate_series(1, p.capacity) as n where p.event_id = any ($1)
        """;

    private const string InsertBookingSql = """
        insert into strategies.bookings (event_id, id, buyer_id, state, held_until, hold_version, version, created_at,
            changed_at, tiers, seats, prices)
        values ($1, $2, $3, 0, clock_timestamp() + interval '10 minutes', 0, 0, clock_timestamp(), clock_timestamp(),
            '{0,0}', $4, '{4500,4500}')
        """;

    private const string InsertKeySql = """
        insert into strategies.idempotency_keys (event_id, key_hash, fingerprint, booking_id, created_at)
        values ($1, $2, $2, $3, clock_timestamp())
        """;

    private static readonly int[] ByQuantity = [-1, -1];

    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            ApplicationName = "bench-strategies",
            MaxPoolSize = MaxConnections,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Options = "-c plan_cache_mode=force_generic_plan -c jit=off",
            Timeout = 60,
        });

    public Task CreateAsync() => database.ExecuteAsync(CreateSql);

    /// <summary>Empty bookings, and nothing sold of these events.</summary>
    public async Task FillAsync(IReadOnlyList<BenchEvent> events)
    {
        Guid[] ids = [.. events.Select(one => one.Id)];
        foreach (var sql in FillSql.Split(
            ';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Append(PlacesSql))
        {
            if (sql.Contains("$1", StringComparison.Ordinal))
                await database.ExecuteAsync(sql, ids);
            else
                await database.ExecuteAsync(sql);
        }

        await database.ExecuteAsync("vacuum analyze strategies.seats, strategies.pools, strategies.places");
    }

    /// <exception cref="BenchException">More was sold than there is, or a booking lacks its places.</exception>
    public async Task CheckAsync()
    {
        var faults = await database.QueryAsync<long>("""
            select (select count(*) from strategies.pools where held > capacity)
                + (select count(*) from (select booking_id from strategies.places where booking_id is not null
                    group by booking_id having count(*) <> 2) odd)
                + (select count(*) from (select from strategies.bookings b
                    left join strategies.seats s on s.event_id = b.event_id and s.booking_id = b.id
                    where b.seats[1] >= 0 group by b.event_id, b.id having count(s.ordinal) <> 2) odd)
            """);
        if (faults > 0)
            throw new BenchException($"A strategy left {faults} rows that contradict one another.");
    }

    public ValueTask<NpgsqlConnection> OpenAsync() => _dataSource.OpenConnectionAsync();

    /// <summary>What every strategy writes beside the places.</summary>
    public static void AddBooking(NpgsqlBatch batch, Wish wish)
    {
        batch.BatchCommands.Add(Command(
            InsertBookingSql, Id(wish.EventId), Id(wish.BookingId), Id(wish.BuyerId),
            Integers(wish.Seats ?? ByQuantity)));
        batch.BatchCommands.Add(Command(InsertKeySql, Id(wish.EventId), Id(wish.Key), Id(wish.BookingId)));
    }

    public static async Task<bool> EndAsync(NpgsqlConnection connection, bool commit)
    {
        await using var command = new NpgsqlCommand(commit ? "commit" : "rollback", connection);
        await command.ExecuteNonQueryAsync();
        return commit;
    }

    /// <summary>Writes the booking and commits: the last round trip.</summary>
    public static async Task CommitAsync(
        NpgsqlConnection connection, Wish wish, params IReadOnlyList<NpgsqlBatchCommand> before)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in before)
            batch.BatchCommands.Add(command);
        AddBooking(batch, wish);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await batch.ExecuteNonQueryAsync();
    }

    public static NpgsqlParameter Integers(int[] values) =>
        Parameter(values, NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}

using System.Buffers.Binary;
using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory;
using Onsale.Platform.Database;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Bench.Hosts.RowLocks;

/// <summary>
/// A transaction a hold: two round trips, prepared statements, and locks in one order (buyer, then seats by ordinal).
/// </summary>
internal sealed class RowLockStore(DatabaseServer database) : IAsyncDisposable
{
    /// <summary>Several a core: most of them wait for a lock or the disk at any moment.</summary>
    private const int MaxConnections = 32;

    private readonly Lazy<NpgsqlDataSource> _dataSource = new(() => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            ApplicationName = "bench-row-locks",
            MaxPoolSize = MaxConnections,
            MaxAutoPrepare = 32,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Options = "-c plan_cache_mode=force_generic_plan -c jit=off",
            Timeout = 30,
        }));

    public async Task<CommandResult> HoldAsync(EventSettings settings, RowLockHold hold)
    {
        await using var connection = await _dataSource.Value.OpenConnectionAsync();
        try
        {
            var found = await LockAsync(connection, settings.EventId, hold);
            if (Decide(settings, hold, found) is { } decided)
            {
                await RollBackAsync(connection);
                return decided;
            }

            var booking = BookingOf(settings, hold, found.Now);
            await CommitAsync(connection, settings.EventId, booking, hold);
            return CommandResult.Accept(booking);
        }
        catch
        {
            // The connection may be in the middle of a transaction: it does not go back to the pool.
            NpgsqlConnection.ClearPool(connection);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_dataSource.IsValueCreated)
            await _dataSource.Value.DisposeAsync();
    }

    /// <summary>Null: it can be held.</summary>
    private static CommandResult? Decide(EventSettings settings, RowLockHold hold, Found found)
    {
        if (found.Fingerprint is { } fingerprint)
        {
            return fingerprint == hold.Key.Fingerprint
                ? CommandResult.Replay(BookingOf(settings, hold with { BookingId = found.UsedFor }, found.Now))
                : CommandResult.Refuse(RefusalReason.IdempotencyMismatch);
        }

        if (found.Now < settings.OnSaleAt || found.Now >= settings.OffSaleAt)
            return CommandResult.Refuse(new Refusal(RefusalReason.NotOnSale) { At = found.Now });
        if (found.Has + hold.Seats.Length > settings.MaxTicketsPerBuyer)
            return CommandResult.Refuse(
                new Refusal(RefusalReason.LimitExceeded) { Limit = settings.MaxTicketsPerBuyer, Has = found.Has });
        return found.Free == hold.Seats.Length
            ? null
            : CommandResult.Refuse(new Refusal(RefusalReason.SeatsUnavailable) { Seats = hold.Seats });
    }

    private static Booking BookingOf(EventSettings settings, RowLockHold hold, DateTimeOffset now) => new()
    {
        Id = hold.BookingId,
        BuyerId = hold.BuyerId,
        State = BookingState.Held,
        HeldUntil = now + settings.HoldDuration,
        HoldVersion = 0,
        Version = 0,
        CreatedAt = now,
        ChangedAt = now,
        Places = [.. hold.Seats.Select(seat =>
            new Place(settings.Layout.TierOf(seat), seat, settings.Tiers[settings.Layout.TierOf(seat)].Price))],
    };

    private static async Task<Found> LockAsync(NpgsqlConnection connection, Guid eventId, RowLockHold hold)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(RowLockSql.Begin));
        batch.BatchCommands.Add(Command(RowLockSql.LockBuyer, Number(LockOf(hold.BuyerId))));
        batch.BatchCommands.Add(Command(RowLockSql.UsedKey, Id(eventId), Id(hold.Key.KeyHash)));
        batch.BatchCommands.Add(Command(RowLockSql.LockSeats, Id(eventId), Ordinals(hold.Seats)));
        batch.BatchCommands.Add(Command(RowLockSql.PlacesOfBuyer, Id(eventId), Id(hold.BuyerId)));
        await using var rows = await batch.ExecuteReaderAsync();

        var found = new Found();
        await rows.NextResultAsync();
        if (await rows.ReadAsync())
            found = found with { Fingerprint = rows.GetGuid(0), UsedFor = rows.GetGuid(1) };
        await rows.NextResultAsync();
        var free = 0;
        while (await rows.ReadAsync())
            free += rows.GetBoolean(0) ? 1 : 0;
        await rows.NextResultAsync();
        await rows.ReadAsync();
        return found with { Free = free, Has = rows.GetInt32(0), Now = rows.GetFieldValue<DateTimeOffset>(1) };
    }

    private static async Task CommitAsync(NpgsqlConnection connection, Guid eventId, Booking booking, RowLockHold hold)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(RowLockSql.TakeSeats, Id(eventId), Ordinals(hold.Seats), Id(booking.Id)));
        batch.BatchCommands.Add(Command(
            RowLockSql.InsertBooking, Id(eventId), Id(booking.Id), Id(booking.BuyerId),
            Parameter(booking.HeldUntil, NpgsqlDbType.TimestampTz),
            Parameter(booking.CreatedAt, NpgsqlDbType.TimestampTz),
            Parameter(
                booking.Places.Select(place => (short)place.Tier).ToArray(),
                NpgsqlDbType.Array | NpgsqlDbType.Smallint),
            Ordinals(hold.Seats),
            Parameter(
                booking.Places.Select(place => place.Price).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)));
        batch.BatchCommands.Add(Command(
            RowLockSql.InsertKey, Id(eventId), Id(hold.Key.KeyHash), Id(hold.Key.Fingerprint), Id(booking.Id),
            Parameter(booking.CreatedAt, NpgsqlDbType.TimestampTz)));
        if (hold.IsLogged)
            batch.BatchCommands.Add(LogOf(eventId, booking));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(RowLockSql.Commit));
        await batch.ExecuteNonQueryAsync();
    }

    private static NpgsqlBatchCommand LogOf(Guid eventId, Booking booking) => Command(
        RowLockSql.Log, Id(eventId), Parameter(booking.CreatedAt, NpgsqlDbType.TimestampTz),
        Parameter(booking.Places.Length, NpgsqlDbType.Integer), Id(booking.Id),
        Parameter(ChangeLogCodec.Write([new BookingChanged(null, booking)]), NpgsqlDbType.Bytea));

    private static async Task RollBackAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(RowLockSql.Rollback, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter Ordinals(ImmutableArray<int> seats) =>
        Parameter(seats.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);

    private static long LockOf(Guid buyer)
    {
        Span<byte> bytes = stackalloc byte[16];
        buyer.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
    }

    private sealed record Found
    {
        public Guid? Fingerprint { get; init; }

        public Guid UsedFor { get; init; }

        public int Free { get; init; }

        public int Has { get; init; }

        public DateTimeOffset Now { get; init; }
    }
}

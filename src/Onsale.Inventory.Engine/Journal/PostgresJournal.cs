using System.Data;
using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Seating;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>Inventories in PostgreSQL: catch up, decide, append, in two round trips a batch.</summary>
internal sealed class PostgresJournal(JournalConnections connections, EventSettingsReader settings, TimeProvider time)
    : IInventoryJournal
{
    public async Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connections.OpenAsync(cancellationToken);
            // One snapshot for all that follows; settings first, so that a change after them is noticed by the next
            // lock.
            await using var transaction = await connection.BeginTransactionAsync(
                IsolationLevel.RepeatableRead, cancellationToken);
            if (await settings.ReadAsync(connection, eventId, cancellationToken) is not { } found)
                return null;
            return new EventInventory(found, await ReadAsync(connection, found, cancellationToken));
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            throw new JournalUnavailableException("The inventory cannot be loaded.", exception);
        }
    }

    public async Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet questions)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await connections.OpenAsync(CancellationToken.None);
            return await PostgresBatch.OpenAsync(connection, known, questions, time);
        }
        catch (Exception exception)
        {
            // Whatever it is: a connection that is left open goes on holding the event's lock.
            if (connection is not null)
                await connection.DisposeAsync();
            if (IsUnavailable(exception))
                throw new JournalUnavailableException("The event's lock cannot be taken.", exception);
            throw;
        }
    }

    public async Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId)
    {
        try
        {
            await using var connection = await connections.OpenAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync();
            // A commit that is still under way holds the lock until its outcome is settled.
            await using (var locking = new NpgsqlCommand(JournalSql.Lock, connection) { Parameters = { Id(eventId) } })
                await locking.ExecuteNonQueryAsync();
            await using var command = new NpgsqlCommand(JournalSql.WasCommitted, connection)
            {
                Parameters = { Id(eventId), Number(version), Id(batchId) },
            };
            return (bool)(await command.ExecuteScalarAsync())!;
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            throw new JournalUnavailableException("What became of a commit cannot be looked up.", exception);
        }
    }

    internal static bool IsUnavailable(Exception exception) =>
        exception is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException
        || (exception is InvalidOperationException && exception.InnerException is NpgsqlException);

    /// <summary>The tables as they are in the connection's snapshot.</summary>
    internal static async Task<InventorySnapshot> ReadAsync(
        NpgsqlConnection connection, EventSettings settings, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in new[]
        {
            JournalSql.LoadVersion, JournalSql.LoadSeats, JournalSql.LoadPools, JournalSql.LoadLive,
            JournalSql.LoadBuyers,
        })
        {
            batch.BatchCommands.Add(Command(sql, Id(settings.EventId)));
        }

        batch.BatchCommands.Add(Command(
            JournalSql.LoadKeys, Id(settings.EventId),
            Parameter(InventoryLimits.IdempotencyKeyHours, NpgsqlDbType.Integer)));
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var (version, changedAt) = (rows.GetInt64(0), ReadInstant(rows, 1));

        await rows.NextResultAsync(cancellationToken);
        var seats = new PackedSeatStates(settings.Layout.SeatCount);
        while (await rows.ReadAsync(cancellationToken))
            seats[rows.GetInt32(0)] = (SeatState)rows.GetInt16(1);

        await rows.NextResultAsync(cancellationToken);
        var pools = new Dictionary<int, TierCounts>();
        while (await rows.ReadAsync(cancellationToken))
        {
            pools[rows.GetInt16(0)] = new TierCounts(
                rows.GetInt32(1), rows.GetInt32(2), rows.GetInt32(3), rows.GetInt32(4));
        }

        await rows.NextResultAsync(cancellationToken);
        var live = new List<Booking>();
        while (await rows.ReadAsync(cancellationToken))
            live.Add(ReadLiveBooking(rows));

        await rows.NextResultAsync(cancellationToken);
        var buyers = new Dictionary<Guid, int>();
        while (await rows.ReadAsync(cancellationToken))
            buyers[rows.GetGuid(0)] = rows.GetInt32(1);

        await rows.NextResultAsync(cancellationToken);
        var keys = new List<Guid>();
        while (await rows.ReadAsync(cancellationToken))
            keys.Add(rows.GetGuid(0));

        return new InventorySnapshot(version, changedAt, seats, pools, live, buyers, keys);
    }

    /// <summary>An event that never changed has "-infinity", which no .NET instant is.</summary>
    private static DateTimeOffset ReadInstant(NpgsqlDataReader row, int column) =>
        row.GetFieldValue<DateTime>(column) is var instant && instant == DateTime.MinValue
            ? DateTimeOffset.MinValue
            : new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc));
}

/// <summary>One batch on its connection, between the lock and the commit.</summary>
internal sealed class PostgresBatch : IOpenBatch
{
    private readonly NpgsqlConnection _connection;
    private readonly Guid _eventId;
    private readonly TimeProvider _time;
    private readonly List<LogEntry> _missed = [];
    private readonly Dictionary<Guid, UsedKey> _keys = [];
    private readonly Dictionary<Guid, Booking> _bookings = [];
    private bool _isInTransaction = true;
    private bool _isDisposed;

    private PostgresBatch(NpgsqlConnection connection, Guid eventId, TimeProvider time) =>
        (_connection, _eventId, _time) = (connection, eventId, time);

    public long Version { get; private set; }

    public long SettingsVersion { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<LogEntry> Missed => _missed;

    public IReadOnlyDictionary<Guid, UsedKey> Keys => _keys;

    public IReadOnlyDictionary<Guid, Booking> Bookings => _bookings;

    public static async Task<PostgresBatch> OpenAsync(
        NpgsqlConnection connection, EventInventory known, BatchReadSet questions, TimeProvider time)
    {
        var open = new PostgresBatch(connection, known.Settings.EventId, time);
        await using var batch = new NpgsqlBatch(connection) { Timeout = JournalLimits.LockTimeoutSeconds };
        batch.BatchCommands.Add(new NpgsqlBatchCommand(JournalSql.Begin));
        batch.BatchCommands.Add(Command(JournalSql.Lock, Id(open._eventId)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(JournalSql.Clock));
        batch.BatchCommands.Add(Command(
            JournalSql.Missed, Id(open._eventId), Number(known.Version), Number(JournalLimits.MaxMissedEntries)));
        if (questions.BookingIds.Count > 0)
            batch.BatchCommands.Add(Command(JournalSql.Bookings, Id(open._eventId), Ids([.. questions.BookingIds])));
        await using var rows = await batch.ExecuteReaderAsync();
        await open.ReadAsync(rows, questions);
        return open;
    }

    public async Task<CommitOutcome> CommitAsync(BatchCommit commit)
    {
        try
        {
            // No timeout of the driver's: it would cancel the commit.
            var batch = new NpgsqlBatch(_connection) { Timeout = 0 };
            BatchCommands.Add(batch, _eventId, commit);
            var writing = batch.ExecuteNonQueryAsync();
            try
            {
                await writing.WaitAsync(TimeSpan.FromSeconds(JournalLimits.MaxCommitAnswerSeconds), _time);
            }
            catch (TimeoutException) when (!writing.IsCompleted)
            {
                Abandon(writing);
                return CommitOutcome.Unknown;
            }

            _isInTransaction = false;
            return CommitOutcome.Committed;
        }
        catch (PostgresException exception) when (exception.InvariantSeverity == "ERROR")
        {
            // The server skips the rest of the pipeline after an error, COMMIT included.
            return exception.SqlState is JournalLimits.MismatchSqlState
                || exception.SqlState.StartsWith("23", StringComparison.Ordinal)
                    ? CommitOutcome.Mismatch
                    : CommitOutcome.NotCommitted;
        }
        catch (Exception exception) when (PostgresJournal.IsUnavailable(exception))
        {
            _isInTransaction = false; // not for sure, but not on this connection any more
            return CommitOutcome.Unknown;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (_isInTransaction)
            await RollBackAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>
    /// Nobody waits for the answer any more, as when the server vanished without a word; the commit itself is left to
    /// happen or not. Whenever its connection ends, it is given back.
    /// </summary>
    private void Abandon(Task writing)
    {
        _isDisposed = true;
        _ = writing.ContinueWith(
            async ended =>
            {
                _ = ended.Exception;
                await _connection.DisposeAsync();
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RollBackAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand(JournalSql.Rollback, _connection);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (PostgresJournal.IsUnavailable(exception))
        {
            // The connection is gone, and with it the transaction: that is what a rollback is for.
            NpgsqlConnection.ClearPool(_connection);
        }
    }

    private async Task ReadAsync(NpgsqlDataReader rows, BatchReadSet questions)
    {
        if (!await rows.ReadAsync())
            throw new InventoryCorruptException($"Event {_eventId} has no inventory row any more.");
        (Version, SettingsVersion) = (rows.GetInt64(0), rows.GetInt64(1));

        await rows.NextResultAsync();
        await rows.ReadAsync();
        Now = rows.GetFieldValue<DateTimeOffset>(0);

        await rows.NextResultAsync();
        while (await rows.ReadAsync())
        {
            _missed.Add(new LogEntry(
                rows.GetInt64(0), rows.GetGuid(1), rows.GetFieldValue<DateTimeOffset>(2),
                ChangeLogCodec.Read(rows.GetFieldValue<byte[]>(3))));
        }

        if (questions.BookingIds.Count > 0)
        {
            var oldestKey = Now - TimeSpan.FromHours(InventoryLimits.IdempotencyKeyHours);
            await rows.NextResultAsync();
            while (await rows.ReadAsync())
            {
                var booking = ReadBooking(rows);
                _bookings[booking.Id] = booking;
                if (!rows.IsDBNull(13) && booking.CreatedAt > oldestKey)
                    _keys[rows.GetGuid(13)] = new UsedKey(rows.GetGuid(14), booking);
            }
        }
    }
}

using Npgsql;
using Onsale.Inventory.Engine.Lanes;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>One batch on its connection, between the lock and the commit.</summary>
internal sealed class PostgresBatch : IOpenBatch
{
    private readonly NpgsqlConnection _connection;
    private readonly Guid _eventId;
    private readonly IEventSettingsWriter _settings;
    private readonly TimeProvider _time;
    private readonly List<LogEntry> _entries = [];
    private readonly Dictionary<Guid, UsedKey> _keys = [];
    private readonly Dictionary<Guid, Booking> _bookings = [];
    private bool _isInTransaction = true;
    private bool _isDisposed;

    private PostgresBatch(NpgsqlConnection connection, Guid eventId, IEventSettingsWriter settings, TimeProvider time) =>
        (_connection, _eventId, _settings, _time) = (connection, eventId, settings, time);

    public long Version { get; private set; }

    public Guid? KnownBatchId { get; private set; }

    public long SettingsVersion { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<LogEntry> EntriesSinceKnown => _entries;

    public IReadOnlyDictionary<Guid, UsedKey> Keys => _keys;

    public IReadOnlyDictionary<Guid, Booking> Bookings => _bookings;

    public static async Task<PostgresBatch> OpenAsync(
        NpgsqlConnection connection, EventInventory known, BatchReadSet readSet, IEventSettingsWriter settings,
        TimeProvider time)
    {
        var open = new PostgresBatch(connection, known.Settings.EventId, settings, time);
        await using var batch = new NpgsqlBatch(connection) { Timeout = JournalLimits.LockTimeoutSeconds };
        batch.BatchCommands.Add(new NpgsqlBatchCommand(JournalSql.Begin));
        batch.BatchCommands.Add(Command(JournalSql.Lock, Id(open._eventId)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(JournalSql.Clock));
        batch.BatchCommands.Add(Command(
            JournalSql.EntriesSinceKnown, Id(open._eventId), Number(known.Version),
            Number(JournalLimits.MaxCaughtUpEntries + 1)));
        if (readSet.BookingIds.Count > 0)
            batch.BatchCommands.Add(Command(JournalSql.Bookings, Id(open._eventId), Ids([.. readSet.BookingIds])));
        await using var rows = await batch.ExecuteReaderAsync();
        await open.ReadAsync(rows, known.Version, readSet);
        return open;
    }

    public async Task<CommitResult> CommitAsync(BatchCommit commit)
    {
        try
        {
            // No timeout of the driver's: it would cancel the commit.
            var batch = new NpgsqlBatch(_connection) { Timeout = 0 };
            BatchCommands.Add(batch, _eventId, commit, _settings);
            var writing = batch.ExecuteNonQueryAsync();
            try
            {
                await writing.WaitAsync(TimeSpan.FromSeconds(JournalLimits.MaxCommitAnswerSeconds), _time);
            }
            catch (TimeoutException exception) when (!writing.IsCompleted)
            {
                Abandon(writing);
                return new CommitResult(CommitOutcome.Unknown, exception);
            }

            _isInTransaction = false;
            return new CommitResult(CommitOutcome.Committed);
        }
        catch (PostgresException exception) when (exception.InvariantSeverity == "ERROR")
        {
            return new CommitResult(OutcomeOf(exception), exception);
        }
        catch (Exception exception) when (PostgresJournal.IsUnavailable(exception))
        {
            _isInTransaction = false; // not for certain, but not on this connection any more
            return new CommitResult(CommitOutcome.Unknown, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        try
        {
            if (_isInTransaction)
                await RollBackAsync();
        }
        finally
        {
            await _connection.DisposeAsync();
        }
    }

    /// <summary>
    /// The server skips the rest of the pipeline after an error, COMMIT included; but COMMIT itself may have done its
    /// work when it answers with one (a distributed database commits on its workers first).
    /// </summary>
    private CommitOutcome OutcomeOf(PostgresException exception)
    {
        if (exception.BatchCommand is not NpgsqlBatchCommand failed || failed.CommandText == JournalSql.Commit)
        {
            _isInTransaction = false;
            return CommitOutcome.Unknown;
        }

        return exception.SqlState is JournalLimits.MismatchSqlState
            || exception.SqlState.StartsWith("23", StringComparison.Ordinal)
                ? CommitOutcome.Mismatch
                : CommitOutcome.NotCommitted;
    }

    /// <summary>
    /// The answer is no longer awaited, as when the server has stopped responding; the commit itself may happen or not.
    /// The connection is returned when it ends.
    /// </summary>
    private void Abandon(Task writing)
    {
        _isDisposed = true;
        _ = writing.ContinueWith(
            async ended =>
            {
                _ = ended.Exception; // observed: its outcome is looked up
                await _connection.DisposeAsync();
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RollBackAsync()
    {
        // Npgsql closes the connection after errors of class 53 and XX, and the server then rolls back by itself.
        if (_connection.State != System.Data.ConnectionState.Open)
            return;
        try
        {
            await using var command = new NpgsqlCommand(JournalSql.Rollback, _connection)
            {
                CommandTimeout = JournalLimits.RollbackTimeoutSeconds,
            };
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (PostgresJournal.IsUnavailable(exception))
        {
            // The connection is lost, and with it the transaction. Others of the pool have probably met the same end.
            NpgsqlConnection.ClearPool(_connection);
        }
    }

    private async Task ReadAsync(NpgsqlDataReader rows, long knownVersion, BatchReadSet readSet)
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
            if (rows.GetInt64(0) == knownVersion)
                KnownBatchId = rows.GetGuid(1);
            else
                _entries.Add(new LogEntry(
                    rows.GetInt64(0), rows.GetGuid(1), rows.GetFieldValue<DateTimeOffset>(2),
                    ChangeLogCodec.Read(rows.GetFieldValue<byte[]>(3))));
        }

        if (readSet.BookingIds.Count > 0)
            await ReadBookingsAsync(rows);
    }

    private async Task ReadBookingsAsync(NpgsqlDataReader rows)
    {
        var oldestKey = Now - TimeSpan.FromHours(InventoryLimits.IdempotencyKeyHours);
        await rows.NextResultAsync();
        while (await rows.ReadAsync())
        {
            var booking = ReadBooking(rows);
            _bookings[booking.Id] = booking;
            if (!rows.IsDBNull(BookingColumns) && booking.CreatedAt > oldestKey)
                _keys[rows.GetGuid(BookingColumns)] = new UsedKey(rows.GetGuid(BookingColumns + 1), booking);
        }
    }
}

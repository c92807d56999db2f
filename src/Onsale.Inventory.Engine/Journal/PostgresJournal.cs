using System.Data;
using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Seating;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>Inventories in PostgreSQL: catch up, decide, append, in two round trips a batch.</summary>
internal sealed class PostgresJournal(
    JournalConnections connections, EventSettingsReader settings, IEventSettingsWriter settingsWriter,
    TimeProvider time)
    : ISharedJournal
{
    public async Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken)
    {
        try
        {
            return await connections.LoadAsync<EventInventory?>(async connection =>
            {
                // One snapshot for all that follows; settings first, so that a change after them is noticed by the next
                // lock.
                await using var transaction = await connection.BeginTransactionAsync(
                    IsolationLevel.RepeatableRead, cancellationToken);
                return await settings.ReadAsync(connection, eventId, cancellationToken) is { } found
                    ? new EventInventory(found, await ReadAsync(connection, found, cancellationToken))
                    : null;
            }, cancellationToken);
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            throw Unavailable("The inventory cannot be loaded.", exception);
        }
    }

    public Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet readSet) =>
        OpenAsync<IOpenBatch>(async connection =>
            await PostgresBatch.OpenAsync(connection, known, readSet, settingsWriter, time));

    public Task<ISharedTransaction> OpenSharedAsync(IReadOnlyList<OpenRequest> requests) =>
        OpenAsync<ISharedTransaction>(async connection =>
            await PostgresSharedTransaction.OpenAsync(connection, requests, settingsWriter, time));

    private async Task<T> OpenAsync<T>(Func<NpgsqlConnection, Task<T>> open)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await connections.OpenAsync(CancellationToken.None);
            return await open(connection);
        }
        catch (Exception exception)
        {
            // Whatever the cause: a connection that is left open keeps holding the event's lock.
            if (connection is not null)
                await connection.DisposeAsync();
            if (IsUnavailable(exception))
                throw Unavailable("The event's lock cannot be taken.", exception);
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
            await using (var locking = new NpgsqlCommand(JournalSql.Lock, connection)
            {
                CommandTimeout = JournalLimits.LockTimeoutSeconds,
                Parameters = { Id(eventId) },
            })
            {
                await locking.ExecuteNonQueryAsync();
            }

            await using var command = new NpgsqlCommand(JournalSql.WasCommitted, connection)
            {
                CommandTimeout = JournalLimits.LockTimeoutSeconds,
                Parameters = { Id(eventId), Number(version), Id(batchId) },
            };
            return (bool)(await command.ExecuteScalarAsync())!;
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            throw Unavailable("The outcome of a commit cannot be looked up.", exception);
        }
    }

    private JournalUnavailableException Unavailable(string message, Exception exception)
    {
        connections.ClearIfBroken(exception);
        return new JournalUnavailableException(message, exception);
    }

    internal static bool IsUnavailable(Exception exception) =>
        exception is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException
        || (exception is InvalidOperationException && exception.InnerException is NpgsqlException);

    /// <summary>The tables in the connection's snapshot.</summary>
    internal static async Task<InventorySnapshot> ReadAsync(
        NpgsqlConnection connection, EventSettings settings, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in new[]
        {
            JournalSql.LoadVersion, JournalSql.LoadSeats, JournalSql.LoadPools, JournalSql.LoadLive,
            JournalSql.LoadBuyers, JournalSql.LoadCodes,
            JournalSql.LoadWaitlist,
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
        Guid? batchId = rows.IsDBNull(2) ? null : rows.GetGuid(2);

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
        var codes = new List<CodeUse>();
        while (await rows.ReadAsync(cancellationToken))
            codes.Add(new CodeUse(rows.GetInt16(0), rows.GetGuid(1), rows.GetInt32(2), rows.GetInt32(3)));

        await rows.NextResultAsync(cancellationToken);
        var waitlist = new List<WaitlistEntry>();
        while (await rows.ReadAsync(cancellationToken))
            waitlist.Add(ReadWaitlistEntry(rows));

        await rows.NextResultAsync(cancellationToken);
        var keys = new List<Guid>();
        while (await rows.ReadAsync(cancellationToken))
            keys.Add(rows.GetGuid(0));

        return new InventorySnapshot(version, batchId, changedAt, seats, pools, live, buyers, keys)
        {
            CodeUses = codes,
            Waitlist = waitlist,
        };
    }

    /// <summary>An event that never changed has "-infinity", which .NET has no instant for.</summary>
    private static DateTimeOffset ReadInstant(NpgsqlDataReader row, int column) =>
        row.GetFieldValue<DateTime>(column) is var instant && instant == DateTime.MinValue
            ? DateTimeOffset.MinValue
            : new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc));
}

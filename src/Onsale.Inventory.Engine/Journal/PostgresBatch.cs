using Npgsql;
using Onsale.Inventory.Engine.Lanes;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>One batch on its connection, between the lock and the commit.</summary>
internal sealed class PostgresBatch : IOpenBatch
{
    private readonly JournalTransaction _transaction;
    private readonly Guid _eventId;
    private readonly IEventSettingsWriter _settings;
    private readonly List<LogEntry> _entries = [];
    private readonly Dictionary<Guid, UsedKey> _keys = [];
    private readonly Dictionary<Guid, Booking> _bookings = [];

    private PostgresBatch(
        NpgsqlConnection connection, Guid eventId, IEventSettingsWriter settings, TimeProvider time) =>
        (_transaction, _eventId, _settings) = (new JournalTransaction(connection, time), eventId, settings);

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

    public Task<CommitResult> CommitAsync(BatchCommit commit) =>
        _transaction.CommitAsync(batch => BatchCommands.Add(batch, _eventId, commit, _settings));

    public ValueTask DisposeAsync() => _transaction.DisposeAsync();

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
                _entries.Add(ReadEntry(rows, 0));
        }

        if (readSet.BookingIds.Count > 0)
            await ReadBookingsAsync(rows);
    }

    private async Task ReadBookingsAsync(NpgsqlDataReader rows)
    {
        var oldestKey = OldestKey(Now);
        await rows.NextResultAsync();
        while (await rows.ReadAsync())
            ReadBookingAndKey(rows, oldestKey, _bookings, _keys);
    }
}

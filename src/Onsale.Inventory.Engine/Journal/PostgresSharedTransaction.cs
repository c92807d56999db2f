using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory.Engine.Lanes;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>The batches of several events on one connection, between their locks and their common commit.</summary>
internal sealed class PostgresSharedTransaction : ISharedTransaction
{
    // Behind the columns of a booking and those of its key.
    private const int EventOfBookingColumn = BookingColumns + 2;

    private readonly JournalTransaction _transaction;
    private readonly IEventSettingsWriter _settings;
    private readonly OpenedEvent?[] _events;

    private PostgresSharedTransaction(
        NpgsqlConnection connection, int events, IEventSettingsWriter settings, TimeProvider time) =>
        (_transaction, _settings, _events) = (
            new JournalTransaction(connection, time), settings, new OpenedEvent?[events]);

    public IReadOnlyList<OpenedEvent?> Events => _events;

    public static async Task<PostgresSharedTransaction> OpenAsync(
        NpgsqlConnection connection, IReadOnlyList<OpenRequest> requests, IEventSettingsWriter settings,
        TimeProvider time)
    {
        var open = new PostgresSharedTransaction(connection, requests.Count, settings, time);
        var reads = requests.SelectMany(
            request => request.ReadSet.BookingIds.Select(id => (request.EventId, Booking: id))).ToList();
        await using var batch = new NpgsqlBatch(connection) { Timeout = JournalLimits.LockTimeoutSeconds };
        batch.BatchCommands.Add(new NpgsqlBatchCommand(JournalSql.Begin));
        batch.BatchCommands.Add(Command(
            SharedSql.Lock, Column(requests, NpgsqlDbType.Uuid, request => request.EventId)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(JournalSql.Clock));
        batch.BatchCommands.Add(Command(
            SharedSql.EntriesSinceKnown,
            Column(requests, NpgsqlDbType.Uuid, request => request.EventId),
            Column(requests, NpgsqlDbType.Bigint, request => request.Known.Version),
            Number(JournalLimits.MaxSharedCaughtUpEntries + 2)));
        if (reads.Count > 0)
        {
            batch.BatchCommands.Add(Command(
                SharedSql.Bookings,
                Column(reads, NpgsqlDbType.Uuid, read => read.EventId),
                Column(reads, NpgsqlDbType.Uuid, read => read.Booking)));
        }

        await using var rows = await batch.ExecuteReaderAsync();
        await open.ReadAsync(rows, requests, hasBookings: reads.Count > 0);
        return open;
    }

    public Task<CommitResult> CommitAsync(IReadOnlyList<EventCommit> commits) =>
        _transaction.CommitAsync(batch => SharedCommands.Add(batch, commits, _settings));

    public ValueTask DisposeAsync() => _transaction.DisposeAsync();

    private async Task ReadAsync(NpgsqlDataReader rows, IReadOnlyList<OpenRequest> requests, bool hasBookings)
    {
        var found = new Dictionary<Guid, Reading>();
        while (await rows.ReadAsync())
            found.Add(rows.GetGuid(0), new Reading(rows.GetInt64(1), rows.GetInt64(2)));

        await rows.NextResultAsync();
        await rows.ReadAsync();
        var now = rows.GetFieldValue<DateTimeOffset>(0);

        var known = requests.ToDictionary(request => request.EventId, request => request.Known.Version);
        await rows.NextResultAsync();
        while (await rows.ReadAsync())
        {
            // What was read of an event whose lock was not granted is not for certain the latest.
            var eventId = rows.GetGuid(0);
            if (!found.TryGetValue(eventId, out var reading))
                continue;
            if (rows.GetInt64(1) == known[eventId])
                reading.KnownBatchId = rows.GetGuid(2);
            else
                reading.Entries.Add(ReadEntry(rows, 1));
        }

        if (hasBookings)
        {
            await rows.NextResultAsync();
            while (await rows.ReadAsync())
            {
                if (found.TryGetValue(rows.GetGuid(EventOfBookingColumn), out var reading))
                    ReadBookingAndKey(rows, OldestKey(now), reading.Bookings, reading.Keys);
            }
        }

        for (var i = 0; i < requests.Count; i++)
            _events[i] = found.TryGetValue(requests[i].EventId, out var reading) ? reading.ToOpened(now) : null;
    }

    private sealed class Reading(long version, long settingsVersion)
    {
        public Guid? KnownBatchId { get; set; }

        public List<LogEntry> Entries { get; } = [];

        public Dictionary<Guid, UsedKey> Keys { get; } = [];

        public Dictionary<Guid, Booking> Bookings { get; } = [];

        /// <summary>Null: too far behind to catch up here.</summary>
        public OpenedEvent? ToOpened(DateTimeOffset now)
        {
            if (Entries.Count > JournalLimits.MaxSharedCaughtUpEntries)
                return null;
            Entries.Sort((one, other) => one.Version.CompareTo(other.Version));
            return new OpenedEvent(version, KnownBatchId, settingsVersion, now)
            {
                EntriesSinceKnown = Entries,
                Keys = Keys,
                Bookings = Bookings,
            };
        }
    }
}

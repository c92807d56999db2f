using System.Data;
using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Seating;
using static Onsale.Inventory.Engine.Journal.BatchCommands;

namespace Onsale.Inventory.Engine.Audit;

/// <summary>Something that must never be.</summary>
internal sealed record AuditFault(Guid EventId, string What)
{
    public override string ToString() => $"event {EventId}: {What}";
}

/// <summary>
/// A question that another module adds to the audit: <c>$1</c> is the event, <c>$2</c> the most answers; each row is a
/// sentence.
/// </summary>
/// <param name="Sql">Asked in the audit's snapshot.</param>
/// <param name="IsNote">Its answers are not faults: they are told where somebody asks.</param>
internal sealed record AuditQuestion(string Sql, bool IsNote = false);

/// <summary>
/// Proves an event's invariants on a live database, in one snapshot and without taking a lock: each seat has at most
/// one live claim, counters equal the sums of rows, nothing is over its capacity, tickets fit bookings, and the change
/// log, replayed from an empty house, gives exactly what the tables hold.
/// </summary>
internal sealed class Auditor(
    NpgsqlDataSource dataSource, EventSettingsReader settings, IEnumerable<AuditQuestion> questions)
{
    private const int MaxFaultsPerQuestion = 20;
    private const int QuestionTimeoutSeconds = 300;

    /// <summary>Audits one event; empty: all is well.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="replay">
    /// Whether to replay the change log too, which takes about a second for a million bookings.
    /// </param>
    /// <param name="cancellationToken">Ends the audit.</param>
    public async Task<IReadOnlyList<AuditFault>> AuditAsync(
        Guid eventId, bool replay = true, CancellationToken cancellationToken = default)
    {
        var faults = new List<AuditFault>();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead, cancellationToken);
        foreach (var sql in AuditSql.All.Concat(questions.Where(asked => !asked.IsNote).Select(asked => asked.Sql)))
        {
            foreach (var what in await AskAsync(connection, sql, eventId, cancellationToken))
                faults.Add(new AuditFault(eventId, what));
        }

        if (replay && await settings.ReadAsync(connection, eventId, cancellationToken) is { } found)
        {
            foreach (var what in await ReplayAsync(connection, found, cancellationToken))
                faults.Add(new AuditFault(eventId, what));
        }

        return faults;
    }

    /// <summary>What is as it may be and yet worth knowing, as sentences.</summary>
    public async Task<IReadOnlyList<string>> NotesAsync(Guid eventId, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var notes = new List<string>();
        foreach (var asked in questions.Where(asked => asked.IsNote))
            notes.AddRange(await AskAsync(connection, asked.Sql, eventId, cancellationToken));
        return notes;
    }

    /// <summary>Events that changed after an instant, with how many batches they had; oldest change first.</summary>
    public async Task<IReadOnlyList<(Guid EventId, long Version, DateTimeOffset ChangedAt)>> FindChangedAsync(
        DateTimeOffset after, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = Question(
            connection, AuditSql.ChangedEvents, JournalRows.Parameter(after, NpgsqlDbType.TimestampTz));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<(Guid, long, DateTimeOffset)>();
        while (await rows.ReadAsync(cancellationToken))
            events.Add((rows.GetGuid(0), rows.GetInt64(1), rows.GetFieldValue<DateTimeOffset>(2)));
        return events;
    }

    private static async Task<IReadOnlyList<string>> AskAsync(
        NpgsqlConnection connection, string sql, Guid eventId, CancellationToken cancellationToken)
    {
        await using var command = Question(connection, sql, Id(eventId), Number(MaxFaultsPerQuestion));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var sentences = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
            sentences.Add(rows.GetString(0));
        return sentences;
    }

    internal static NpgsqlCommand Question(
        NpgsqlConnection connection, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = QuestionTimeoutSeconds };
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    private static async Task<IReadOnlyList<string>> ReplayAsync(
        NpgsqlConnection connection, EventSettings found, CancellationToken cancellationToken)
    {
        var replayed = new EventInventory(found, await EmptyHouseAsync(connection, found, cancellationToken));
        var bookings = new Dictionary<Guid, Booking>();
        try
        {
            await using var command = Question(connection, AuditSql.Log, Id(found.EventId));
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                var changes = ChangeLogCodec.Read(rows.GetFieldValue<byte[]>(3));
                replayed.Apply(new LogEntry(
                    rows.GetInt64(0), rows.GetGuid(1), rows.GetFieldValue<DateTimeOffset>(2), changes));
                foreach (var booking in changes.Select(BookingOf).OfType<Booking>())
                    bookings[booking.Id] = booking;
            }
        }
        catch (InventoryCorruptException exception)
        {
            return [$"the change log cannot be replayed: {exception.Message}"];
        }

        var stored = new EventInventory(found, await PostgresJournal.ReadAsync(connection, found, cancellationToken));
        return
        [
            .. Compare(stored, replayed),
            .. CompareRanges(stored, replayed),
            .. CompareCodes(stored, replayed),
            .. CompareWaitlists(stored, replayed),
            .. await CompareBookingsAsync(connection, found.EventId, bookings, cancellationToken),
        ];
    }

    /// <summary>The house before its first change.</summary>
    internal static async Task<InventorySnapshot> EmptyHouseAsync(
        NpgsqlConnection connection, EventSettings found, CancellationToken cancellationToken)
    {
        var pools = new Dictionary<int, TierCounts>();
        await using var command = Question(connection, AuditSql.PoolCapacities, Id(found.EventId));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            pools[rows.GetInt16(0)] = new TierCounts(rows.GetInt32(1), 0, 0, 0);
        return new InventorySnapshot(
            0, null, DateTimeOffset.MinValue, new PackedSeatStates(found.Layout.SeatCount), pools, [],
            new Dictionary<Guid, int>(), []);
    }

    private static IEnumerable<string> Compare(EventInventory stored, EventInventory replayed)
    {
        if (stored.Version != replayed.Version)
            yield return $"the tables are at version {stored.Version}, the replayed log at {replayed.Version}";
        for (var seat = 0; seat < stored.Seats.SeatCount; seat++)
        {
            if (stored.Seats[seat] != replayed.Seats[seat])
                yield return $"seat {seat} is {stored.Seats[seat]}, by the log {replayed.Seats[seat]}";
        }

        for (var tier = 0; tier < stored.Settings.Tiers.Count; tier++)
        {
            if (stored.CountsOf(tier) != replayed.CountsOf(tier))
                yield return $"tier {tier} has {stored.CountsOf(tier)}, by the log {replayed.CountsOf(tier)}";
        }
    }

    private static IEnumerable<string> CompareRanges(EventInventory stored, EventInventory replayed)
    {
        foreach (var range in stored.HeldPlacesByRange.Keys.Union(replayed.HeldPlacesByRange.Keys))
        {
            var (held, byLog) = (stored.HeldPlacesOfRange(range), replayed.HeldPlacesOfRange(range));
            if (held != byLog)
                yield return $"address range {range:x16} holds {held} places, by the log {byLog}";
        }
    }

    private static IEnumerable<string> CompareCodes(EventInventory stored, EventInventory replayed)
    {
        if (stored.Settings.Codes.Count != replayed.Settings.Codes.Count)
            yield return $"there are {stored.Settings.Codes.Count} codes, by the log {replayed.Settings.Codes.Count}";
        for (var code = 0; code < stored.Settings.Codes.Count; code++)
        {
            if (stored.UsesOf(code) != replayed.UsesOf(code))
            {
                yield return
                    $"code {code} has {stored.UsesOf(code)} uses and places, by the log {replayed.UsesOf(code)}";
            }
        }
    }

    private static IEnumerable<string> CompareWaitlists(EventInventory stored, EventInventory replayed)
    {
        if (stored.Waitlist.Next != replayed.Waitlist.Next)
        {
            yield return
                $"the waitlist has {stored.Waitlist.Next - 1} entries, by the log {replayed.Waitlist.Next - 1}";
        }

        var byLog = replayed.Waitlist.LiveEntries.ToDictionary(entry => entry.Id);
        foreach (var entry in stored.Waitlist.LiveEntries)
        {
            if (!byLog.Remove(entry.Id, out var logged))
                yield return $"waitlist entry {entry.Id} is {entry.State}, by the log it has ended";
            else if (!entry.Equals(logged))
                yield return $"waitlist entry {entry.Id} is {entry}, by the log {logged}";
        }

        foreach (var missing in byLog.Keys)
            yield return $"waitlist entry {missing} waits by the log, but not in the tables";
    }

    private static async Task<IReadOnlyList<string>> CompareBookingsAsync(
        NpgsqlConnection connection, Guid eventId, Dictionary<Guid, Booking> expected,
        CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        await using var command = Question(connection, JournalSql.AllBookings, Id(eventId));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var stored = JournalRows.ReadBooking(rows);
            if (!expected.Remove(stored.Id, out var byLog))
                faults.Add($"booking {stored.Id} is not in the log");
            else if (!AreSame(stored, byLog))
                faults.Add($"booking {stored.Id} is {stored}, by the log {byLog}");
        }

        faults.AddRange(expected.Keys.Select(id => $"booking {id} of the log is not in the tables"));
        return faults;
    }

    private static Booking? BookingOf(Change change) => change switch
    {
        BookingChanged changed => changed.Booking,
        BookingReassigned reassigned => reassigned.Booking,
        BookingMoved moved => moved.Booking,
        _ => null,
    };

    /// <summary>
    /// Address ranges are compared by what they hold: the log names them once, and the tables forget them.
    /// </summary>
    private static bool AreSame(Booking stored, Booking byLog) =>
        stored.Places.SequenceEqual(byLog.Places)
        && stored with { Places = [], AddressRange = 0 } == byLog with { Places = [], AddressRange = 0 };
}

using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory.Engine.Lanes;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>Turns what a batch writes into the statements of its second round trip.</summary>
internal static class BatchCommands
{
    public static void Add(NpgsqlBatch batch, Guid eventId, BatchCommit commit, IEventSettingsWriter settings)
    {
        var (entry, writes) = (commit.Entry, commit.Writes);
        AddSeats(batch, eventId, writes);
        AddPools(batch, eventId, writes);
        AddInsertedBookings(batch, eventId, commit);
        AddOthers(batch, eventId, commit, settings);
        batch.BatchCommands.Add(Command(
            JournalSql.InsertLog, Id(eventId), Number(entry.Version), Id(entry.BatchId), Instant(entry.At),
            Parameter(ChangeLogCodec.Write(entry.Changes), NpgsqlDbType.Bytea)));
        batch.BatchCommands.Add(Command(
            JournalSql.MoveVersion, Id(eventId), Number(entry.Version), Instant(entry.At),
            Parameter(commit.NextDueAt, NpgsqlDbType.TimestampTz),
            Parameter(commit.Total, NpgsqlDbType.Integer), Parameter(commit.Available, NpgsqlDbType.Integer),
            Number(writes.SettingsChanges.Count)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(JournalSql.Commit));
    }

    /// <summary>What only some batches write, between the bookings that are inserted and the log.</summary>
    public static void AddOthers(NpgsqlBatch batch, Guid eventId, BatchCommit commit, IEventSettingsWriter settings)
    {
        var (entry, writes) = (commit.Entry, commit.Writes);
        AddUpdatedBookings(batch, eventId, entry, writes.UpdatedBookings);
        AddExtensions(batch, eventId, writes.ExtendedBookings);
        AddTickets(batch, eventId, entry, writes);
        AddMoves(batch, eventId, writes.MovedBookings);
        foreach (var change in writes.SettingsChanges)
            settings.Add(batch, eventId, change.Patch);
        // Behind them: a code may be made, or be given more uses, in the batch that uses it.
        AddCodes(batch, eventId, writes);
        AddWaitlist(batch, eventId, writes);
        foreach (var note in commit.Notes)
            ((ICommitNote)note).AddTo(batch);
    }

    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    public static NpgsqlParameter Id(Guid id) => Parameter(id, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Number(long number) => Parameter(number, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Ids(Guid[] ids) => Parameter(ids, NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    private static NpgsqlParameter Instant(DateTimeOffset instant) => Parameter(instant, NpgsqlDbType.TimestampTz);

    /// <summary>One value of each row.</summary>
    public static NpgsqlParameter Column<TRow, T>(IReadOnlyList<TRow> rows, NpgsqlDbType type, Func<TRow, T> value)
    {
        var column = new T[rows.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(rows[i]);
        return Parameter(column, NpgsqlDbType.Array | type);
    }

    private static void AddSeats(NpgsqlBatch batch, Guid eventId, BatchWrites writes)
    {
        // In the order of the ordinals: neighbours share pages.
        var rows = writes.Seats.OrderBy(write => write.Seat).ToList();
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(Command(
            JournalSql.UpdateSeats, Id(eventId),
            Column(rows, NpgsqlDbType.Integer, row => row.Seat),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.OldState),
            Column(rows, NpgsqlDbType.Uuid, row => row.OldBooking),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.NewState),
            Column(rows, NpgsqlDbType.Uuid, row => row.NewBooking),
            Number(rows.Count)));
    }

    private static void AddPools(NpgsqlBatch batch, Guid eventId, BatchWrites writes)
    {
        var rows = writes.Pools.OrderBy(write => write.Tier).ToList();
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(Command(
            JournalSql.UpdatePools, Id(eventId),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.Tier),
            Column(rows, NpgsqlDbType.Integer, row => row.Held),
            Column(rows, NpgsqlDbType.Integer, row => row.Sold),
            Column(rows, NpgsqlDbType.Integer, row => row.Blocked),
            Number(rows.Count),
            Column(rows, NpgsqlDbType.Integer, row => row.Capacity)));
    }

    private static void AddCodes(NpgsqlBatch batch, Guid eventId, BatchWrites writes)
    {
        var rows = writes.Codes.OrderBy(write => write.Code).ToList();
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(Command(
            JournalSql.InsertCodeUses, Id(eventId), Column(rows, NpgsqlDbType.Smallint, row => (short)row.Code)));
        batch.BatchCommands.Add(Command(
            JournalSql.UpdateCodeUses, Id(eventId),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.Code),
            Column(rows, NpgsqlDbType.Integer, row => row.Uses),
            Column(rows, NpgsqlDbType.Integer, row => row.Tickets),
            Number(rows.Count)));
    }

    private static void AddWaitlist(NpgsqlBatch batch, Guid eventId, BatchWrites writes)
    {
        if (writes.Waitlist.Count == 0)
            return;
        AddJoined(
            batch, eventId, [.. writes.Waitlist.Where(write => write.OldState is null).Select(write => write.Entry)]);
        var rows = writes.Waitlist.Where(write => write.OldState is not null).ToList();
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(Command(
            JournalSql.UpdateWaitlist, Id(eventId),
            Column(rows, NpgsqlDbType.Uuid, row => row.Entry.Id),
            Column(rows, NpgsqlDbType.Uuid, row => row.Entry.BuyerId),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.OldState!.Value),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.Entry.State),
            Column(rows, NpgsqlDbType.Uuid, row => row.Entry.BookingId),
            Column(rows, NpgsqlDbType.Boolean, row => row.Entry.WasKept),
            Column(rows, NpgsqlDbType.TimestampTz, row => row.Entry.ChangedAt),
            Number(rows.Count)));
    }

    private static void AddJoined(NpgsqlBatch batch, Guid eventId, IReadOnlyList<WaitlistEntry> rows)
    {
        if (rows.Count == 0)
            return;
        var tiers = rows.SelectMany(row => row.Tiers).ToList();
        var (first, last) = Slices(rows, row => row.Tiers.Length);
        batch.BatchCommands.Add(Command(
            JournalSql.InsertWaitlist, Id(eventId),
            Column(rows, NpgsqlDbType.Uuid, row => row.Id),
            Column(rows, NpgsqlDbType.Integer, row => row.Number),
            Column(rows, NpgsqlDbType.Uuid, row => row.BuyerId),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.State),
            Column(rows, NpgsqlDbType.Uuid, row => row.BookingId),
            Column(rows, NpgsqlDbType.Boolean, row => row.WasKept),
            Column(rows, NpgsqlDbType.TimestampTz, row => row.JoinedAt),
            Column(rows, NpgsqlDbType.TimestampTz, row => row.ChangedAt),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.Quantity),
            Column(rows, NpgsqlDbType.Boolean, row => row.Together),
            Column(tiers, NpgsqlDbType.Smallint, tier => (short)tier),
            first, last));
    }

    /// <summary>
    /// Where the parts of each row begin and end among those of all, which are sent end to end: PostgreSQL counts from
    /// 1, both ends included.
    /// </summary>
    public static (NpgsqlParameter First, NpgsqlParameter Last) Slices<TRow>(
        IReadOnlyList<TRow> rows, Func<TRow, int> length)
    {
        var (first, last) = (new int[rows.Count], new int[rows.Count]);
        for (var (row, end) = (0, 0); row < rows.Count; row++)
            (first[row], last[row]) = (end + 1, end += length(rows[row]));
        return (
            Parameter(first, NpgsqlDbType.Array | NpgsqlDbType.Integer),
            Parameter(last, NpgsqlDbType.Array | NpgsqlDbType.Integer));
    }

    private static void AddInsertedBookings(NpgsqlBatch batch, Guid eventId, BatchCommit commit)
    {
        var (entry, rows) = (commit.Entry, commit.Writes.InsertedBookings.ToList());
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(Command(JournalSql.InsertBookings,
        [
            Id(eventId), Number(entry.Version), Instant(entry.At),
            .. new BookingColumnValues(rows, commit.Keys).ToParameters(),
        ]));
    }

    private static void AddUpdatedBookings(
        NpgsqlBatch batch, Guid eventId, LogEntry entry, IReadOnlyCollection<BookingWrite> writes)
    {
        var rows = writes.ToList();
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(Command(
            JournalSql.UpdateBookings, Id(eventId), Number(entry.Version), Instant(entry.At),
            Column(rows, NpgsqlDbType.Uuid, row => row.Booking.Id),
            Column(rows, NpgsqlDbType.Uuid, row => row.Booking.BuyerId),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.OldState),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.Booking.State),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.Booking.Attempts),
            Column(rows, NpgsqlDbType.TimestampTz, row => row.Booking.PayingUntil),
            Number(rows.Count)));
    }

    private static void AddExtensions(NpgsqlBatch batch, Guid eventId, IReadOnlyCollection<Booking> extended)
    {
        if (extended.Count == 0)
            return;
        var rows = extended.ToList();
        batch.BatchCommands.Add(Command(
            JournalSql.ExtendBookings, Id(eventId),
            Column(rows, NpgsqlDbType.Uuid, row => row.Id),
            Column(rows, NpgsqlDbType.TimestampTz, row => row.HeldUntil),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.Extensions),
            Number(rows.Count)));
    }

    private static void AddMoves(NpgsqlBatch batch, Guid eventId, IReadOnlyCollection<Booking> moved)
    {
        if (moved.Count == 0)
            return;
        var rows = moved.ToList();
        var places = rows.SelectMany(row => row.Places).ToList();
        var (first, last) = Slices(rows, row => row.Places.Length);
        batch.BatchCommands.Add(Command(
            JournalSql.MoveBookings, Id(eventId),
            Column(rows, NpgsqlDbType.Uuid, row => row.Id),
            Column(places, NpgsqlDbType.Smallint, place => (short)place.Tier),
            Column(places, NpgsqlDbType.Integer, place => place.Seat),
            first, last, Number(rows.Count)));
        batch.BatchCommands.Add(Command(
            JournalSql.TouchTickets, Id(eventId), Ids([.. rows.Select(row => row.Id)])));
    }

    private static void AddTickets(NpgsqlBatch batch, Guid eventId, LogEntry entry, BatchWrites writes)
    {
        var rows = writes.Tickets
            .SelectMany(ticket => ticket.Codes.Select((code, line) => (ticket.Booking, Line: line, Code: code)))
            .ToList();
        if (rows.Count > 0)
        {
            batch.BatchCommands.Add(Command(
                JournalSql.InsertTickets, Id(eventId), Instant(entry.At),
                Column(rows, NpgsqlDbType.Uuid, row => PlaceIds.Of(row.Booking.Id, row.Line)),
                Column(rows, NpgsqlDbType.Uuid, row => row.Booking.Id),
                Column(rows, NpgsqlDbType.Smallint, row => (short)row.Line),
                Column(rows, NpgsqlDbType.Text, row => row.Code)));
        }

        if (writes.VoidedBookings.Count > 0)
            batch.BatchCommands.Add(Command(JournalSql.VoidTickets, Id(eventId), Ids([.. writes.VoidedBookings])));
    }
}

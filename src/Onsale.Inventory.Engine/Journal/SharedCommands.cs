using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory.Engine.Lanes;
using static Onsale.Inventory.Engine.Journal.BatchCommands;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>
/// Turns what several events write into the statements of one round trip: what a hold writes in one statement for all
/// of them, everything else in the statements of each.
/// </summary>
internal static class SharedCommands
{
    /// <param name="batch">Takes the statements.</param>
    /// <param name="commits">In the order of the events' ids.</param>
    /// <param name="settings">Writes changes of settings.</param>
    public static void Add(NpgsqlBatch batch, IReadOnlyList<EventCommit> commits, IEventSettingsWriter settings)
    {
        AddSeats(batch, commits);
        AddPools(batch, commits);
        AddInsertedBookings(batch, commits);
        foreach (var (eventId, commit) in commits)
            AddOthers(batch, eventId, commit, settings);
        batch.BatchCommands.Add(Command(
            SharedSql.InsertLog,
            Column(commits, NpgsqlDbType.Uuid, row => row.EventId),
            Column(commits, NpgsqlDbType.Bigint, row => row.Commit.Entry.Version),
            Column(commits, NpgsqlDbType.Uuid, row => row.Commit.Entry.BatchId),
            Column(commits, NpgsqlDbType.TimestampTz, row => row.Commit.Entry.At),
            Column(commits, NpgsqlDbType.Bytea, row => ChangeLogCodec.Write(row.Commit.Entry.Changes))));
        batch.BatchCommands.Add(Command(
            SharedSql.MoveVersion,
            Column(commits, NpgsqlDbType.Uuid, row => row.EventId),
            Column(commits, NpgsqlDbType.Bigint, row => row.Commit.Entry.Version),
            Column(commits, NpgsqlDbType.TimestampTz, row => row.Commit.Entry.At),
            Column(commits, NpgsqlDbType.TimestampTz, row => row.Commit.NextDueAt),
            Column(commits, NpgsqlDbType.Integer, row => row.Commit.Total),
            Column(commits, NpgsqlDbType.Integer, row => row.Commit.Available),
            Column(commits, NpgsqlDbType.Bigint, row => (long)row.Commit.Writes.SettingsChanges.Count),
            Number(commits.Count)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(JournalSql.Commit));
    }

    private static void AddSeats(NpgsqlBatch batch, IReadOnlyList<EventCommit> commits)
    {
        var rows = commits.SelectMany(commit => commit.Commit.Writes.Seats.OrderBy(write => write.Seat)
            .Select(write => (commit.EventId, Write: write))).ToList();
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(Command(
            SharedSql.UpdateSeats,
            Column(rows, NpgsqlDbType.Uuid, row => row.EventId),
            Column(rows, NpgsqlDbType.Integer, row => row.Write.Seat),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.Write.OldState),
            Column(rows, NpgsqlDbType.Uuid, row => row.Write.OldBooking),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.Write.NewState),
            Column(rows, NpgsqlDbType.Uuid, row => row.Write.NewBooking),
            Number(rows.Count)));
    }

    private static void AddPools(NpgsqlBatch batch, IReadOnlyList<EventCommit> commits)
    {
        var rows = commits.SelectMany(commit => commit.Commit.Writes.Pools.OrderBy(write => write.Tier)
            .Select(write => (commit.EventId, Write: write))).ToList();
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(Command(
            SharedSql.UpdatePools,
            Column(rows, NpgsqlDbType.Uuid, row => row.EventId),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.Write.Tier),
            Column(rows, NpgsqlDbType.Integer, row => row.Write.Held),
            Column(rows, NpgsqlDbType.Integer, row => row.Write.Sold),
            Column(rows, NpgsqlDbType.Integer, row => row.Write.Blocked),
            Column(rows, NpgsqlDbType.Integer, row => row.Write.Capacity),
            Number(rows.Count)));
    }

    private static void AddInsertedBookings(NpgsqlBatch batch, IReadOnlyList<EventCommit> commits)
    {
        var rows = commits.SelectMany(commit => commit.Commit.Writes.InsertedBookings
            .Select(booking => (commit.EventId, commit.Commit.Entry, Booking: booking))).ToList();
        if (rows.Count == 0)
            return;
        var columns = new BookingColumnValues(
            [.. rows.Select(row => row.Booking)], commits.SelectMany(commit => commit.Commit.Keys));
        batch.BatchCommands.Add(Command(SharedSql.InsertBookings,
        [
            Column(rows, NpgsqlDbType.Uuid, row => row.EventId),
            Column(rows, NpgsqlDbType.Bigint, row => row.Entry.Version),
            Column(rows, NpgsqlDbType.TimestampTz, row => row.Entry.At),
            .. columns.ToParameters(),
        ]));
    }
}

using Npgsql;
using NpgsqlTypes;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>A room with its row locked, and the facts that its next step follows.</summary>
internal sealed record LockedRoom(Room Room, RoomFacts Facts);

/// <summary>SQL of the leader, who moves the lines.</summary>
internal sealed class LeaderStore(NpgsqlDataSource dataSource)
{
    private const string DueSql = """
        select r.event_id from waiting_rooms r join events e on e.id = r.event_id
        where r.phase <> 0 or (r.mode <> 0 and e.status = 1 and e.off_sale_at > clock_timestamp())
        """;

    // A room that should have opened counts as one that nobody moves.
    private const string AbandonedSql = """
        select r.event_id from waiting_rooms r join events e on e.id = r.event_id
        where (r.phase <> 0 and r.moved_at < clock_timestamp() - make_interval(secs => $1))
            or (r.phase = 0 and r.mode = 1 and e.status = 1 and e.off_sale_at > clock_timestamp()
                and least(r.opens_at, e.on_sale_at) < clock_timestamp() - make_interval(secs => $1))
        """;

    private const string LockSql = $"""
        select {RoomReader.Columns} from waiting_rooms r join events e on e.id = r.event_id
        where r.event_id = $1 for no key update of r
        """;

    private const string EndSql = """
        update waiting_room_admissions a set ended_at = clock_timestamp()
        where a.event_id = $1 and a.ended_at is null and a.ends_at > clock_timestamp() and (
            exists (select from bookings b where b.buyer_id = a.buyer_id and b.event_id = a.event_id and b.state = 2
                and b.changed_at >= a.admitted_at)
            or exists (select from ended_sessions s where s.session_id = a.session_id and s.ended_at >= a.admitted_at))
        """;

    // Sold out: nothing is free, and no hold or payment is under way whose places could come back.
    private const string FactsSql = """
        select clock_timestamp(), coalesce(i.available = 0 and i.next_due_at is null, false),
            (select count(*) from waiting_room_admissions a
                where a.event_id = r.event_id and a.ended_at is null and a.ends_at > clock_timestamp()),
            (select count(*) from waiting_room_admissions a
                where a.event_id = r.event_id and a.era = r.era and a.position > r.window_from),
            coalesce(l.holds, 0), coalesce(l.p99, 0), coalesce(l.refused, 0), coalesce(l.viewers, 0)
        from waiting_rooms r
        left join inventory i on i.event_id = r.event_id
        left join lateral (
            select sum(holds_per_second) as holds, max(hold_p99_ms) as p99, sum(refused)::integer as refused,
                sum(viewers)::integer as viewers
            from waiting_room_loads
            where event_id = r.event_id and reported_at > clock_timestamp() - interval '3 seconds') l on true
        where r.event_id = $1
        """;

    private const string SetSql = """
        update waiting_rooms set phase = $2, era = $3, commitment = $4, sealed_seed = $5, seed = $6, beacon = $7,
            early = $8, numbers = $9, served = $10, moved_at = $11, carry = $12, pace = $13, window_from = $14,
            window_middle = $15, window_turned_at = $16, is_sold_out = $17, calm_since = $18, fence = $19
        where event_id = $1 and fence <= $19
        """;

    private const string ReportSql = """
        insert into waiting_room_loads
            (event_id, node_id, holds_per_second, hold_p99_ms, refused, viewers, reported_at)
        values ($1, $2, $3, $4, $5, $6, clock_timestamp())
        on conflict (event_id, node_id) do update set holds_per_second = excluded.holds_per_second,
            hold_p99_ms = excluded.hold_p99_ms, refused = excluded.refused, viewers = excluded.viewers,
            reported_at = excluded.reported_at
        """;

    private const string ForgetReportsSql =
        "delete from waiting_room_loads where reported_at < clock_timestamp() - interval '1 minute'";

    // Who waited for what is nobody's business once the sale is over, or the room has opened anew.
    private const string ForgetPlacesSql = """
        delete from waiting_room_places p using waiting_rooms r, events e
        where r.event_id = p.event_id and e.id = p.event_id and (
            p.era < r.era or (r.phase = 0 and e.off_sale_at < clock_timestamp() - make_interval(hours => $1)))
        """;

    private const string ForgetAdmissionsSql = """
        delete from waiting_room_admissions a using waiting_rooms r, events e
        where r.event_id = a.event_id and e.id = a.event_id and r.phase = 0 and (
            r.mode = 0 or e.off_sale_at < clock_timestamp())
            and a.ends_at < clock_timestamp() - make_interval(hours => $1)
        """;

    /// <summary>The number of a leader that begins: higher than that of any before it.</summary>
    public async Task<long> TakeFenceAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select nextval('waiting_room_fences')");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The events whose rooms the leader moves.</summary>
    public Task<List<Guid>> FindDueAsync(CancellationToken cancellationToken) =>
        FindAsync(dataSource.CreateCommand(DueSql), cancellationToken);

    /// <summary>The events whose rooms a leader ought to have moved, and has not for so long.</summary>
    public Task<List<Guid>> FindAbandonedAsync(double seconds, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(AbandonedSql);
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = seconds });
        return FindAsync(command, cancellationToken);
    }

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        await dataSource.OpenConnectionAsync(cancellationToken);

    /// <summary>
    /// Locks a room, ends the admissions of who has bought or signed out, and says how things stand. In a transaction,
    /// one round trip; null: the room is gone.
    /// </summary>
    public static async Task<LockedRoom?> LockAsync(NpgsqlConnection connection, Guid eventId)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in (string[])[LockSql, EndSql, FactsSql])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = eventId });
            batch.BatchCommands.Add(command);
        }

        await using var rows = await batch.ExecuteReaderAsync();
        if (!await rows.ReadAsync())
            return null;
        var room = RoomReader.Read(rows);
        await rows.NextResultAsync();
        await rows.ReadAsync();
        return new LockedRoom(room, new RoomFacts(
            rows.GetFieldValue<DateTimeOffset>(0), rows.GetBoolean(1), rows.GetInt64(2), rows.GetInt64(3),
            new RoomLoad(rows.GetDouble(4), rows.GetDouble(5), rows.GetInt32(6), rows.GetInt32(7))));
    }

    /// <summary>Writes a room's next step; false: a later leader has written meanwhile.</summary>
    public static async Task<bool> SetAsync(NpgsqlConnection connection, Room room)
    {
        await using var command = new NpgsqlCommand(SetSql, connection)
        {
            Parameters =
            {
                Of(room.EventId), Of((short)room.Phase), Of(room.Era), Of(room.Commitment), Of(room.SealedSeed),
                Of(room.Seed), Of(room.Beacon), Of(room.Early), Of(room.Numbers), Of(room.Served),
                Of(room.MovedAt.ToUniversalTime()), Of(room.Carry), Of(room.Pace), Of(room.WindowFrom),
                Of(room.WindowMiddle), Of(room.WindowTurnedAt.ToUniversalTime()), Of(room.IsSoldOut),
                Of(room.CalmSince?.ToUniversalTime()), Of(room.Fence),
            },
        };
        return await command.ExecuteNonQueryAsync() == 1;
    }

    /// <summary>Notes what a node saw of an event in the last second.</summary>
    public async Task ReportAsync(Guid eventId, Guid nodeId, RoomLoad load, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReportSql);
        command.Parameters.AddRange(new[]
        {
            Of(eventId), Of(nodeId), Of(load.HoldsPerSecond), Of(load.HoldP99Milliseconds), Of(load.Refused),
            Of(load.Viewers),
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Forgets reports of nodes that are gone, and who waited and came in for sales that are over.</summary>
    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ForgetReportsSql));
        foreach (var sql in (string[])[ForgetPlacesSql, ForgetAdmissionsSql])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql)
            {
                Parameters = { new NpgsqlParameter<int> { TypedValue = WaitingRoomLimits.KeptAfterSaleHours } },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<Guid>> FindAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var found = new List<Guid>();
            while (await rows.ReadAsync(cancellationToken))
                found.Add(rows.GetGuid(0));
            return found;
        }
    }

    private static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    private static NpgsqlParameter Of(DateTimeOffset? value) => value is { } at
        ? new NpgsqlParameter<DateTimeOffset> { TypedValue = at }
        : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static NpgsqlParameter Of(byte[]? value) => new()
    {
        Value = (object?)value ?? DBNull.Value,
        NpgsqlDbType = NpgsqlDbType.Bytea,
    };
}

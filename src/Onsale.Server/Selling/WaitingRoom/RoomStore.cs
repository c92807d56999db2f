using Npgsql;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>An admission that has ended: tokens of it and of earlier ones are refused.</summary>
internal readonly record struct EndedAdmission(Guid EventId, Guid BuyerId, int Era, long Number);

/// <summary>SQL of what nodes read of the rooms, and of what waiting buyers change.</summary>
internal sealed class RoomStore(NpgsqlDataSource dataSource)
{
    // With the time: nodes reckon with the database's clock.
    private const string AllSql = $"""
        select {RoomReader.Columns}, clock_timestamp()
        from waiting_rooms r join events e on e.id = r.event_id
        where r.phase <> 0 or (r.mode <> 0 and e.off_sale_at > clock_timestamp() - make_interval(hours => $1))
        """;

    private const string EndedSql = """
        select event_id, buyer_id, era, number from waiting_room_admissions
        where ended_at > clock_timestamp() - make_interval(secs => $1)
            and admitted_at > clock_timestamp() - make_interval(mins => $2)
        """;

    private const string PlaceSql = """
        select p.number from waiting_room_places p
        where p.event_id = $1 and p.buyer_id = $2 and p.era = $3 and not exists (
            select from waiting_room_admissions a
            where a.event_id = p.event_id and a.buyer_id = p.buyer_id and a.era = p.era and a.number >= p.number
                and (a.ended_at is not null or a.ends_at <= clock_timestamp()))
        """;

    private const string IsUsedSql = """
        select exists (
            select from waiting_room_admissions
            where event_id = $1 and buyer_id = $2 and era = $3 and number >= $4
                and (ended_at is not null or ends_at <= clock_timestamp()))
        """;

    private const string LeaveSql = """
        update waiting_room_admissions set ended_at = clock_timestamp()
        where event_id = $1 and buyer_id = $2 and ended_at is null
        """;

    private const string ForgetSql = "delete from waiting_room_places where event_id = $1 and buyer_id = $2";

    /// <summary>The rooms that nodes keep in memory, and the database's time.</summary>
    public async Task<(IReadOnlyList<Room> Rooms, DateTimeOffset? Now)> ReadAllAsync(
        CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(AllSql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = WaitingRoomLimits.KeptAfterSaleHours });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var rooms = new List<Room>();
        DateTimeOffset? now = null;
        while (await rows.ReadAsync(cancellationToken))
        {
            rooms.Add(RoomReader.Read(rows));
            now = rows.GetFieldValue<DateTimeOffset>(rows.FieldCount - 1);
        }

        return (rooms, now);
    }

    /// <summary>Admissions that ended in the last moments while their tokens may still be valid.</summary>
    public async Task<IReadOnlyList<EndedAdmission>> FindEndedAsync(
        double backSeconds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(EndedSql);
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = backSeconds });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = WaitingRoomLimits.MaxAdmissionMinutes });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var ended = new List<EndedAdmission>();
        while (await rows.ReadAsync(cancellationToken))
            ended.Add(new EndedAdmission(rows.GetGuid(0), rows.GetGuid(1), rows.GetInt32(2), rows.GetInt64(3)));
        return ended;
    }

    /// <summary>The number of an account's place that has not been used up; null: it has none.</summary>
    public async Task<long?> FindPlaceAsync(Guid eventId, Guid buyerId, int era, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PlaceSql);
        AddPlace(command, eventId, buyerId, era);
        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Whether a pass was used for an admission that has ended.</summary>
    public async Task<bool> IsUsedAsync(QueueToken pass, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(IsUsedSql);
        AddPlace(command, pass.EventId, pass.BuyerId, pass.Era);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = pass.Number });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>A buyer goes: the place inside is free, and the one in the line is forgotten.</summary>
    public async Task LeaveAsync(Guid eventId, Guid buyerId, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        foreach (var sql in (string[])[LeaveSql, ForgetSql])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = eventId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = buyerId });
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddPlace(NpgsqlCommand command, Guid eventId, Guid buyerId, int era)
    {
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = eventId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = buyerId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = era });
    }
}

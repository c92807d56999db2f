using Npgsql;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>What a group of joins was given.</summary>
/// <param name="Phase">The room's, as of the database.</param>
/// <param name="Era">The opening that the passes are of.</param>
/// <param name="FirstNumber">The number of the first of the group; 0: all of them are among the early.</param>
/// <param name="Now">The database's time.</param>
internal readonly record struct JoinedGroup(RoomPhase Phase, int Era, long FirstNumber, DateTimeOffset Now);

/// <summary>SQL of joining: what a whole group needs, however many they are.</summary>
internal sealed class JoinStore(NpgsqlDataSource dataSource)
{
    // Locks the row whatever the phase: a group whose members came before the draw is counted before it is held.
    private const string TakeSql = """
        update waiting_rooms set numbers = numbers + case when phase = 2 then $2 else 0 end
        where event_id = $1 returning phase, era, numbers, clock_timestamp()
        """;

    private const string PhaseSql =
        "select phase, era, numbers, clock_timestamp() from waiting_rooms where event_id = $1";

    private const string CrowdSql =
        "select era, registers from waiting_room_crowds where event_id = $1 for no key update";

    private const string SetCrowdSql = """
        insert into waiting_room_crowds (event_id, era, registers) values ($1, $2, $3)
        on conflict (event_id) do update set era = excluded.era, registers = excluded.registers
        """;

    private const string RememberSql = """
        insert into waiting_room_places (event_id, buyer_id, era, number, joined_at)
        select $1, one.buyer_id, $2, one.number, clock_timestamp()
        from unnest($3::uuid[], $4::bigint[]) one (buyer_id, number)
        on conflict (event_id, buyer_id) do update set era = excluded.era, number = excluded.number,
            joined_at = excluded.joined_at
        """;

    /// <summary>Gives a group its numbers, one after the other; before the draw it only says so.</summary>
    public async Task<JoinedGroup> TakeNumbersAsync(Guid eventId, int count)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await TakeAsync(connection, eventId, count);
    }

    /// <summary>
    /// For a group that may be among the early and is counted already. It needs no lock: its members came before the
    /// statement began, and where that finds the draw still to be held, before the draw.
    /// </summary>
    public async Task<JoinedGroup> ReadPhaseAsync(Guid eventId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(PhaseSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = eventId });
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync()
            ? new JoinedGroup(
                (RoomPhase)rows.GetInt16(0), rows.GetInt32(1), FirstNumber: 0, rows.GetFieldValue<DateTimeOffset>(3))
            : default;
    }

    /// <summary>
    /// The same for a group that may be among the early, which is counted then: <paramref name="crowd"/> takes in what
    /// other nodes have counted, and is stored.
    /// </summary>
    public async Task<JoinedGroup> CountEarlyAsync(
        Guid eventId, int era, IReadOnlyCollection<Guid> buyers, CrowdSketch crowd)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var group = await TakeAsync(connection, eventId, buyers.Count);
        if (group.Phase == RoomPhase.PreQueue && group.Era == era)
        {
            if (await ReadCrowdAsync(connection, eventId, era) is { } stored)
                crowd.Merge(stored);
            foreach (var buyer in buyers)
                crowd.Add(buyer);
            await using var set = new NpgsqlCommand(SetCrowdSql, connection);
            set.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = eventId });
            set.Parameters.Add(new NpgsqlParameter<int> { TypedValue = era });
            set.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = crowd.Registers });
            await set.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        return group;
    }

    /// <summary>Keeps the places of accounts.</summary>
    public async Task RememberAsync(Guid eventId, int era, Guid[] buyers, long[] numbers)
    {
        await using var command = dataSource.CreateCommand(RememberSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = eventId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = era });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = buyers });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = numbers });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The crowd of an era as it is stored, with its row locked until the transaction ends.</summary>
    public static async Task<CrowdSketch?> ReadCrowdAsync(NpgsqlConnection connection, Guid eventId, int era)
    {
        await using var command = new NpgsqlCommand(CrowdSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = eventId });
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() && rows.GetInt32(0) == era
            ? new CrowdSketch(rows.GetFieldValue<byte[]>(1))
            : null;
    }

    private static async Task<JoinedGroup> TakeAsync(NpgsqlConnection connection, Guid eventId, int count)
    {
        await using var command = new NpgsqlCommand(TakeSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = eventId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = count });
        await using var rows = await command.ExecuteReaderAsync();
        if (!await rows.ReadAsync())
            return default;
        var phase = (RoomPhase)rows.GetInt16(0);
        return new JoinedGroup(
            phase, rows.GetInt32(1), phase == RoomPhase.Open ? rows.GetInt64(2) - count + 1 : 0,
            rows.GetFieldValue<DateTimeOffset>(3));
    }
}

using Npgsql;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>What became of a claim.</summary>
/// <param name="EndsAt">The admission's end; null: none was given.</param>
/// <param name="IsUsed">Whether the pass was used for an admission that has ended.</param>
/// <param name="Served">Positions that have been let in, as of the database.</param>
/// <param name="IsCurrent">Whether the pass is of the room's present opening, which is past its draw.</param>
internal readonly record struct ClaimOutcome(DateTimeOffset? EndsAt, bool IsUsed, long Served, bool IsCurrent);

/// <summary>SQL of admissions.</summary>
internal sealed class ClaimStore(NpgsqlDataSource dataSource)
{
    // One claim of an event at a time: the count that follows must see the admissions before it. In one statement it
    // would not, as that sees what was committed when it began, before it got the lock.
    private const string LockSql = "select 1 from waiting_rooms where event_id = $1 for no key update";

    private const string ClaimSql = """
        insert into waiting_room_admissions as a
            (event_id, buyer_id, era, number, position, session_id, admitted_at, ends_at)
        select r.event_id, $2, r.era, $4, $5, $6, clock_timestamp(),
            clock_timestamp() + make_interval(mins => r.admission_minutes)
        from waiting_rooms r
        where r.event_id = $1 and r.phase = 2 and r.era = $3 and r.served >= $5 and (
            select count(*) from waiting_room_admissions i
            where i.event_id = $1 and i.ended_at is null and i.ends_at > clock_timestamp()) < r.max_inside
        on conflict (event_id, buyer_id) do update set era = excluded.era, number = excluded.number,
            position = excluded.position, session_id = excluded.session_id, admitted_at = excluded.admitted_at,
            ends_at = excluded.ends_at, ended_at = null
        where (a.era, a.number) < (excluded.era, excluded.number)
        """;

    private const string OutcomeSql = """
        select a.ends_at, coalesce(a.ended_at is not null or a.ends_at <= clock_timestamp(), false), r.served,
            r.phase = 2 and r.era = $3
        from waiting_rooms r
        left join waiting_room_admissions a
            on a.event_id = r.event_id and a.buyer_id = $2 and a.era = $3 and a.number >= $4
        where r.event_id = $1
        """;

    /// <summary>Gives a pass its admission if it is its turn and a place inside is free; else says why not.</summary>
    public async Task<ClaimOutcome> ClaimAsync(QueueToken pass, long position, Guid sessionId)
    {
        await using var batch = dataSource.CreateBatch();
        Add(LockSql, Of(pass.EventId));
        Add(ClaimSql, Of(pass.EventId), Of(pass.BuyerId), Of(pass.Era), Of(pass.Number), Of(position), Of(sessionId));
        Add(OutcomeSql, Of(pass.EventId), Of(pass.BuyerId), Of(pass.Era), Of(pass.Number));
        await using var rows = await batch.ExecuteReaderAsync();
        await rows.NextResultAsync(); // past the lock; the insert has no result of its own
        if (!await rows.ReadAsync())
            return default;
        var isUsed = rows.GetBoolean(1);
        return new ClaimOutcome(
            isUsed || rows.IsDBNull(0) ? null : rows.GetFieldValue<DateTimeOffset>(0), isUsed, rows.GetInt64(2),
            rows.GetBoolean(3));

        void Add(string sql, params NpgsqlParameter[] parameters)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters)
                command.Parameters.Add(parameter);
            batch.BatchCommands.Add(command);
        }
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}

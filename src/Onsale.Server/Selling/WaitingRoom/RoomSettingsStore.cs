using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>A room as its organiser may see it.</summary>
/// <param name="EventId">The event.</param>
/// <param name="OnSaleAt">When its sale begins.</param>
/// <param name="Room">Null: none was ever set up.</param>
/// <param name="Inside">Admissions in use.</param>
/// <param name="EarlyCounted">Before the draw: how many have joined, about.</param>
internal sealed record OrganisersRoom(
    Guid EventId, DateTimeOffset OnSaleAt, Room? Room, int Inside, long EarlyCounted)
{
    /// <summary>How many have not been let in.</summary>
    public long Waiting => Room is null or { Phase: RoomPhase.Closed }
        ? 0
        : Room.Phase == RoomPhase.PreQueue ? EarlyCounted : Room.Waiting;
}

/// <summary>SQL of what organisers set.</summary>
internal sealed class RoomSettingsStore(
    NpgsqlDataSource dataSource, ActivityLog activities, IOptions<JsonOptions> json)
{
    // What the leader has made of the room stays: its line goes on by the new settings.
    private const string SetSql = """
        insert into waiting_rooms (
            event_id, mode, opens_at, rate_per_minute, max_inside, admission_minutes, needs_account, is_paused, message)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (event_id) do update set mode = excluded.mode, opens_at = excluded.opens_at,
            rate_per_minute = excluded.rate_per_minute, max_inside = excluded.max_inside,
            admission_minutes = excluded.admission_minutes, needs_account = excluded.needs_account,
            is_paused = excluded.is_paused, message = excluded.message
        """;

    private const string EventSql = """
        select e.on_sale_at,
            (select count(*)::integer from waiting_room_admissions a
                where a.event_id = e.id and a.ended_at is null and a.ends_at > clock_timestamp()),
            (select c.registers from waiting_room_crowds c join waiting_rooms r using (event_id)
                where c.event_id = e.id and c.era = r.era and r.phase = 1)
        from events e where e.id = $1 and e.organisation_id = $2
        """;

    private const string RoomSql = $"""
        select {RoomReader.Columns} from waiting_rooms r join events e on e.id = r.event_id
        where r.event_id = $1 and e.organisation_id = $2
        """;

    /// <summary>The contract of the settings, for the activity log.</summary>
    public JsonTypeInfo<QueueSettings> Form { get; } =
        (JsonTypeInfo<QueueSettings>)json.Value.SerializerOptions.GetTypeInfo(typeof(QueueSettings));

    /// <summary>The room of an organisation's event; null: it has no such event.</summary>
    public async Task<OrganisersRoom?> FindAsync(
        Guid organisationId, Guid eventId, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        foreach (var sql in (string[])[EventSql, RoomSql])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = eventId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = organisationId });
            batch.BatchCommands.Add(command);
        }

        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
            return null;
        var found = new OrganisersRoom(
            eventId, rows.GetFieldValue<DateTimeOffset>(0), null, rows.GetInt32(1),
            rows.IsDBNull(2) ? 0 : new CrowdSketch(rows.GetFieldValue<byte[]>(2)).Count());
        await rows.NextResultAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? found with { Room = RoomReader.Read(rows) } : found;
    }

    /// <summary>Sets up an event's room or changes it. Takes effect at every node within two seconds.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="settings">All of them.</param>
    /// <param name="activity">What the activity log says; null: nobody's change, as of the demo.</param>
    /// <param name="cancellationToken">Ends waiting; nothing is changed then.</param>
    public async Task SetAsync(
        Guid eventId, RoomSettings settings, Activity? activity, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch(); // one transaction by itself
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SetSql)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = eventId },
                new NpgsqlParameter<short> { TypedValue = (short)settings.Mode },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = settings.OpensAt.ToUniversalTime() },
                new NpgsqlParameter<int> { TypedValue = settings.RatePerMinute },
                new NpgsqlParameter<int> { TypedValue = settings.MaxInside },
                new NpgsqlParameter<short> { TypedValue = (short)settings.AdmissionMinutes },
                new NpgsqlParameter<bool> { TypedValue = settings.NeedsAccount },
                new NpgsqlParameter<bool> { TypedValue = settings.IsPaused },
                new NpgsqlParameter<string> { TypedValue = settings.Message },
            },
        });
        if (activity is { IsEmpty: false })
            batch.BatchCommands.Add(activities.CommandOf(activity));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}

using Npgsql;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>SQL of what organisers set.</summary>
internal sealed class RoomSettingsStore(NpgsqlDataSource dataSource)
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

    /// <summary>Sets up an event's room or changes it. Takes effect at every node within two seconds.</summary>
    public async Task SetAsync(Guid eventId, RoomSettings settings, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SetSql);
        command.Parameters.AddRange(new NpgsqlParameter[]
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
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

using Dapper;
using Npgsql;
using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Door;

/// <summary>A paired device that asks.</summary>
internal sealed record PairedRow(
    Guid EventId, Guid Id, Guid OrganisationId, string Name, bool ShowsNames, Guid CreatedBy, DateTime? SeenAt);

/// <summary>A device as those see it who manage the door.</summary>
internal sealed record DeviceRow(
    Guid Id, string Name, bool ShowsNames, DateTime CreatedAt, DateTime PairingExpiresAt, DateTime? PairedAt,
    DateTime? SeenAt, DateTime? RevokedAt, DateTime Now)
{
    public DoorDevice ToWire() => new(
        Id, Name,
        RevokedAt is not null ? DoorDeviceState.Revoked
            : PairedAt is not null ? DoorDeviceState.Paired
            : PairingExpiresAt > Now ? DoorDeviceState.Waiting : DoorDeviceState.Expired,
        ShowsNames, new DateTimeOffset(CreatedAt), SeenAt is { } seen ? new DateTimeOffset(seen) : null);
}

/// <summary>The table <c>door_devices</c>.</summary>
internal sealed class DoorDeviceStore(NpgsqlDataSource dataSource)
{
    // The event's row is the lock: of two requests at the limit one is one too many.
    private const string LockSql = "select from inventory where event_id = @eventId for no key update";

    private const string CountSql = """
        select count(*) from door_devices
        where event_id = @eventId and revoked_at is null
            and (paired_at is not null or pairing_expires_at > clock_timestamp())
        """;

    private const string AddSql = """
        insert into door_devices (
            event_id, id, organisation_id, name, shows_names, created_by, pairing_hash, pairing_expires_at)
        values (
            @eventId, @id, @organisationId, @name, @showsNames, @createdBy, @pairingHash,
            clock_timestamp() + make_interval(mins => @minutes))
        returning pairing_expires_at
        """;

    private const string ListSql = """
        select id, name, shows_names, created_at, pairing_expires_at, paired_at, seen_at, revoked_at,
            clock_timestamp() as now
        from door_devices where event_id = @eventId and organisation_id = @organisationId
        order by revoked_at is not null, created_at desc limit @limit offset @offset
        """;

    private const string ListCountSql =
        "select count(*) from door_devices where event_id = @eventId and organisation_id = @organisationId";

    private const string RevokeSql = """
        update door_devices set revoked_at = clock_timestamp()
        where event_id = @eventId and organisation_id = @organisationId and id = @id and revoked_at is null
        returning name
        """;

    private const string IsThereSql = """
        select exists (select from door_devices
            where event_id = @eventId and organisation_id = @organisationId and id = @id)
        """;

    private const string PairSql = """
        update door_devices set token_hash = @tokenHash, paired_at = clock_timestamp(), seen_at = clock_timestamp()
        where pairing_hash = @pairingHash and paired_at is null and revoked_at is null
            and pairing_expires_at > clock_timestamp()
        returning event_id, id, organisation_id, name, shows_names, created_by, seen_at
        """;

    private const string FindSql = """
        select event_id, id, organisation_id, name, shows_names, created_by, seen_at from door_devices
        where token_hash = @tokenHash and revoked_at is null
        """;

    private const string SeenSql = """
        update door_devices set seen_at = clock_timestamp()
        where event_id = @eventId and id = @id and seen_at < clock_timestamp() - make_interval(secs => @seconds)
        """;

    public Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        dataSource.OpenConnectionAsync(cancellationToken).AsTask();

    /// <summary>Adds a device that waits for its pairing; null: the event has as many as there may be.</summary>
    public static async Task<DateTimeOffset?> AddAsync(
        NpgsqlConnection connection, PairedRow device, byte[] pairingHash)
    {
        await connection.ExecuteAsync(LockSql, new { device.EventId });
        if (await connection.ExecuteScalarAsync<long>(CountSql, new { device.EventId }) >= DoorLimits.MaxDevices)
            return null;
        var expiresAt = await connection.ExecuteScalarAsync<DateTime>(AddSql, new
        {
            device.EventId,
            device.Id,
            device.OrganisationId,
            device.Name,
            device.ShowsNames,
            device.CreatedBy,
            pairingHash,
            minutes = DoorLimits.PairingMinutes,
        });
        return new DateTimeOffset(expiresAt);
    }

    public async Task<(IReadOnlyList<DeviceRow> Rows, long Total)> ListAsync(
        Guid organisationId, Guid eventId, Paging paging, CancellationToken cancellationToken)
    {
        var values = new { organisationId, eventId, paging.Limit, paging.Offset };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(ListCountSql, values, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<DeviceRow>(
            new CommandDefinition(ListSql, values, cancellationToken: cancellationToken));
        return (rows.AsList(), total);
    }

    /// <summary>Ends a device; its name, or null: it had ended before.</summary>
    public static Task<string?> RevokeAsync(
        NpgsqlConnection connection, Guid organisationId, Guid eventId, Guid id) =>
        connection.ExecuteScalarAsync<string?>(RevokeSql, new { organisationId, eventId, id });

    public static Task<bool> IsThereAsync(
        NpgsqlConnection connection, Guid organisationId, Guid eventId, Guid id) =>
        connection.ExecuteScalarAsync<bool>(IsThereSql, new { organisationId, eventId, id });

    /// <summary>Gives a waiting device its token; null: no device waits with this code.</summary>
    public async Task<PairedRow?> PairAsync(byte[] pairingHash, byte[] tokenHash, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<PairedRow>(PairSql, new { pairingHash, tokenHash });
    }

    /// <summary>The device of a token; null: none that may ask.</summary>
    public async Task<PairedRow?> FindAsync(byte[] tokenHash, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<PairedRow>(
            new CommandDefinition(FindSql, new { tokenHash }, cancellationToken: cancellationToken));
    }

    public async Task NoteSeenAsync(PairedRow device)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(
            SeenSql, new { device.EventId, device.Id, seconds = (double)DoorLimits.SeenSeconds });
    }
}

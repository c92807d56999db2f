using Dapper;
using Npgsql;
using NpgsqlTypes;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>A session with the account it belongs to, if it belongs to one.</summary>
internal sealed class SessionRow
{
    public Guid Id { get; init; }

    public Guid SubjectId { get; init; }

    public required byte[] TokenHash { get; init; }

    public byte[]? PreviousHash { get; init; }

    public required byte[] RotationKey { get; init; }

    /// <summary>The token was rotated less than the grace ago, by the database's clock.</summary>
    public bool WithinGrace { get; init; }

    public bool Expired { get; init; }

    /// <summary>How often the token was replaced.</summary>
    public int Rotations { get; init; }

    public string? AccountStamp { get; init; }

    public string? SecurityStamp { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    public short[]? Roles { get; init; }

    /// <summary>
    /// Not expired, and the account as it was at sign-in: a null stamp on both sides is a guest that still is one.
    /// </summary>
    public bool IsLive => !Expired && !IsMerged && AccountStamp == SecurityStamp;

    /// <summary>A guest's that has signed in to an account.</summary>
    public bool IsMerged { get; init; }

    public Profile Profile => Email is null
        ? Profile.OfGuest(SubjectId)
        : new Profile(SubjectId, BuyerKind.Account, Email, Name, [.. Roles!.Select(role => (Role)role)]);
}

/// <summary>
/// Sessions in PostgreSQL. Whatever deletes one that was used lately also lists it as ended, in the same statement, so
/// that its access tokens end on every node.
/// </summary>
internal sealed class SessionStore(NpgsqlDataSource dataSource, EndedSessions endedSessions)
{
    private const string InsertGuestSql = """
        insert into sessions (id, subject_id, token_hash, rotation_key, expires_at, browser, operating_system, is_trial)
        values ($1, $2, $3, $4, now() + $5, $6, $7, true)
        """;

    // The lock waits for a change of the password or a deletion under way; after either, nothing is inserted.
    private const string InsertSql = """
        insert into sessions (id, subject_id, account_stamp, token_hash, rotation_key, expires_at,
                              browser, operating_system)
        select $1, id, security_stamp, $3, $4, now() + $5, $6, $7
        from accounts where id = $2 and security_stamp = $8
        for share
        """;

    private const string EndSurplusSql = """
        with ended as (
            delete from sessions where id in (
                select id from sessions where subject_id = $1 order by rotated_at desc, id desc offset $2)
        """ + Listed;

    private const string EndOneSql = """
        with ended as (
            delete from sessions where id = $1
        """ + Listed;

    private const string EndOwnSql = """
        with ended as (
            delete from sessions where id = $1 and subject_id = $2
        """ + Listed;

    private const string EndOthersSql = """
        with ended as (
            delete from sessions where subject_id = $1 and id <> $2
        """ + Listed;

    // An access token is issued with every rotation, and once more within the grace after it: 16 minutes later all have
    // expired.
    private const string Listed = """

            returning id, rotated_at),
        listed as (
            insert into ended_sessions (session_id)
            select id from ended where rotated_at > now() - interval '16 minutes'
            on conflict do nothing)
        select id from ended
        """;

    private const string ListSql = """
        select s.id, s.browser, s.operating_system, s.created_at, s.rotated_at as last_used_at,
               s.id = @current as is_current, count(*) over () as total
        from sessions s left join accounts a on a.id = s.subject_id
        where s.subject_id = @subject and s.expires_at > now()
          and s.account_stamp is not distinct from a.security_stamp
        order by s.id = @current desc, s.rotated_at desc, s.id
        limit @limit offset @offset
        """;

    private const string FindSql = """
        select s.id, s.subject_id, s.token_hash, s.previous_hash, s.rotation_key, s.account_stamp, s.rotations,
               s.expires_at <= now() as expired,
               s.rotated_at > now() - make_interval(secs => @graceSeconds) as within_grace,
               a.security_stamp, a.email, a.name, a.roles,
               exists (select from guest_merges m where m.guest_id = s.subject_id and m.state <> 2) as is_merged
        from sessions s
        left join accounts a on a.id = s.subject_id
        where s.id = @id
        """;

    // The condition makes it the one winner among concurrent refreshes with the same token.
    private const string RotateSql = """
        update sessions
        set token_hash = @successor, previous_hash = token_hash, rotated_at = now(), rotations = rotations + 1,
            expires_at = least(now() + make_interval(days => @days), created_at + make_interval(days => @totalDays))
        where id = @id and token_hash = @presented
        """;

    public async Task InsertGuestAsync(
        RefreshToken token, Guid guestId, byte[] rotationKey, DeviceDescription device,
        CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(InsertGuestSql);
        AddValues(command.Parameters, token, guestId, rotationKey, device);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>Whether the account still has the security stamp; else there is no session.</returns>
    public async Task<bool> InsertAsync(
        RefreshToken token, Account account, byte[] rotationKey, DeviceDescription device,
        CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(InsertSql);
        AddValues(command.Parameters, token, account.Id, rotationKey, device);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = account.SecurityStamp });
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
            return false;
        await EndAsync(EndSurplusSql, [account.Id, AccountsLimits.SessionsPerSubject], cancellationToken);
        return true;
    }

    public async Task<(IReadOnlyList<ListedSession> Sessions, long Total)> ListAsync(
        Guid subject, Guid current, Paging paging, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<ListedSession>(new CommandDefinition(
            ListSql, new { subject, current, limit = paging.Limit, offset = paging.Offset },
            cancellationToken: cancellationToken))).AsList();
        return (rows, rows.Count == 0 ? 0 : rows[0].Total);
    }

    public async Task<SessionRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<SessionRow>(new CommandDefinition(
            FindSql, new { id, graceSeconds = AccountsLimits.RotationGraceSeconds },
            cancellationToken: cancellationToken));
    }

    public async Task<bool> RotateAsync(
        Guid id, byte[] presented, byte[] successor, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var parameters = new
        {
            id,
            presented,
            successor,
            days = AccountsLimits.RefreshTokenDays,
            totalDays = AccountsLimits.SessionDays,
        };
        return await connection.ExecuteAsync(
            new CommandDefinition(RotateSql, parameters, cancellationToken: cancellationToken)) == 1;
    }

    /// <summary>Ends a session, whosever it is.</summary>
    public Task<IReadOnlyList<Guid>> EndAsync(Guid id, CancellationToken cancellationToken) =>
        EndAsync(EndOneSql, [id], cancellationToken);

    /// <summary>Ends a session of a buyer; none when it is not one of theirs.</summary>
    public Task<IReadOnlyList<Guid>> EndOwnAsync(Guid subject, Guid id, CancellationToken cancellationToken) =>
        EndAsync(EndOwnSql, [id, subject], cancellationToken);

    /// <summary>Ends all sessions of a buyer but one.</summary>
    /// <param name="subject">The buyer.</param>
    /// <param name="except">The one to keep; empty: none.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public Task<IReadOnlyList<Guid>> EndAllAsync(Guid subject, Guid except, CancellationToken cancellationToken) =>
        EndAsync(EndOthersSql, [subject, except], cancellationToken);

    private static async Task<IReadOnlyList<Guid>> ReadIdsAsync(
        NpgsqlCommand command, CancellationToken cancellationToken)
    {
        List<Guid> ended = [];
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            ended.Add(rows.GetGuid(0));
        return ended;
    }

    /// <summary>
    /// The same within a transaction; the caller adds them to <see cref="EndedSessions"/> after its commit.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> EndAllAsync(
        NpgsqlConnection connection, Guid subject, Guid except, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EndOthersSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = subject });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = except });
        return await ReadIdsAsync(command, cancellationToken);
    }

    /// <summary>Sessions that any node ended within the last seconds.</summary>
    public async Task<IReadOnlyList<Guid>> FindEndedAsync(double seconds, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(new CommandDefinition(
            "select session_id from ended_sessions where ended_at > now() - make_interval(secs => @seconds)",
            new { seconds }, cancellationToken: cancellationToken))).AsList();
    }

    private async Task<IReadOnlyList<Guid>> EndAsync(
        string sql, object[] parameters, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        var ended = await ReadIdsAsync(command, cancellationToken);
        endedSessions.Add(ended);
        return ended;
    }

    private static void AddValues(
        NpgsqlParameterCollection parameters, RefreshToken token, Guid subjectId, byte[] rotationKey,
        DeviceDescription device)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.SessionId });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = subjectId });
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = token.Hash });
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = rotationKey });
        parameters.Add(
            new NpgsqlParameter<TimeSpan> { TypedValue = TimeSpan.FromDays(AccountsLimits.RefreshTokenDays) });
        parameters.Add(Text(device.Browser));
        parameters.Add(Text(device.OperatingSystem));
    }

    private static NpgsqlParameter Text(string? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value ?? (object)DBNull.Value };
}

/// <summary>A session as its owner sees it.</summary>
internal sealed class ListedSession
{
    public Guid Id { get; init; }

    public string? Browser { get; init; }

    public string? OperatingSystem { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUsedAt { get; init; }

    public bool IsCurrent { get; init; }

    public long Total { get; init; }
}

using Dapper;
using Npgsql;
using NpgsqlTypes;

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

internal sealed class SessionStore(NpgsqlDataSource dataSource)
{
    private const string InsertSql = """
        insert into sessions (id, subject_id, account_stamp, token_hash, rotation_key, expires_at)
        values ($1, $2, $3, $4, $5, now() + $6)
        """;

    private const string FindSql = """
        select s.id, s.subject_id, s.token_hash, s.previous_hash, s.rotation_key, s.account_stamp,
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
        set token_hash = @successor, previous_hash = token_hash, rotated_at = now(),
            expires_at = least(now() + make_interval(days => @days), created_at + make_interval(days => @totalDays))
        where id = @id and token_hash = @presented
        """;

    public async Task InsertAsync(
        RefreshToken token, Guid subjectId, string? accountStamp, byte[] rotationKey,
        CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(InsertSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.SessionId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = subjectId });
        command.Parameters.Add(
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = accountStamp ?? (object)DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = token.Hash });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = rotationKey });
        command.Parameters.Add(
            new NpgsqlParameter<TimeSpan> { TypedValue = TimeSpan.FromDays(AccountsLimits.RefreshTokenDays) });
        await command.ExecuteNonQueryAsync(cancellationToken);
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

    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("delete from sessions where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

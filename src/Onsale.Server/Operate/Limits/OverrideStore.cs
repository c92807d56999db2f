using System.Buffers.Binary;
using Dapper;
using Npgsql;

namespace Onsale.Server.Operate.Limits;

/// <summary>Overrides of rate limits, in the database.</summary>
internal sealed class OverrideStore(NpgsqlDataSource dataSource)
{
    private const string InForceSql = """
        select id, policy, caller, is_blocked, multiple, until, reason, created_by, created_at
        from rate_limit_overrides where until > clock_timestamp() order by until, id limit @limit
        """;

    // Of one caller and policy the last one holds.
    private const string SetSql = """
        insert into rate_limit_overrides (id, policy, caller, is_blocked, multiple, until, reason, created_by)
        select @id, @policy, @caller, @isBlocked, @multiple, @until, @reason, @by
        where (select count(*) from rate_limit_overrides) < @most
        on conflict (policy, caller) do update set id = excluded.id, is_blocked = excluded.is_blocked,
            multiple = excluded.multiple, until = excluded.until, reason = excluded.reason,
            created_by = excluded.created_by, created_at = clock_timestamp()
        """;

    private const string DeleteSql = "delete from rate_limit_overrides where id = @id";

    private const string ForgetSql = "delete from rate_limit_overrides where until < clock_timestamp()";

    public async Task<IReadOnlyList<StoredOverride>> InForceAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            InForceSql, new { limit = LimitsLimits.MaxOverrides }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToOverride())];
    }

    /// <summary>False: there are too many.</summary>
    public async Task<bool> SetAsync(StoredOverride set)
    {
        var caller = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(caller, set.Caller);
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(ForgetSql);
        return await connection.ExecuteAsync(SetSql, new
        {
            set.Id,
            set.Policy,
            caller,
            set.IsBlocked,
            set.Multiple,
            until = set.Until.UtcDateTime,
            set.Reason,
            by = set.CreatedBy,
            most = LimitsLimits.MaxOverrides,
        }) == 1;
    }

    /// <summary>False: there is none of that id.</summary>
    public async Task<bool> DeleteAsync(Guid id)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.ExecuteAsync(DeleteSql, new { id }) == 1;
    }

    private sealed record Row(
        Guid Id, string Policy, byte[] Caller, bool IsBlocked, int Multiple, DateTime Until, string Reason,
        Guid CreatedBy, DateTime CreatedAt)
    {
        public StoredOverride ToOverride() => new(
            Id, Policy, BinaryPrimitives.ReadUInt128BigEndian(Caller), IsBlocked, Multiple, new DateTimeOffset(Until),
            Reason, CreatedBy, new DateTimeOffset(CreatedAt));
    }
}

/// <summary>An override as it is kept.</summary>
internal sealed record StoredOverride(
    Guid Id, string Policy, UInt128 Caller, bool IsBlocked, int Multiple, DateTimeOffset Until, string Reason,
    Guid CreatedBy, DateTimeOffset CreatedAt);

using Dapper;
using Npgsql;

namespace Onsale.Platform.Work;

/// <summary>Solutions that were used, until they would have expired anyway. Shared by all nodes.</summary>
internal sealed class UsedWorkStore(NpgsqlDataSource dataSource)
{
    private const string UseSql = """
        insert into used_work (id, expires_at) values (@id, @expiresAt) on conflict do nothing
        """;

    private const string ForgetSql = """
        delete from used_work where id in (
            select id from used_work where expires_at < clock_timestamp() - interval '1 minute' limit 10000)
        """;

    /// <summary>False: it was used before.</summary>
    public async Task<bool> TryUseAsync(byte[] id, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(
            new CommandDefinition(UseSql, new { id, expiresAt }, cancellationToken: cancellationToken)) == 1;
    }

    /// <summary>One round of forgetting.</summary>
    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(ForgetSql, cancellationToken: cancellationToken));
    }
}

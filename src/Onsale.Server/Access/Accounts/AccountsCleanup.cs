using Npgsql;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Deletes sessions that have expired, guests that never booked, and attempts and ended sessions that no longer count,
/// in small batches. Nothing depends on it but disk space: what has expired is refused whether or not it is still
/// there. Any number of nodes may run it.
/// </summary>
internal sealed partial class AccountsCleanup(
    NpgsqlDataSource dataSource, GuestTrials trials, ILogger<AccountsCleanup> logger)
{
    // Rows that another node is deleting are skipped instead of waited for.
    private const string DeleteSessionsSql = """
        delete from sessions where id = any (array(
            select id from sessions where expires_at < now() order by expires_at limit $1 for update skip locked))
        """;

    private const string DeleteAttemptsSql = """
        delete from sign_in_attempts where key_hash = any (array(
            select key_hash from sign_in_attempts where since < now() - $2 order by since limit $1
            for update skip locked))
        """;

    private const string DeleteEndedSql = """
        delete from ended_sessions where session_id = any (array(
            select session_id from ended_sessions where ended_at < now() - $2 order by ended_at limit $1
            for update skip locked))
        """;

    /// <summary>One round; answers how many rows it deleted.</summary>
    internal async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var window = new NpgsqlParameter<TimeSpan>
        {
            TypedValue = TimeSpan.FromSeconds(AccountsLimits.SignInWindowSeconds),
        };
        var endedFor = new NpgsqlParameter<TimeSpan>
        {
            TypedValue = TimeSpan.FromMinutes(2 * IdentityLimits.EndedSessionMinutes),
        };
        var rows = await trials.CleanAsync(cancellationToken)
            + await DeleteAsync(DeleteSessionsSql, null, cancellationToken)
            + await DeleteAsync(DeleteAttemptsSql, window, cancellationToken)
            + await DeleteAsync(DeleteEndedSql, endedFor, cancellationToken);
        if (rows > 0)
            LogCleaned(rows);
        return rows;
    }

    private async Task<int> DeleteAsync(string sql, NpgsqlParameter? window, CancellationToken cancellationToken)
    {
        var total = 0;
        for (var batch = 0; batch < AccountsLimits.CleanUpBatches; batch++)
        {
            await using var command = dataSource.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = AccountsLimits.CleanUpBatchRows });
            if (window is not null)
                command.Parameters.Add(window.Clone());
            var rows = await command.ExecuteNonQueryAsync(cancellationToken);
            total += rows;
            if (rows < AccountsLimits.CleanUpBatchRows)
                break;
        }

        return total;
    }

    [LoggerMessage(EventId = 3002, Level = LogLevel.Debug,
        Message = "Deleted {Rows} expired sessions and sign-in attempts")]
    private partial void LogCleaned(int rows);
}

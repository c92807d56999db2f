using Dapper;
using Npgsql;

namespace Onsale.Platform.Database;

/// <summary>
/// Every advisory lock of the program in one place, so that no two purposes share one, and how a start waits for one.
/// </summary>
internal static partial class DatabaseLocks
{
    public const long Migrations = 0x0052_4E53_414C_4501;
    public const long FirstProtectionKey = 0x0052_4E53_414C_4502;
    public const long Demo = 0x0052_4E53_414C_4503;
    public const long Audit = 0x0052_4E53_414C_4504;
    public const long WaitingRooms = 0x0052_4E53_414C_4505;
    public const long ReadOnly = 0x0052_4E53_414C_4506;
    public const long Rehearsals = 0x0052_4E53_414C_4507;

    /// <summary>
    /// Waits for a lock as long as another node holds it, however long its work takes, and logs whom this waits for:
    /// neither the command timeout nor silence ends a start that only has to wait.
    /// </summary>
    /// <param name="connection">Holds the lock: the session, or its transaction.</param>
    /// <param name="key">One of this class.</param>
    /// <param name="purpose">For the log: "the migrations".</param>
    /// <param name="ofTransaction">Whether the lock ends with the transaction rather than with the session.</param>
    /// <param name="time">Measures the pauses between attempts.</param>
    /// <param name="logger">Where waiting is logged.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    public static async Task WaitAsync(
        NpgsqlConnection connection, long key, string purpose, bool ofTransaction, TimeProvider time, ILogger logger,
        CancellationToken cancellationToken)
    {
        var sql = ofTransaction ? "select pg_try_advisory_xact_lock(@key)" : "select pg_try_advisory_lock(@key)";
        var started = time.GetTimestamp();
        var logged = started;
        while (!await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(sql, new { key }, cancellationToken: cancellationToken)))
        {
            if (logged == started
                || time.GetElapsedTime(logged).TotalSeconds >= DatabaseLimits.LockWaitLogSeconds)
            {
                logged = time.GetTimestamp();
                LogWaiting(logger, purpose, time.GetElapsedTime(started).TotalSeconds);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(DatabaseLimits.LockRetryMilliseconds), time, cancellationToken);
        }
    }

    [LoggerMessage(EventId = 1003, Level = LogLevel.Information,
        Message = "Waiting for {Purpose}, which another node holds, for {ElapsedSeconds:0} s")]
    private static partial void LogWaiting(ILogger logger, string purpose, double elapsedSeconds);
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Onsale.Platform.Database;

/// <summary>
/// Whether PostgreSQL answers, has all migrations of this version, and agrees with this node about the time: ids carry
/// the node's time, and an idempotency key is found again by it.
/// </summary>
internal sealed class DatabaseHealthCheck(NpgsqlDataSource dataSource, MigrationScripts scripts, TimeProvider time)
    : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand(
                "select count(*), clock_timestamp() from schema_migrations");
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            await rows.ReadAsync(cancellationToken);
            if (rows.GetInt64(0) < scripts.All.Count)
            {
                return HealthCheckResult.Unhealthy(
                    "The database lacks migrations of this version: was an older backup restored?");
            }

            var difference = time.GetUtcNow() - rows.GetFieldValue<DateTimeOffset>(1);
            return difference.Duration() <= TimeSpan.FromMinutes(DatabaseLimits.MaxClockDifferenceMinutes)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy(
                    $"The clocks of this node and of its database differ by {difference.Duration().TotalMinutes:0} "
                    + $"minutes; at most {DatabaseLimits.MaxClockDifferenceMinutes} are safe.");
        }
        catch (NpgsqlException exception)
        {
            // Anyone may ask, so the answer leaves out where the database is. The log has it.
            return HealthCheckResult.Unhealthy("PostgreSQL does not answer.", exception);
        }
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Onsale.Platform.Database;

/// <summary>Whether PostgreSQL answers and has all migrations of this version.</summary>
internal sealed class DatabaseHealthCheck(NpgsqlDataSource dataSource, MigrationScripts scripts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand("select count(*) from schema_migrations");
            var applied = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            return applied >= scripts.All.Count
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy(
                    "The database lacks migrations of this version: was an older backup restored?");
        }
        catch (NpgsqlException exception)
        {
            // Anyone may ask, so the answer leaves out where the database is. The log has it.
            return HealthCheckResult.Unhealthy("PostgreSQL does not answer.", exception);
        }
    }
}

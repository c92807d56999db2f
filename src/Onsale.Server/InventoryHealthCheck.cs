using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server;

/// <summary>
/// Whether this node can sell: its last batch was written, or else something can be written now. A full disk answers
/// questions for a while before the server itself goes down.
/// </summary>
internal sealed class InventoryHealthCheck(WriteHealth health, NpgsqlDataSource dataSource) : IHealthCheck
{
    /// <summary>How long a process that ran out of memory stays unready.</summary>
    public const int OutOfMemorySeconds = 30;

    // Only where the last batch failed. A temporary table needs new pages as a sale does, and leaves none behind.
    private const string ProbeSql = """
        create temporary table onsale_write_probe on commit drop as
        select md5(row::text) as filler from generate_series(1, 2000) row;
        select pg_logical_emit_message(true, 'onsale', 'readiness probe')
        """;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (health.Failure is not { } failure)
            return HealthCheckResult.Healthy();
        if (failure.IsOutOfMemory)
        {
            if (health.SinceFailure < TimeSpan.FromSeconds(OutOfMemorySeconds))
                return HealthCheckResult.Unhealthy("This process runs out of memory.", failure.Exception);
            health.Clear(failure);
            return HealthCheckResult.Healthy();
        }

        try
        {
            await ProbeAsync(cancellationToken);
            health.Clear(failure);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException exception)
        {
            // Anyone may ask, so the answer leaves out what the server says. The log has it.
            return HealthCheckResult.Unhealthy("Sales cannot be written to the database.", exception);
        }
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand(ProbeSql, connection, transaction))
            await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

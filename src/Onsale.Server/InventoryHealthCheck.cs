using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server;

/// <summary>
/// Whether this node can sell: its last batch was written, or else something can be written now. A full disk answers
/// questions for a while before the server itself goes down. Something is written only where the last batch failed.
/// </summary>
internal sealed class InventoryHealthCheck(WriteHealth health, WriteProbe probe) : IHealthCheck
{
    /// <summary>How long a process that ran out of memory stays unready.</summary>
    public const int OutOfMemorySeconds = 30;

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
            await probe.WriteAsync(cancellationToken);
            health.Clear(failure);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException exception)
        {
            // Anyone may ask, so the answer leaves out what the server says. The log has it.
            return HealthCheckResult.Unhealthy("Sales cannot be written to the database.", exception);
        }
    }
}

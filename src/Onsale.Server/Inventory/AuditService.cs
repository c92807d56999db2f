using Npgsql;

namespace Onsale.Server.Inventory;

/// <summary>
/// Audits what changed since the last round, in the running program. A fault is an alarm: a critical log line and the
/// metric <c>onsale.inventory.alarms</c>. Setting <c>Onsale:AuditMinutes</c>; 0 turns it off.
/// </summary>
internal sealed class AuditService(
    Auditor auditor, InventoryMetrics metrics, IConfiguration configuration, TimeProvider time, ILogger<AuditService> logger)
    : BackgroundService
{
    private const int DefaultMinutes = 5;

    // A replay reads the whole log: beyond this it is left to the command line, and the tables are checked alone.
    private const long MaxReplayedVersions = 20_000;

    private DateTimeOffset _auditedUntil = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var minutes = configuration.GetValue("Onsale:AuditMinutes", DefaultMinutes);
        if (minutes <= 0)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(minutes), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await AuditChangedAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program is stopping.
        }
    }

    private async Task AuditChangedAsync(CancellationToken stoppingToken)
    {
        try
        {
            var changed = await auditor.FindChangedAsync(_auditedUntil, stoppingToken);
            var failed = 0;
            foreach (var (eventId, version, changedAt) in changed)
            {
                var faults = await auditor.AuditAsync(eventId, replay: version <= MaxReplayedVersions, stoppingToken);
                if (faults.Count > 0)
                {
                    failed++;
                    metrics.Alarm();
                    InventoryLog.AuditFailed(logger, faults.Count, faults[0]);
                }

                _auditedUntil = changedAt;
            }

            if (changed.Count > 0 && failed == 0)
                InventoryLog.AuditPassed(logger, changed.Count);
        }
        catch (NpgsqlException exception)
        {
            InventoryLog.AuditNotRun(logger, exception);
        }
    }
}

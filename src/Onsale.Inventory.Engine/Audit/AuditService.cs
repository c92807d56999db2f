using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Inventory.Engine.Audit;

/// <summary>
/// Audits what changed since the last round, in the running program. A fault is an alarm: a critical log line and the
/// metric <c>onsale.inventory.alarms</c>.
/// </summary>
internal sealed class AuditService(
    Auditor auditor, InventoryMetrics metrics, AuditSchedule schedule, TimeProvider time,
    ILogger<AuditService> logger)
    : BackgroundService
{
    // A replay reads the whole log: beyond this it is left to the command line, and the tables are checked alone.
    private const long MaxReplayedVersions = 20_000;

    private DateTimeOffset _auditedUntil = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (schedule.Interval is not { } interval)
            return;
        using var timer = new PeriodicTimer(interval, time);
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
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            InventoryLog.AuditNotRun(logger, exception);
        }
    }
}

/// <summary>How often the running program audits what changed; null: never.</summary>
internal sealed record AuditSchedule(TimeSpan? Interval);

using Onsale.Server.Hosting;

namespace Onsale.Server.Inventory;

/// <summary>
/// Audits what changed since the last round, in the running program. A fault is an alarm: a critical log line and the
/// metric <c>onsale.inventory.alarms</c>. Setting <c>Onsale:AuditMinutes</c>; 0 turns it off.
/// </summary>
internal sealed class AuditService(
    Auditor auditor, InventoryMetrics metrics, IConfiguration configuration, TimeProvider time,
    ILogger<AuditService> logger)
    : BackgroundService
{
    private const string MinutesSetting = "Onsale:AuditMinutes";
    private const int DefaultMinutes = 5;
    private const int MaxMinutes = 24 * 60;

    // A replay reads the whole log: beyond this it is left to the command line, and the tables are checked alone.
    private const long MaxReplayedVersions = 20_000;

    // Read here and not in the loop, so that a wrong value stops the start instead of the audit.
    private readonly int _minutes = ReadMinutes(configuration);

    private DateTimeOffset _auditedUntil = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_minutes == 0)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(_minutes), time);
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

    private static int ReadMinutes(IConfiguration configuration) =>
        configuration.GetValue(MinutesSetting, DefaultMinutes) is >= 0 and <= MaxMinutes and var minutes
            ? minutes
            : throw new StartupException(
                $"{MinutesSetting} is {configuration[MinutesSetting]}; it must be between 0 (no audit) and {MaxMinutes}.");

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

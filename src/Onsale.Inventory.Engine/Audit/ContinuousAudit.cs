using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Inventory.Engine.Audit;

/// <summary>A round of the audit.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Events">Events that had changed.</param>
/// <param name="Faults">How many of them have faults.</param>
internal sealed record AuditRound(DateTimeOffset At, int Events, int Faults);

/// <summary>
/// Audits what changed since the last round, in the running program. A finding is an alarm: a critical log line and the
/// metric <c>onsale.inventory.alarms</c>.
/// </summary>
internal sealed class ContinuousAudit(
    Auditor auditor, InventoryMetrics metrics, TimeProvider time, ILogger<ContinuousAudit> logger)
{
    /// <summary>
    /// A replay reads the whole log: beyond this it is left to the command <c>audit</c>, and the tables are checked
    /// against each other alone.
    /// </summary>
    public const long MaxReplayedVersions = 20_000;

    /// <summary>
    /// An event's time of change is read when its batch opens: one that commits later may have an earlier time, so each
    /// round looks back by more than a batch can take.
    /// </summary>
    public const int LookBackSeconds = 120;

    // Versions audited within the time that is looked back on, so that they are not audited again.
    private Dictionary<Guid, long> _audited = [];
    private DateTimeOffset _auditedUntil = DateTimeOffset.MinValue;
    private AuditRound? _last;

    /// <summary>The last round of this node; null: none yet.</summary>
    public AuditRound? Last => Volatile.Read(ref _last);

    /// <summary>Audits each event that has a version which was not audited yet.</summary>
    /// <returns>How many events were audited.</returns>
    public async Task<int> RunRoundAsync(CancellationToken cancellationToken)
    {
        var lookBack = TimeSpan.FromSeconds(LookBackSeconds);
        var after = _auditedUntil < DateTimeOffset.MinValue + lookBack ? _auditedUntil : _auditedUntil - lookBack;
        var changed = await auditor.FindChangedAsync(after, cancellationToken);
        var (audited, failed) = (0, 0);
        foreach (var (eventId, version, changedAt) in changed)
        {
            if (_audited.GetValueOrDefault(eventId) != version)
            {
                audited++;
                failed += await AuditAsync(eventId, version, cancellationToken) ? 0 : 1;
                _audited[eventId] = version;
            }

            _auditedUntil = changedAt;
        }

        Forget(changed);
        Volatile.Write(ref _last, new AuditRound(time.GetUtcNow(), audited, failed));
        if (audited > 0 && failed == 0)
            InventoryLog.AuditPassed(logger, audited);
        return audited;
    }

    private async Task<bool> AuditAsync(Guid eventId, long version, CancellationToken cancellationToken)
    {
        var faults = await auditor.AuditAsync(eventId, replay: version <= MaxReplayedVersions, cancellationToken);
        if (faults.Count == 0)
            return true;
        metrics.Alarm();
        InventoryLog.AuditFailed(logger, faults.Count, faults[0]);
        return false;
    }

    private void Forget(IReadOnlyList<(Guid EventId, long Version, DateTimeOffset ChangedAt)> changed)
    {
        var oldest = _auditedUntil - TimeSpan.FromSeconds(LookBackSeconds);
        _audited = changed.Where(row => row.ChangedAt >= oldest)
            .ToDictionary(row => row.EventId, row => _audited.GetValueOrDefault(row.EventId));
    }
}

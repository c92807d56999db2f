using Microsoft.Extensions.Options;
using Npgsql;
using Onsale.Inventory.Engine.Audit;
using Onsale.Platform.Database;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.WaitingRoom;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>
/// Runs rehearsals: one at a time over all nodes, by a lease. Whoever has the lease also removes what a node that
/// stopped or was lost has left.
/// </summary>
internal sealed partial class RehearsalRunner(
    RehearsalStore store, RehearsalDriver driver, EditedEvents events, RehearsalCopying copying,
    RoomSettingsStore rooms, Auditor auditor, NpgsqlDataSource dataSource, IOptions<RehearsalOptions> options,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RehearsalRunner> logger)
{
    private static readonly string s_saleIsNear =
        $"Stopped: a sale of this installation begins within {RehearsalsLimits.StopMinutes} minutes, or its waiting "
        + "room has opened. It comes first.";

    private Task _running = Task.CompletedTask;

    /// <summary>One round of the job.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!_running.IsCompleted)
            return;
        var ended = Interlocked.Exchange(ref _running, Task.CompletedTask);
        await ended; // what it threw is the job's failure
        if (!options.Value.Enabled || !await store.IsAnyAsync(cancellationToken))
            return;
        var lease = new AdvisoryLease(dataSource, DatabaseLocks.Rehearsals);
        StoredRehearsal? taken = null;
        try
        {
            if (!await lease.TryHoldAsync(cancellationToken))
                return;
            foreach (var left in await store.WithCopyAsync(cancellationToken))
            {
                if (left.Shown.State != RehearsalState.Waiting)
                    await CleanUpAsync(left, cancellationToken);
            }

            taken = await store.TakeAsync(cancellationToken);
        }
        finally
        {
            if (taken is null)
                await lease.DisposeAsync();
        }

        if (taken is not null)
            _running = RunAsync(taken, lease, lifetime.ApplicationStopping);
    }

    /// <summary>What a node has left that is gone, or a removal that failed.</summary>
    private async Task CleanUpAsync(StoredRehearsal left, CancellationToken cancellationToken)
    {
        var id = left.Shown.Id;
        var audit = left.Shown.EndedAt is null ? await AuditAsync(left.CopyId, cancellationToken) : null;
        await store.RemoveCopyAsync(id);
        await store.EndAsync(
            id, RehearsalState.Abandoned, report: null, audit, "The node that ran it has stopped or was lost.");
        LogCleanedUp(id);
    }

    private async Task RunAsync(StoredRehearsal rehearsal, AdvisoryLease lease, CancellationToken stopping)
    {
        await using var held = lease;
        var id = rehearsal.Shown.Id;
        LogBegan(id, rehearsal.Shown.Plan.Buyers, rehearsal.Shown.Plan.RequestsPerSecond);
        try
        {
            var (outcome, report, audit) = await SellAsync(rehearsal, lease, stopping);
            // In this order: who sees that it has ended sees that its copy is gone.
            await store.RemoveCopyAsync(id);
            await store.EndAsync(
                id, outcome == RehearsalOutcome.Finished ? RehearsalState.Finished : RehearsalState.Stopped, report,
                audit, outcome == RehearsalOutcome.SaleNear ? s_saleIsNear : null);
            LogEnded(id, report.PlacesSold, report.PlacesTotal, audit.Length);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The next node that has the lease, or this one's next start, cleans up.
        }
        catch (RehearsalLostException exception)
        {
            // Whoever has the lease next removes the copy; it may be doing so already.
            LogFailed(exception, id);
        }
        catch (RehearsalImpossibleException exception)
        {
            await store.RemoveCopyAsync(id);
            await store.EndAsync(id, RehearsalState.Failed, report: null, audit: null, exception.Message);
        }
        catch (Exception exception)
        {
            // The copy is left to the next round, as after a crash.
            LogFailed(exception, id);
            await store.EndAsync(
                id, RehearsalState.Failed, report: null, audit: null,
                $"It could not be carried out ({exception.GetBaseException().GetType().Name}); the log says more.");
        }
    }

    private async Task<(RehearsalOutcome Outcome, RehearsalReport Report, string[] Audit)> SellAsync(
        StoredRehearsal rehearsal, AdvisoryLease lease, CancellationToken stopping)
    {
        var source = await events.FindAsync(
            rehearsal.OrganisationId, rehearsal.Shown.EventId.ToString(), stopping)
            ?? throw new RehearsalImpossibleException("The event is gone.");
        var room = (await rooms.FindAsync(rehearsal.OrganisationId, source.Id, stopping))?.Room;
        var (house, total, onSaleAt) = await CopyAsync(rehearsal, source, room, stopping);
        var record = new RehearsalRecord();
        var outcome = await driver.RunAsync(rehearsal, house, total, onSaleAt, record, lease, stopping);
        var report = RehearsalAnalysis.Report(
            record, (time.GetUtcNow() - onSaleAt).TotalSeconds, total, source.HoldMinutes);
        var audit = await AuditAsync(rehearsal.CopyId, stopping);
        return (outcome, report, audit);
    }

    private async Task<(CopyHouse House, int Total, DateTimeOffset OnSaleAt)> CopyAsync(
        StoredRehearsal rehearsal, EditedEvent source, Room? room, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var lead = room is { Mode: RoomMode.Always }
            ? Math.Max(RehearsalsLimits.MinLeadSeconds, rehearsal.Shown.Plan.Profile!.PreQueueSeconds)
            : RehearsalsLimits.MinLeadSeconds;
        // Making the copy of a stadium takes a while.
        var onSaleAt = now.AddSeconds(lead + (source.Total / 20_000));
        if (await copying.CopyAsync(source, rehearsal.CopyId, onSaleAt, cancellationToken) is [var fault, ..])
            throw new RehearsalImpossibleException($"The event cannot be sold yet: {fault.Field} {fault.Message}");
        if (room is { Mode: not RoomMode.Off })
        {
            await rooms.SetAsync(
                rehearsal.CopyId,
                new RoomSettings
                {
                    Mode = room.Mode,
                    OpensAt = now,
                    RatePerMinute = room.RatePerMinute,
                    MaxInside = room.MaxInside,
                    AdmissionMinutes = room.AdmissionMinutes,
                },
                activity: null, cancellationToken);
        }

        var (total, _, seats) = await store.HouseAsync(rehearsal.CopyId, cancellationToken);
        var tiers = await events.TiersAsync(rehearsal.CopyId, cancellationToken);
        return (
            new CopyHouse(rehearsal.CopyId, [.. tiers.Select(tier => tier.Id)], seats, source.MaxTicketsPerBuyer),
            total, onSaleAt);
    }

    private async Task<string[]> AuditAsync(Guid copyId, CancellationToken cancellationToken) =>
        [.. (await auditor.AuditAsync(copyId, replay: true, cancellationToken)).Select(fault => fault.What)];

    [LoggerMessage(EventId = 4301, Level = LogLevel.Information,
        Message = "Rehearsal {Id} began: {Buyers} simulated buyers, at most {RequestsPerSecond} requests a second")]
    private partial void LogBegan(Guid id, int buyers, int requestsPerSecond);

    [LoggerMessage(EventId = 4302, Level = LogLevel.Information,
        Message = "Rehearsal {Id} ended and its copy was removed: {Sold} of {Total} places sold, {Faults} faults found "
            + "by the audit")]
    private partial void LogEnded(Guid id, int sold, int total, int faults);

    [LoggerMessage(EventId = 4303, Level = LogLevel.Warning,
        Message = "Removed the copy that rehearsal {Id} had left")]
    private partial void LogCleanedUp(Guid id);

    [LoggerMessage(EventId = 4304, Level = LogLevel.Error, Message = "Rehearsal {Id} could not be carried out")]
    private partial void LogFailed(Exception exception, Guid id);
}

/// <summary>The event cannot be rehearsed as it is; the message is for its organiser.</summary>
internal sealed class RehearsalImpossibleException(string message) : Exception(message);

using System.Text.Json.Nodes;
using Npgsql;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Delivery.CheckIn;

/// <summary>Decides the scans of one request in one transaction.</summary>
internal sealed class ScanBatch(
    Guid eventId, OrganisationAccess access, Func<TicketRow, DoorTicket> show, DateTimeOffset now)
{
    private readonly ScannedCodes _codes = new(eventId, access.OrganisationId);
    private Dictionary<Guid, LatestScan> _latest = [];

    public async Task<IReadOnlyList<ScanResult>> DecideAsync(
        IReadOnlyList<ScanRequest> scans, CheckInStore store, ActivityLog activities)
    {
        await using var connection = await store.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await _codes.LoadAsync(connection, scans);
        Guid[] ids = [.. _codes.Tickets.Keys];
        await CheckInStore.LockAsync(connection, ids);
        // Only now: what another gate has just decided is to be seen.
        _latest = await CheckInStore.FindLatestAsync(connection, eventId, ids);
        var known = await CheckInStore.FindKnownAsync(
            connection, eventId, [.. scans.Select(scan => scan.Nonce)]);

        List<ScanResult> results = [];
        List<DecidedScan> added = [];
        foreach (var scan in scans)
        {
            if (known.TryGetValue(scan.Nonce, out var earlier))
            {
                results.Add(Replay(earlier));
                continue;
            }

            var (result, decided) = await DecideAsync(connection, scan);
            results.Add(result);
            added.Add(decided);
            if (decided is { Kind: (short)ScanKind.Undo, Outcome: (short)ScanOutcome.Accepted })
                await activities.AddAsync(connection, UndoOf(decided), CancellationToken.None);
        }

        if (added.Count > 0)
            await CheckInStore.AddAsync(connection, eventId, added);
        await transaction.CommitAsync();
        return results;
    }

    private async Task<(ScanResult Result, DecidedScan Decided)> DecideAsync(
        NpgsqlConnection connection, ScanRequest scan)
    {
        var (ticket, refusal, other) = await _codes.FindAsync(connection, scan);
        var previous = ticket is null ? null : _latest.GetValueOrDefault(ticket.Id)?.Inside;
        // Whoever is inside may go out, and a mistake be taken back, by whichever code.
        var outcome = ticket is null || (refusal is not null && scan.Kind == ScanKind.Entry)
            ? refusal!.Value
            : OutcomeOf(scan.Kind, ticket.IsValid, previous is not null);
        var at = scan.ScannedAt is { } told && told <= now.AddMinutes(CheckInLimits.MaxMinutesAhead) ? told : now;
        var gate = scan.Gate?.Trim() ?? "";
        if (outcome == ScanOutcome.Accepted)
            _latest[ticket!.Id] = new LatestScan(ticket.Id, (short)scan.Kind, at.UtcDateTime, gate);
        return (
            new ScanResult(
                scan.Nonce, outcome, scan.Kind, ticket is null ? null : show(ticket), previous, other),
            new DecidedScan(
                scan.Nonce, ticket?.Id, (short)scan.Kind, (short)outcome, gate, access.Actor.AccountId, at));
    }

    /// <summary>The rules of the door: the one place for them.</summary>
    internal static ScanOutcome OutcomeOf(ScanKind kind, bool isValid, bool isInside) => (kind, isValid, isInside) switch
    {
        // Whoever is inside may always go out, and a mistake may always be taken back.
        (ScanKind.Exit or ScanKind.Undo, _, true) => ScanOutcome.Accepted,
        (ScanKind.Exit or ScanKind.Undo, _, false) => ScanOutcome.NotCheckedIn,
        (ScanKind.Entry, false, _) => ScanOutcome.Cancelled,
        (ScanKind.Entry, true, true) => ScanOutcome.AlreadyCheckedIn,
        _ => ScanOutcome.Accepted,
    };

    private ScanResult Replay(DecidedScan earlier)
    {
        var ticket = earlier.TicketId is { } id ? _codes.Tickets.GetValueOrDefault(id) : null;
        return new ScanResult(
            earlier.Nonce, (ScanOutcome)earlier.Outcome, (ScanKind)earlier.Kind, ticket is null ? null : show(ticket),
            Previous: null);
    }

    private Activity UndoOf(DecidedScan scan) =>
        new(access.Actor, "checkin.undone", "ticket", scan.TicketId!.Value.ToString())
        {
            EventId = eventId,
            After = new JsonObject { ["gate"] = scan.Gate },
        };
}

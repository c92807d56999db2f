using System.Text.Json.Nodes;
using Npgsql;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Delivery.CheckIn;

/// <summary>Decides the scans of one request in one transaction.</summary>
internal sealed class ScanBatch(
    Guid eventId, OrganisationAccess access, Func<TicketRow, DoorTicket> show, DateTimeOffset now)
{
    private readonly Dictionary<Guid, TicketRow> _byId = [];
    private readonly Dictionary<string, TicketRow> _byCode = new(StringComparer.Ordinal);
    private Dictionary<Guid, LatestScan> _latest = [];

    public async Task<IReadOnlyList<ScanResult>> DecideAsync(
        IReadOnlyList<ScanRequest> scans, CheckInStore store, ActivityLog activities)
    {
        await using var connection = await store.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var ticket in await CheckInStore.FindTicketsAsync(
            connection, eventId,
            [.. scans.Where(scan => scan.Code is not null).Select(scan => ScannedCode.Normalize(scan.Code!))],
            [.. scans.Where(scan => scan.TicketId is not null).Select(scan => scan.TicketId!.Value)]))
        {
            _byId[ticket.Id] = ticket;
            _byCode[ticket.Code] = ticket;
        }

        Guid[] ids = [.. _byId.Keys];
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
        var code = scan.Code is null ? null : ScannedCode.Normalize(scan.Code);
        var ticket = code is null
            ? _byId.GetValueOrDefault(scan.TicketId!.Value)
            : _byCode.GetValueOrDefault(code);
        var other = ticket is null && code is not null
            ? await CheckInStore.FindOtherEventAsync(connection, access.OrganisationId, eventId, code)
            : null;
        var previous = ticket is null ? null : _latest.GetValueOrDefault(ticket.Id)?.Inside;
        var outcome = ticket is null
            ? other is null ? ScanOutcome.NotFound : ScanOutcome.OtherEvent
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
        var ticket = earlier.TicketId is { } id ? _byId.GetValueOrDefault(id) : null;
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

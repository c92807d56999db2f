using System.Text.Json.Nodes;
using Npgsql;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Delivery.Tickets;

namespace Onsale.Server.Delivery.CheckIn;

/// <summary>Who scans.</summary>
/// <param name="Actor">Who answers for it.</param>
/// <param name="DeviceId">The paired device; null: a member's browser.</param>
internal sealed record Scanner(Actor Actor, Guid? DeviceId = null);

/// <summary>Decides the scans of one request in one transaction.</summary>
/// <param name="eventId">The event.</param>
/// <param name="scanner">Who scans.</param>
/// <param name="show">What the door sees of a ticket.</param>
/// <param name="now">The server's time.</param>
/// <param name="clockOffset">What is added to the device's times to have the server's.</param>
internal sealed class ScanBatch(
    Guid eventId, Scanner scanner, Func<TicketRow, DoorTicket> show, DateTimeOffset now, TimeSpan clockOffset)
{
    private readonly ScannedCodes _codes = new(eventId, scanner.Actor.OrganisationId);
    private readonly Dictionary<Guid, DecidedScan> _changed = [];
    private Dictionary<Guid, List<ScanFact>> _facts = [];

    public async Task<IReadOnlyList<ScanResult>> DecideAsync(
        IReadOnlyList<ScanRequest> scans, CheckInStore store, ActivityLog activities)
    {
        await using var connection = await store.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await _codes.LoadAsync(connection, scans);
        Guid[] ids = [.. _codes.Tickets.Keys];
        await CheckInStore.LockAsync(connection, ids);
        // Only now: what another gate has just decided is to be seen.
        (_facts, _codes.HandOvers, _codes.RotatingSince) = await CheckInStore.FindFactsAsync(connection, eventId, ids);
        var known = await CheckInStore.FindKnownAsync(connection, eventId, [.. scans.Select(scan => scan.Nonce)]);

        List<ScanResult> results = [];
        List<DecidedScan> added = [];
        foreach (var scan in scans)
        {
            if (known.TryGetValue(scan.Nonce, out var earlier))
            {
                // It was refused here, the answer got lost, and the device then let somebody in by itself.
                if (scan.Admitted == true && !earlier.Admitted)
                    _changed[earlier.Nonce] = earlier with { Admitted = true };
                results.Add(Replay(earlier));
                continue;
            }

            var (result, decided) = await DecideAsync(connection, scan);
            results.Add(result);
            added.Add(decided);
            if (decided is { Kind: (short)ScanKind.Undo, Outcome: (short)ScanOutcome.Accepted })
                await activities.AddAsync(connection, UndoOf(decided), CancellationToken.None);
        }

        // A scan of this request may have changed by a later one of it.
        if (added.Count > 0)
        {
            await CheckInStore.AddAsync(
                connection, eventId, [.. added.Select(scan => _changed.GetValueOrDefault(scan.Nonce) ?? scan)]);
        }

        var others = _changed.Values.ExceptBy(added.Select(scan => scan.Nonce), scan => scan.Nonce).ToList();
        if (others.Count > 0)
            await CheckInStore.ChangeAsync(connection, eventId, others);
        await transaction.CommitAsync();
        return results;
    }

    private async Task<(ScanResult Result, DecidedScan Decided)> DecideAsync(
        NpgsqlConnection connection, ScanRequest scan)
    {
        var at = TimeOf(scan);
        var scanned = await _codes.FindAsync(connection, scan, scan.Admitted is null ? null : at);
        var (ticket, refusal, other) = scanned;
        var gate = scan.Gate?.Trim() ?? "";
        if (ticket is null)
        {
            return (
                new ScanResult(scan.Nonce, refusal!.Value, scan.Kind, Ticket: null, Previous: null, other),
                Decided(scan, ticketId: null, refusal.Value, scan.Admitted ?? false, gate, at));
        }

        refusal ??= !ticket.IsValid ? ScanOutcome.Cancelled
            : ticket.IsDisputed ? ScanOutcome.PaymentDisputed
            : CheckShown(scanned, scan, at);
        if (!_facts.TryGetValue(ticket.Id, out var facts))
            _facts[ticket.Id] = facts = [];
        // What is decided only now comes after all that has happened, whatever the device's clock says.
        if (scan.Admitted is null && facts.FindLast(fact => fact.Admitted) is { } last && last.At > at)
            at = last.At;
        var earlier = facts.TakeWhile(fact => fact.At <= at).ToList();
        var before = DoorRules.Replay(earlier).Inside;
        // Who is inside is told so, with when and where.
        if (refusal is null && before is null && scanned.Step <= DoorRules.UsedStep(earlier))
            refusal = ScanOutcome.CodeReused;
        var outcome = DoorRules.OutcomeOf(scan.Kind, refusal, before is not null);
        if (scan.Admitted == false && outcome == ScanOutcome.Accepted)
            outcome = ScanOutcome.RefusedAtDoor;
        var admitted = scan.Admitted ?? (outcome == ScanOutcome.Accepted || scan.Kind == ScanKind.Exit);
        var added = new ScanFact(scan.Nonce, scan.Kind, at, admitted, outcome, gate, scanner.DeviceId, Device: null)
        {
            Step = scanned.Step,
        };
        facts.Insert(facts.FindLastIndex(fact => fact.At <= at) + 1, added);
        var conflict = Settle(ticket.Id, facts, added);
        return (
            new ScanResult(scan.Nonce, outcome, scan.Kind, show(ticket), CheckInStore.Show(before), other)
            {
                Conflict = conflict,
            },
            Decided(scan, ticket.Id, outcome, admitted, gate, at) with { Step = scanned.Step });
    }

    /// <summary>Why a ticket's code is not good as it was shown, and when; null: it is.</summary>
    private ScanOutcome? CheckShown(ScannedTicket scanned, ScanRequest scan, DateTimeOffset at) =>
        scanned is { Step: { } step }
            // What is decided now is of now, whatever the device says of the time.
            ? DoorRules.CheckStep(
                step, LiveCode.StepAt(scan.Admitted is null ? now : at),
                scan.Admitted == true ? CheckInLimits.LateStepTolerance : CheckInLimits.StepTolerance)
            : scan.Code is not null && _codes.RotatingSince is { } since && (scan.Admitted is null || since <= at)
                ? ScanOutcome.LiveCodeRequired
                : null;

    /// <summary>
    /// Computes a ticket's scans anew, and notes which of them came out otherwise; the entry of another door that
    /// <paramref name="added"/> now precedes.
    /// </summary>
    private PreviousScan? Settle(Guid ticketId, List<ScanFact> facts, ScanFact added)
    {
        PreviousScan? conflict = null;
        var (outcomes, _) = DoorRules.Replay(facts);
        foreach (var (i, outcome) in outcomes.Index())
        {
            var fact = facts[i];
            if (fact.Outcome == outcome)
                continue;
            if (fact is { Kind: ScanKind.Entry } && fact.Nonce != added.Nonce
                && outcome == ScanOutcome.AlreadyCheckedIn)
            {
                conflict = CheckInStore.Show(fact);
            }

            facts[i] = fact with { Outcome = outcome };
            _changed[fact.Nonce] = new DecidedScan(
                fact.Nonce, ticketId, (short)fact.Kind, (short)outcome, fact.Gate, scanner.Actor.AccountId, fact.At,
                fact.Admitted, fact.DeviceId)
            {
                Step = fact.Step,
            };
        }

        return conflict;
    }

    private DateTimeOffset TimeOf(ScanRequest scan) =>
        scan.ScannedAt is { } told && told + clockOffset is var at
            && at <= now.AddMinutes(CheckInLimits.MaxMinutesAhead)
            ? at
            : now;

    private DecidedScan Decided(
        ScanRequest scan, Guid? ticketId, ScanOutcome outcome, bool admitted, string gate, DateTimeOffset at) =>
        new(scan.Nonce, ticketId, (short)scan.Kind, (short)outcome, gate, scanner.Actor.AccountId, at, admitted,
            scanner.DeviceId);

    private ScanResult Replay(DecidedScan earlier)
    {
        var ticket = earlier.TicketId is { } id ? _codes.Tickets.GetValueOrDefault(id) : null;
        return new ScanResult(
            earlier.Nonce, (ScanOutcome)earlier.Outcome, (ScanKind)earlier.Kind, ticket is null ? null : show(ticket),
            Previous: null);
    }

    private Activity UndoOf(DecidedScan scan) =>
        new(scanner.Actor, "checkin.undone", "ticket", scan.TicketId!.Value.ToString())
        {
            EventId = eventId,
            After = new JsonObject { ["gate"] = scan.Gate },
        };
}

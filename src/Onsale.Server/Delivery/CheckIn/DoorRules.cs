namespace Onsale.Server.Delivery.CheckIn;

/// <summary>A scan of a ticket, as it is known.</summary>
/// <param name="Nonce">The scan's own id.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Admitted">Whether the door let somebody pass.</param>
/// <param name="Outcome">What it adds up to so far.</param>
/// <param name="Gate">Where.</param>
/// <param name="DeviceId">By which device; null: by a member's browser.</param>
/// <param name="Device">The device's name.</param>
internal sealed record ScanFact(
    Guid Nonce, ScanKind Kind, DateTimeOffset At, bool Admitted, ScanOutcome Outcome, string Gate, Guid? DeviceId,
    string? Device)
{
    /// <summary>Which step of a rotating code was scanned; null: the code does not rotate.</summary>
    public long? Step { get; init; }
}

/// <summary>
/// The rules of the door: the one place for them here. Devices without a network decide by a copy in the web app, which
/// is tested against <c>fixtures/tickets/door-rules.json</c>.
/// </summary>
internal static class DoorRules
{
    /// <summary>What is to be done about one scan.</summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="refusal">Why the code admits nobody; null: it does.</param>
    /// <param name="isInside">Whether somebody is inside with the ticket.</param>
    public static ScanOutcome OutcomeOf(ScanKind kind, ScanOutcome? refusal, bool isInside) =>
        (kind, isInside) switch
        {
            // Whoever is inside may always go out, and a mistake may always be taken back.
            (ScanKind.Exit or ScanKind.Undo, true) => ScanOutcome.Accepted,
            (ScanKind.Exit or ScanKind.Undo, false) => ScanOutcome.NotCheckedIn,
            _ when refusal is { } reason => reason,
            (_, true) => ScanOutcome.AlreadyCheckedIn,
            _ => ScanOutcome.Accepted,
        };

    /// <summary>
    /// What a ticket's scans add up to in the order of their times: where two doors let somebody in, the earlier one
    /// stands. Scans by which nobody passed stay what they were.
    /// </summary>
    /// <returns>The outcomes, and the entry by which the holder is inside; null: they are not.</returns>
    public static (IReadOnlyList<ScanOutcome> Outcomes, ScanFact? Inside) Replay(IReadOnlyList<ScanFact> inOrder)
    {
        ScanFact? inside = null;
        List<ScanOutcome> outcomes = [];
        foreach (var scan in inOrder)
        {
            var outcome = scan.Admitted
                ? OutcomeOf(scan.Kind, IsOfCode(scan.Outcome) ? scan.Outcome : null, inside is not null)
                : scan.Outcome;
            if (outcome == ScanOutcome.Accepted)
                inside = scan.Kind == ScanKind.Entry ? scan : null;
            outcomes.Add(outcome);
        }

        return (outcomes, inside);
    }

    /// <summary>
    /// Why a rotating code is not good at a moment; null: it is. Devices without a network have the same rule, tested
    /// against <c>fixtures/tickets/live-steps.json</c>.
    /// </summary>
    /// <param name="step">The code's.</param>
    /// <param name="now">The moment's.</param>
    /// <param name="tolerance">Steps that they may be apart.</param>
    public static ScanOutcome? CheckStep(long step, long now, int tolerance) =>
        step < now - tolerance ? ScanOutcome.CodeExpired
        : step > now + tolerance ? ScanOutcome.CodeAhead
        : null;

    /// <summary>
    /// The step by which somebody came in last, whether or not they have left; null: by no rotating code, or the entry
    /// was taken back.
    /// </summary>
    /// <param name="inOrder">Scans of a ticket in the order of their times.</param>
    public static long? UsedStep(IEnumerable<ScanFact> inOrder)
    {
        long? used = null;
        foreach (var scan in inOrder.Where(scan => scan.Outcome == ScanOutcome.Accepted && scan.Kind != ScanKind.Exit))
            used = scan.Kind == ScanKind.Entry ? scan.Step : null;
        return used;
    }

    /// <summary>Outcomes that say something of the code or the booking: other scans do not change them.</summary>
    private static bool IsOfCode(ScanOutcome outcome) => outcome is not
        (ScanOutcome.Accepted or ScanOutcome.AlreadyCheckedIn or ScanOutcome.NotCheckedIn);
}

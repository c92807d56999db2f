namespace Onsale.Inventory;

/// <summary>Decides whether a code can become what an organiser wants it to be.</summary>
internal static class CodeDecider
{
    /// <summary>Null: it can.</summary>
    /// <param name="code">As it would be.</param>
    /// <param name="number">Its number; the next one is a new code's.</param>
    /// <param name="settings">Those of its event.</param>
    /// <param name="used">Bookings that are held or confirmed with it, and their places.</param>
    public static Refusal? Check(CodeSettings code, int number, EventSettings settings, (int Uses, int Tickets) used)
    {
        var codes = settings.Codes;
        if (number >= InventoryLimits.MaxCodesPerEvent)
            return new Refusal(RefusalReason.TooManyCodes) { Limit = InventoryLimits.MaxCodesPerEvent };
        if (!IsValid(code, settings.Tiers.Count))
            return new Refusal(RefusalReason.InvalidSettings);
        if (code.IsEnded)
            return null;
        if (codes.Find(code.Text) is { } other && other != number)
            return new Refusal(RefusalReason.CodeTaken);
        if (code.MaxUses < used.Uses)
            return new Refusal(RefusalReason.CodeLimitBelowUsed) { Has = used.Uses };
        return code.MaxTickets < used.Tickets
            ? new Refusal(RefusalReason.CodeLimitBelowUsed) { Has = used.Tickets }
            : null;
    }

    private static bool IsValid(CodeSettings code, int tiers) =>
        CodeSettings.IsText(code.Text)
        && code.Percent is null or (>= 1 and <= 100)
        && code.Amount is null or >= 1
        && (code.Percent is null || code.Amount is null)
        && (code.Percent is not null || code.Amount is not null || code.OpensPresale)
        && code.Tiers.All(tier => tier >= 0 && tier < tiers)
        && code.Tiers.Distinct().Count() == code.Tiers.Length
        && !(code.StartsAt >= code.EndsAt)
        && IsLimit(code.MaxUses) && IsLimit(code.MaxTickets) && IsLimit(code.MaxTicketsPerBuyer);

    private static bool IsLimit(int? limit) => limit is null or (>= 1 and <= InventoryLimits.MaxCodeUses);
}

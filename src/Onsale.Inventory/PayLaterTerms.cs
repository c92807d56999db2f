namespace Onsale.Inventory;

/// <summary>
/// How a booking can be paid later, as by bank transfer: its places stay held until the money is there.
/// </summary>
/// <param name="Days">For how long, from when the buyer chose it.</param>
/// <param name="EndsAt">No such hold lasts beyond it, however late it was chosen.</param>
/// <param name="Instructions">Where to pay to, as the buyer reads it.</param>
public sealed record PayLaterTerms(int Days, DateTimeOffset EndsAt, string Instructions)
{
    /// <summary>In a patch: no more. Who has chosen it before keeps the time.</summary>
    public static PayLaterTerms Off { get; } = new(0, DateTimeOffset.UnixEpoch, "");

    /// <summary>Whether it is <see cref="Off"/>.</summary>
    public bool IsOff => Days == 0;

    /// <summary>Whether an event can have it.</summary>
    public bool IsValid => IsOff || (Days is > 0 and <= InventoryLimits.MaxPayLaterDays
        && Instructions.Length is > 0 and <= InventoryLimits.MaxPayLaterInstructionsCharacters);

    /// <summary>Until when a hold is kept that is to be paid later from now on.</summary>
    public DateTimeOffset EndOf(DateTimeOffset now) => now.AddDays(Days) is var end && end < EndsAt ? end : EndsAt;
}

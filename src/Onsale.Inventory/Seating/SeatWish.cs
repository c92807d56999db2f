namespace Onsale.Inventory.Seating;

/// <summary>Which seats the house may choose for a party, by their attributes.</summary>
/// <param name="Excluded">None of the seats has any of these.</param>
/// <param name="Required">Each of these is an attribute of at least one of the seats; they sit side by side.</param>
public readonly record struct SeatWish(SeatAttributes Excluded, SeatAttributes Required)
{
    private const SeatAttributes Reserved = SeatAttributes.Wheelchair | SeatAttributes.Companion;

    /// <summary>What follows from a party's needs.</summary>
    /// <param name="needs">What it said.</param>
    /// <param name="isReserved">
    /// Whether places for wheelchairs and companions are still kept for those who need them.
    /// </param>
    public static SeatWish Of(SeatNeeds needs, bool isReserved)
    {
        var (excluded, required) = (SeatAttributes.None, SeatAttributes.None);
        if (needs.HasFlag(SeatNeeds.Wheelchair))
            required |= SeatAttributes.Wheelchair;
        else if (isReserved)
            excluded |= Reserved;
        if (needs.HasFlag(SeatNeeds.Aisle))
            required |= SeatAttributes.Aisle;
        if (needs.HasFlag(SeatNeeds.FullView))
            excluded |= SeatAttributes.RestrictedView;
        return new SeatWish(excluded, required);
    }

    /// <summary>Whether a seat may be among those chosen.</summary>
    public bool Allows(SeatLayout layout, int seat) => (layout.AttributesOf(seat) & Excluded) == SeatAttributes.None;

    /// <summary>Whether seats that follow one another have together what is required.</summary>
    public bool IsMetBy(SeatLayout layout, int start, int quantity)
    {
        if (Required == SeatAttributes.None)
            return true;
        var found = SeatAttributes.None;
        for (var seat = start; seat < start + quantity; seat++)
            found |= layout.AttributesOf(seat);
        return (found & Required) == Required;
    }
}

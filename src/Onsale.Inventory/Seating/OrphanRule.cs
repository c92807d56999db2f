namespace Onsale.Inventory.Seating;

/// <summary>
/// A selection may not leave a single free seat between taken ones or beside an aisle: a seat that nobody who comes in
/// company would buy. Seats that were single before do not count.
/// </summary>
public static class OrphanRule
{
    /// <summary>The single seats that a selection by hand would newly leave; empty: none.</summary>
    /// <param name="inventory">State before the selection.</param>
    /// <param name="seats">Free seats, distinct.</param>
    public static List<int> OrphansLeftBy(EventInventory inventory, IReadOnlyCollection<int> seats)
    {
        var chosen = new HashSet<int>(seats);
        var orphans = new SortedSet<int>();
        foreach (var seat in seats)
        {
            if (Before(inventory, seat) is { } before && IsOrphan(inventory, before, chosen))
                orphans.Add(before);
            if (After(inventory, seat) is { } after && IsOrphan(inventory, after, chosen))
                orphans.Add(after);
        }

        return [.. orphans];
    }

    /// <summary>Whether taking a window of free seats side by side leaves a single seat at either end.</summary>
    internal static bool WindowLeavesOrphan(EventInventory inventory, int start, int quantity)
    {
        var (before, after) = (Before(inventory, start), After(inventory, start + quantity - 1));
        return (IsFree(inventory, before) && !IsFree(inventory, Before(inventory, before!.Value)))
            || (IsFree(inventory, after) && !IsFree(inventory, After(inventory, after!.Value)));
    }

    private static bool IsOrphan(EventInventory inventory, int seat, HashSet<int> chosen)
    {
        bool WillBeFree(int? other) => IsFree(inventory, other) && !chosen.Contains(other!.Value);
        return WillBeFree(seat) && !WillBeFree(Before(inventory, seat)) && !WillBeFree(After(inventory, seat));
    }

    private static bool IsFree(EventInventory inventory, int? seat) =>
        seat is { } ordinal && inventory.Seats[ordinal] == SeatState.Available;

    private static int? Before(EventInventory inventory, int seat) =>
        seat > 0 && inventory.Settings.Layout.IsAdjacentToNext(seat - 1) ? seat - 1 : null;

    private static int? After(EventInventory inventory, int seat) =>
        inventory.Settings.Layout.IsAdjacentToNext(seat) ? seat + 1 : null;
}

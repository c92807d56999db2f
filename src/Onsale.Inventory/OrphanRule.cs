namespace Onsale.Inventory;

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
        var orphans = new List<int>();
        foreach (var seat in seats)
        {
            if (Before(inventory, seat) is { } before && IsOrphan(inventory, before, chosen.Contains))
                orphans.Add(before);
            if (After(inventory, seat) is { } after && IsOrphan(inventory, after, chosen.Contains) && !orphans.Contains(after))
                orphans.Add(after);
        }

        orphans.Sort();
        return orphans;
    }

    /// <summary>Whether taking a window of free seats side by side leaves a single seat at either end.</summary>
    internal static bool WindowLeavesOrphan(EventInventory inventory, int start, int quantity)
    {
        bool Chosen(int seat) => seat >= start && seat < start + quantity;
        return (Before(inventory, start) is { } before && IsOrphan(inventory, before, Chosen))
            || (After(inventory, start + quantity - 1) is { } after && IsOrphan(inventory, after, Chosen));
    }

    private static bool IsOrphan(EventInventory inventory, int seat, Func<int, bool> chosen)
    {
        bool IsFree(int? other) =>
            other is { } ordinal && inventory.Seats[ordinal] == SeatState.Available && !chosen(ordinal);
        return IsFree(seat) && !IsFree(Before(inventory, seat)) && !IsFree(After(inventory, seat));
    }

    private static int? Before(EventInventory inventory, int seat) =>
        seat > 0 && inventory.Settings.Layout.IsAdjacentToNext(seat - 1) ? seat - 1 : null;

    private static int? After(EventInventory inventory, int seat) =>
        inventory.Settings.Layout.IsAdjacentToNext(seat) ? seat + 1 : null;
}

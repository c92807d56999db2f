namespace Onsale.Inventory.Seating;

/// <summary>How far a choice had to go from the ideal.</summary>
public enum SeatingQuality
{
    /// <summary>Side by side, and no single seat is left over.</summary>
    Together,

    /// <summary>Side by side, but a single seat is left over.</summary>
    TogetherLeavingOrphan,

    /// <summary>In rows of one section that follow one another.</summary>
    AdjacentRows,

    /// <summary>Anywhere in the tier.</summary>
    Scattered,
}

/// <summary>A choice of seats.</summary>
/// <param name="Seats">Ordinals, ascending.</param>
/// <param name="Quality">How good it is.</param>
public sealed record SeatChoice(int[] Seats, SeatingQuality Quality);

/// <summary>
/// Chooses the best free seats of a tier: side by side and nearest to the focal point without leaving a single seat;
/// else allowing that; else in consecutive rows of a section; else anywhere. Deterministic: ties go to the lower
/// ordinal.
/// </summary>
/// <remarks>
/// Rows are visited nearest first, and the search ends as soon as the next row's nearest seat is farther than the
/// average of the best window found: no window of a later row can be better. Rows without a run of free seats that is
/// long enough cost one comparison. Distances are added up in double precision, in which the sum of a party's is exact.
/// </remarks>
public static class BestAvailable
{
    /// <summary>The best choice, or null when the tier has fewer free seats that fit than asked for.</summary>
    public static SeatChoice? Choose(EventInventory inventory, int tier, int quantity, SeatWish wish = default)
    {
        if (inventory.CountsOf(tier).Available < quantity)
            return null;
        if (Together(inventory, tier, quantity, wish) is { } together)
            return together;
        // What one seat of a party needs is beside the others or of no use to them.
        if (wish.Required != SeatAttributes.None)
            return null;
        return (quantity > 1 ? AdjacentRows(inventory, tier, quantity, wish) : null)
            ?? Scattered(inventory, tier, quantity, wish);
    }

    /// <summary>Free seats of a tier that a wish allows.</summary>
    public static int CountAllowed(EventInventory inventory, int tier, SeatWish wish)
    {
        var (layout, count) = (inventory.Settings.Layout, 0);
        for (var seat = 0; seat < layout.SeatCount; seat++)
        {
            if (layout.TierOf(seat) == tier && inventory.Seats[seat] == SeatState.Available
                && wish.Allows(layout, seat))
                count++;
        }

        return count;
    }

    /// <summary>The best window of seats side by side, or null. Prefers windows that leave no single seat.</summary>
    public static SeatChoice? Together(EventInventory inventory, int tier, int quantity, SeatWish wish = default)
    {
        if (BestWindow(inventory, tier, quantity, mayOrphan: false, wish) is { } clean)
            return new SeatChoice(Range(clean.Start, quantity), SeatingQuality.Together);
        return BestWindow(inventory, tier, quantity, mayOrphan: true, wish) is { } any
            ? new SeatChoice(Range(any.Start, quantity), SeatingQuality.TogetherLeavingOrphan)
            : null;
    }

    /// <summary>Whether a party can sit side by side somewhere in the tier without leaving a single seat.</summary>
    public static bool CanSeatWithoutOrphan(
        EventInventory inventory, int tier, int quantity, SeatWish wish = default) =>
        BestWindow(inventory, tier, quantity, mayOrphan: false, wish) is not null;

    private static Window? BestWindow(
        EventInventory inventory, int tier, int quantity, bool mayOrphan, SeatWish wish)
    {
        Window? best = null;
        foreach (var (row, nearest, _) in inventory.Ranking.RowsOf(tier))
        {
            // Not at a tie: a row that is as near may have the lower ordinal.
            if (best is { } found && (double)nearest * quantity > found.Distance)
                break;
            if (inventory.LongestRunInRow(row) < quantity)
                continue;
            if (BestWindowInRow(inventory, tier, row, quantity, mayOrphan, wish) is { } window
                && (best is not { } current || window.IsBetterThan(current)))
            {
                best = window;
            }
        }

        return best;
    }

    private static Window? BestWindowInRow(
        EventInventory inventory, int tier, int row, int quantity, bool mayOrphan, SeatWish wish)
    {
        var layout = inventory.Settings.Layout;
        Window? best = null;
        var end = layout.RowEnd(row);
        for (var start = layout.RowStart(row); start + quantity <= end; start++)
        {
            var length = FreeRun(inventory, tier, start, quantity, wish);
            if (length < quantity)
            {
                // No window can contain the seat (or step over the aisle) that ended this run.
                start += Math.Max(length - 1, 0);
                continue;
            }

            if ((!mayOrphan && OrphanRule.WindowLeavesOrphan(inventory, start, quantity))
                || !wish.IsMetBy(layout, start, quantity))
            {
                continue;
            }

            var window = new Window(start, TotalDistance(layout, start, quantity));
            if (best is not { } current || window.IsBetterThan(current))
                best = window;
        }

        return best;
    }

    /// <summary>Free seats of the tier side by side from a seat on, at most <paramref name="most"/>.</summary>
    private static int FreeRun(EventInventory inventory, int tier, int start, int most, SeatWish wish)
    {
        var layout = inventory.Settings.Layout;
        var length = 0;
        while (length < most)
        {
            var seat = start + length;
            if (inventory.Seats[seat] != SeatState.Available || layout.TierOf(seat) != tier
                || !wish.Allows(layout, seat))
            {
                return length;
            }

            length++;
            if (!layout.IsAdjacentToNext(seat))
                return length;
        }

        return length;
    }

    private static SeatChoice? AdjacentRows(EventInventory inventory, int tier, int quantity, SeatWish wish)
    {
        int[]? best = null;
        var bestDistance = double.MaxValue;
        var seats = new int[quantity];
        foreach (var row in inventory.Ranking.RowsOf(tier))
        {
            if (FillDownwards(inventory, tier, row, seats, bestDistance, wish) is not { } distance)
                continue;
            if (distance < bestDistance || seats[0] < best![0])
                (best, bestDistance) = ([.. seats], distance);
        }

        return best is null ? null : new SeatChoice(best, SeatingQuality.AdjacentRows);
    }

    /// <summary>
    /// The longest run of each row from here on, while rows of the section follow one another; null when they end too
    /// early, or as soon as the whole party must sit farther away than <paramref name="most"/>. Else their distance.
    /// </summary>
    private static double? FillDownwards(
        EventInventory inventory, int tier, RankedRow first, int[] seats, double most, SeatWish wish)
    {
        var layout = inventory.Settings.Layout;
        var (count, distance) = (0, 0.0);
        for (var row = first.Row; row < layout.RowCount && layout.SectionOf(row) == layout.SectionOf(first.Row); row++)
        {
            if (distance + ((double)first.NearestFrom * (seats.Length - count)) > most
                || LongestRun(inventory, tier, row, seats.Length - count, wish) is not var (start, length))
            {
                return null;
            }

            for (var seat = start; seat < start + length; seat++)
            {
                seats[count++] = seat;
                distance += layout.DistanceOf(seat);
            }

            if (count == seats.Length)
                return distance > most ? null : distance;
        }

        return null;
    }

    private static (int Start, int Length)? LongestRun(
        EventInventory inventory, int tier, int row, int most, SeatWish wish)
    {
        for (var length = Math.Min(most, inventory.LongestRunInRow(row)); length > 0; length--)
        {
            if (BestWindowInRow(inventory, tier, row, length, mayOrphan: true, wish) is { } window)
                return (window.Start, length);
        }

        return null;
    }

    private static SeatChoice? Scattered(EventInventory inventory, int tier, int quantity, SeatWish wish)
    {
        var layout = inventory.Settings.Layout;
        // Keeps the nearest `quantity` seats; the farthest of them is on top.
        var nearest = new PriorityQueue<int, (float Distance, int Seat)>(
            Comparer<(float Distance, int Seat)>.Create((a, b) => b.CompareTo(a)));
        foreach (var (row, nearestOfRow, _) in inventory.Ranking.RowsOf(tier))
        {
            if (nearest.Count == quantity && nearest.TryPeek(out _, out var farthest)
                && nearestOfRow > farthest.Distance)
                break;
            if (inventory.LongestRunInRow(row) == 0)
                continue;
            var end = layout.RowEnd(row);
            for (var seat = layout.RowStart(row); seat < end; seat++)
            {
                if (inventory.Seats[seat] != SeatState.Available || layout.TierOf(seat) != tier
                    || !wish.Allows(layout, seat))
                {
                    continue;
                }

                if (nearest.Count < quantity)
                    nearest.Enqueue(seat, (layout.DistanceOf(seat), seat));
                else
                    nearest.EnqueueDequeue(seat, (layout.DistanceOf(seat), seat));
            }
        }

        if (nearest.Count < quantity)
            return null;
        return new SeatChoice(
            [.. nearest.UnorderedItems.Select(item => item.Element).Order()], SeatingQuality.Scattered);
    }

    private static double TotalDistance(SeatLayout layout, int start, int quantity)
    {
        var total = 0.0;
        for (var seat = start; seat < start + quantity; seat++)
            total += layout.DistanceOf(seat);
        return total;
    }

    private static int[] Range(int start, int count)
    {
        var seats = new int[count];
        for (var i = 0; i < count; i++)
            seats[i] = start + i;
        return seats;
    }

    private readonly record struct Window(int Start, double Distance)
    {
        public bool IsBetterThan(Window other) =>
            Distance < other.Distance || (Distance == other.Distance && Start < other.Start);
    }
}

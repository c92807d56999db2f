using System.Runtime.InteropServices;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>Which seats of a row follow one another, and which of those stand side by side.</summary>
internal static class PlanRowOrder
{
    /// <summary>
    /// A gap this much wider than the row's usual one is an aisle. A missing seat gives 2, editors' rounding of
    /// positions at most 1.2 or so.
    /// </summary>
    private const double AisleFactor = 1.6;

    /// <summary>From this many seats a row's own median gap tells its spacing; below, the section's does.</summary>
    private const int SeatsForOwnMedian = 5;

    /// <summary>
    /// The row's seats along the row. Files nearly always have them in order already, also around bends where no
    /// straight axis would; so the file's order stays unless the order along the row's main axis makes a shorter walk.
    /// The walk starts at the left end (of an upright row: at the upper end), whichever end the file starts with.
    /// </summary>
    public static PlanSeat[] Along(IReadOnlyList<PlanSeat> seats)
    {
        var axis = MainAxis(seats);
        // The stable sort and the ids make the order independent of anything but the document.
        var projected = seats
            .OrderBy(seat => (seat.Position.X * axis.X) + (seat.Position.Y * axis.Y))
            .ThenBy(seat => seat.SeatGuid, StringComparer.Ordinal)
            .ToArray();
        if (WalkOf(projected) < WalkOf(seats) - 1e-6)
            return projected;

        var given = seats.ToArray();
        var (first, last) = (given[0].Position, given[^1].Position);
        if (((last.X - first.X) * axis.X) + ((last.Y - first.Y) * axis.Y) < 0)
            Array.Reverse(given);
        return given;
    }

    /// <summary>The median distance between neighbours over all rows; 0 where no row has two seats.</summary>
    public static double TypicalGap(IEnumerable<PlanSeat[]> rows) =>
        Median(rows.SelectMany(Gaps));

    /// <summary>Sets whether each seat stands beside the next: not at the row's end, not across an aisle.</summary>
    public static void MarkAdjacent(PlanSeat[] seats, double sectionSpacing, Span<bool> adjacentToNext)
    {
        var spacing = seats.Length >= SeatsForOwnMedian ? Median(Gaps(seats)) : sectionSpacing;
        for (var index = 0; index + 1 < seats.Length; index++)
        {
            var gap = seats[index].Position.DistanceTo(seats[index + 1].Position);
            adjacentToNext[index] = gap <= spacing * AisleFactor;
        }
    }

    // The direction of the greatest spread (the first principal component), pointing right, or down where upright.
    private static PlanPoint MainAxis(IReadOnlyList<PlanSeat> seats)
    {
        var (centreX, centreY) = (seats.Average(seat => seat.Position.X), seats.Average(seat => seat.Position.Y));
        double xx = 0, xy = 0, yy = 0;
        foreach (var seat in seats)
        {
            var (x, y) = (seat.Position.X - centreX, seat.Position.Y - centreY);
            (xx, xy, yy) = (xx + (x * x), xy + (x * y), yy + (y * y));
        }

        var angle = 0.5 * Math.Atan2(2 * xy, xx - yy);
        var (sin, cos) = Math.SinCos(angle);
        return cos < 1e-9 ? new PlanPoint(0, 1) : new PlanPoint(cos, sin);
    }

    private static double WalkOf(IReadOnlyList<PlanSeat> seats)
    {
        double length = 0;
        for (var index = 1; index < seats.Count; index++)
            length += seats[index - 1].Position.DistanceTo(seats[index].Position);
        return length;
    }

    private static IEnumerable<double> Gaps(PlanSeat[] seats)
    {
        for (var index = 1; index < seats.Length; index++)
            yield return seats[index - 1].Position.DistanceTo(seats[index].Position);
    }

    private static double Median(IEnumerable<double> gaps)
    {
        var sorted = gaps.ToList();
        sorted.Sort();
        var values = CollectionsMarshal.AsSpan(sorted);
        return values.IsEmpty ? 0 : values[(values.Length - 1) / 2];
    }
}

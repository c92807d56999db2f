using System.Numerics;
using Onsale.Inventory;
using Onsale.Inventory.Seating;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Catalog.Events;

/// <summary>
/// Pages of an event's numbered seats at one version. A page of a stadium must not cost a walk over all its seats:
/// seats are counted by section once a version, and a page walks over those sections only that have seats on it.
/// Without a condition nothing is counted.
/// </summary>
/// <param name="plan">The event's plan.</param>
/// <param name="stateOf">State of a seat by its ordinal at that version.</param>
internal sealed class SeatPages(SeatingPlan plan, Func<int, SeatState> stateOf)
{
    private const int States = 4;

    // Without an attribute first, then by bit.
    private const int AttributeCounts = 5;

    private readonly Lazy<int[,,]> _counts = new(() => Count(plan, stateOf));

    /// <summary>The seats of a page by their ordinals, and how many seats there are on all pages.</summary>
    /// <param name="section">Only seats of sections of this name, whatever its case; empty: of all.</param>
    /// <param name="state">Only seats in this state; null: in any.</param>
    /// <param name="attribute">Only seats with this one attribute; none: with or without any.</param>
    /// <param name="offset">Seats before the page.</param>
    /// <param name="limit">Seats of the page at most.</param>
    public (IReadOnlyList<int> Seats, int Total) Find(
        string? section, SeatState? state, SeatAttributes attribute, int offset, int limit)
    {
        var seats = new List<int>(limit);
        var total = 0;
        for (var index = 0; index < plan.Sections.Count; index++)
        {
            if (!IsAskedFor(plan.Sections[index], section))
                continue;
            var count = CountOf(index, state, attribute);
            if (count > 0 && total + count > offset && seats.Count < limit)
            {
                var rest = SeatsOf(index, state, attribute).Skip(Math.Max(0, offset - total));
                seats.AddRange(rest.Take(limit - seats.Count));
            }

            total += count;
        }

        return (seats, total);
    }

    private static bool IsAskedFor(PlanSection section, string? name) =>
        string.IsNullOrEmpty(name) || section.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static (int First, int End) RangeOf(SeatingPlan plan, int section)
    {
        var (_, firstRow, rows, _) = plan.Sections[section];
        return (plan.RowStart(firstRow), plan.RowEnd(firstRow + rows - 1));
    }

    private static int IndexOf(SeatAttributes attribute) =>
        attribute is SeatAttributes.None ? 0 : BitOperations.Log2((uint)attribute) + 1;

    private static int[,,] Count(SeatingPlan plan, Func<int, SeatState> stateOf)
    {
        var counts = new int[plan.Sections.Count, AttributeCounts, States];
        for (var section = 0; section < plan.Sections.Count; section++)
        {
            var (first, end) = RangeOf(plan, section);
            for (var seat = first; seat < end; seat++)
            {
                var state = (int)stateOf(seat);
                counts[section, 0, state]++;
                for (var rest = (uint)plan.AttributesOf(seat); rest != 0; rest &= rest - 1)
                    counts[section, BitOperations.TrailingZeroCount(rest) + 1, state]++;
            }
        }

        return counts;
    }

    private int CountOf(int section, SeatState? state, SeatAttributes attribute)
    {
        if (state is { } one)
            return _counts.Value[section, IndexOf(attribute), (int)one];
        if (attribute is SeatAttributes.None)
        {
            var (first, end) = RangeOf(plan, section);
            return end - first;
        }

        return Enumerable.Range(0, States).Sum(any => _counts.Value[section, IndexOf(attribute), any]);
    }

    private IEnumerable<int> SeatsOf(int section, SeatState? state, SeatAttributes attribute)
    {
        var (first, end) = RangeOf(plan, section);
        var seats = Enumerable.Range(first, end - first);
        if (attribute is not SeatAttributes.None)
            seats = seats.Where(seat => plan.AttributesOf(seat).HasFlag(attribute));
        // Without a condition a page is reached without looking at the seats before it.
        return state is null ? seats : seats.Where(seat => stateOf(seat) == state);
    }
}

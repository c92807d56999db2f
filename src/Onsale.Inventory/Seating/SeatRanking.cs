using System.Runtime.CompilerServices;

namespace Onsale.Inventory.Seating;

/// <summary>
/// For each seated tier its rows, nearest to the focal point first. Computed once a layout and shared: it depends on
/// nothing that changes while an event sells.
/// </summary>
internal sealed class SeatRanking
{
    private static readonly ConditionalWeakTable<SeatLayout, SeatRanking> s_cache = [];

    // By tier. A tier beyond the end has no seats in this layout.
    private readonly RankedRow[][] _rowsByTier;

    private SeatRanking(SeatLayout layout)
    {
        var nearest = new Dictionary<(int Tier, int Row), float>();
        for (var seat = 0; seat < layout.SeatCount; seat++)
        {
            var key = (layout.TierOf(seat), layout.RowOf(seat));
            var distance = layout.DistanceOf(seat);
            if (!nearest.TryGetValue(key, out var least) || distance < least)
                nearest[key] = distance;
        }

        var rows = nearest.ToLookup(
            pair => pair.Key.Tier,
            pair => new RankedRow(pair.Key.Row, pair.Value, NearestFrom(layout, nearest, pair.Key.Tier, pair.Key.Row)));
        _rowsByTier = new RankedRow[rows.Count == 0 ? 0 : rows.Max(tier => tier.Key) + 1][];
        for (var tier = 0; tier < _rowsByTier.Length; tier++)
            _rowsByTier[tier] = [.. rows[tier].OrderBy(row => row.Nearest).ThenBy(row => row.Row)];
    }

    public static SeatRanking For(SeatLayout layout) => s_cache.GetValue(layout, layout => new SeatRanking(layout));

    /// <summary>Rows that have seats of the tier, nearest first.</summary>
    public ReadOnlySpan<RankedRow> RowsOf(int tier) => tier < _rowsByTier.Length ? _rowsByTier[tier] : [];

    /// <summary>Looks no farther than a party can stretch, one seat a row.</summary>
    private static float NearestFrom(
        SeatLayout layout, Dictionary<(int Tier, int Row), float> nearest, int tier, int first)
    {
        var least = nearest[(tier, first)];
        var end = Math.Min(layout.RowCount, first + InventoryLimits.MaxPlacesPerBooking);
        for (var row = first + 1; row < end && layout.SectionOf(row) == layout.SectionOf(first); row++)
        {
            if (!nearest.TryGetValue((tier, row), out var distance))
                break;
            least = Math.Min(least, distance);
        }

        return least;
    }
}

/// <param name="Row">Row index.</param>
/// <param name="Nearest">Distance of its nearest seat of the tier.</param>
/// <param name="NearestFrom">The same over this row and those after it that a party beginning here can reach.</param>
internal readonly record struct RankedRow(int Row, float Nearest, float NearestFrom);

using System.Runtime.CompilerServices;

namespace Onsale.Inventory;

/// <summary>
/// For each seated tier its rows, nearest to the focal point first. Computed once a layout and shared: it depends on
/// nothing that changes while an event sells.
/// </summary>
internal sealed class SeatRanking
{
    private static readonly ConditionalWeakTable<SeatLayout, SeatRanking> s_cache = [];

    private readonly RankedRow[][] _rowsByTier;

    private SeatRanking(SeatLayout layout, int tierCount)
    {
        var rows = new Dictionary<(int Tier, int Row), float>();
        for (var seat = 0; seat < layout.SeatCount; seat++)
        {
            var key = (layout.TierOf(seat), layout.RowOf(seat));
            var distance = layout.DistanceOf(seat);
            if (!rows.TryGetValue(key, out var nearest) || distance < nearest)
                rows[key] = distance;
        }

        _rowsByTier = new RankedRow[tierCount][];
        for (var tier = 0; tier < tierCount; tier++)
        {
            _rowsByTier[tier] = [.. rows
                .Where(row => row.Key.Tier == tier)
                .Select(row => new RankedRow(row.Key.Row, row.Value))
                .OrderBy(row => row.Nearest).ThenBy(row => row.Row)];
        }
    }

    public static SeatRanking For(EventSettings settings) =>
        s_cache.GetValue(settings.Layout, layout => new SeatRanking(layout, settings.Tiers.Count));

    /// <summary>Rows that have seats of the tier, nearest first.</summary>
    public ReadOnlySpan<RankedRow> RowsOf(int tier) => _rowsByTier[tier];
}

/// <param name="Row">Row index.</param>
/// <param name="Nearest">Distance of its nearest seat of the tier.</param>
internal readonly record struct RankedRow(int Row, float Nearest);

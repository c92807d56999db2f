using Onsale.Inventory.Seating;

namespace Onsale.Inventory.Tests;

/// <summary>
/// A hall drawn as text, front row first: <c>.</c> a free seat, <c>x</c> a sold one, <c>b</c> a blocked one, <c>,</c> a
/// free seat of tier 3 (the balcony), <c>|</c> an aisle, and free seats with attributes: <c>w</c> for a wheelchair,
/// <c>c</c> for a companion, <c>r</c> with a restricted view, <c>a</c> at an aisle; a line of <c>-</c> begins another
/// section. A seat's distance is ten a row plus one a seat from the middle of its row, so rows in front are nearer.
/// </summary>
internal sealed class Hall
{
    public const int Balcony = 3;

    private Hall(EventSettings settings, EventInventory inventory) => (Settings, Inventory) = (settings, inventory);

    public EventSettings Settings { get; }

    public EventInventory Inventory { get; }

    public static Hall Of(params string[] lines) => Of(TestEvents.Settings(), lines);

    public static Hall Of(EventSettings settings, params string[] lines)
    {
        var (tiers, rowStarts, rowSections) = (new List<byte>(), new List<int>(), new List<short>());
        var (distances, adjacent, states) = (new List<float>(), new List<bool>(), new List<SeatState>());
        var attributes = new List<SeatAttributes>();
        short section = 0;
        foreach (var line in lines)
        {
            if (line.StartsWith('-'))
            {
                section++;
                continue;
            }

            rowStarts.Add(tiers.Count);
            rowSections.Add(section);
            for (var column = 0; column < line.Length; column++)
            {
                if (line[column] == '|')
                    continue;
                tiers.Add(line[column] == ',' ? (byte)Balcony : (byte)TestEvents.Seated);
                distances.Add((rowStarts.Count * 10) + Math.Abs(column - ((line.Length - 1) / 2f)));
                adjacent.Add(column + 1 < line.Length && line[column + 1] != '|');
                attributes.Add(line[column] switch
                {
                    'w' => SeatAttributes.Wheelchair,
                    'c' => SeatAttributes.Companion,
                    'r' => SeatAttributes.RestrictedView,
                    'a' => SeatAttributes.Aisle,
                    _ => SeatAttributes.None,
                });
                states.Add(
                    line[column] switch { 'x' => SeatState.Sold, 'b' => SeatState.Blocked, _ => SeatState.Available });
            }
        }

        var layout = new SeatLayout(
            [.. tiers], [.. rowStarts], [.. rowSections], [.. distances], [.. adjacent],
            attributes.TrueForAll(one => one == SeatAttributes.None) ? null : [.. attributes]);
        var all = settings with
        {
            Layout = layout,
            Tiers = [.. settings.Tiers, new TierSettings(TestEvents.Id(13), "Balcony", TierKind.Seated, 3000)],
        };
        return new Hall(all, TestEvents.InventoryOf(all, Pack(states)));
    }

    public static PackedSeatStates Pack(IReadOnlyList<SeatState> states)
    {
        var packed = new PackedSeatStates(states.Count);
        for (var seat = 0; seat < states.Count; seat++)
            packed[seat] = states[seat];
        return packed;
    }
}

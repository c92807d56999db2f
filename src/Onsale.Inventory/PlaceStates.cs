using Onsale.Inventory.Seating;

namespace Onsale.Inventory;

/// <summary>Places of one tier by state; <see cref="Available"/> is what remains.</summary>
/// <param name="Total">All places.</param>
/// <param name="Held">Set aside.</param>
/// <param name="Sold">Confirmed.</param>
/// <param name="Blocked">Not for sale.</param>
public record struct TierCounts(int Total, int Held, int Sold, int Blocked)
{
    /// <summary>Places that can be held now.</summary>
    public readonly int Available => Total - Held - Sold - Blocked;
}

/// <summary>
/// The places of one event, each in exactly one state: its numbered seats one by one, places by quantity as counts of
/// their tier. Knows nothing of whose they are. Changed by one thread at a time.
/// </summary>
internal sealed class PlaceStates
{
    private const int NotKnown = -1;

    private readonly SeatLayout _layout;
    private readonly TierKind[] _kinds;
    private readonly TierCounts[] _tiers;

    // By row; lets the search for the best seats pass over rows that cannot seat the party.
    private readonly int[] _longestRunInRow;

    /// <summary>Counts the seats, and takes the counts of tiers by quantity as they are.</summary>
    /// <param name="settings">Only what never changes is kept: the layout and the kinds of the tiers.</param>
    /// <param name="snapshot">The tables; the seats are not copied.</param>
    /// <exception cref="InventoryCorruptException">The tables do not fit the settings.</exception>
    public PlaceStates(EventSettings settings, InventorySnapshot snapshot)
    {
        if (snapshot.Seats.SeatCount != settings.Layout.SeatCount)
        {
            throw new InventoryCorruptException(
                $"Event {settings.EventId} has {snapshot.Seats.SeatCount} seat rows, "
                + $"its plan {settings.Layout.SeatCount} seats.");
        }

        (_layout, Seats) = (settings.Layout, snapshot.Seats);
        _kinds = [.. settings.Tiers.Select(tier => tier.Kind)];
        _tiers = new TierCounts[_kinds.Length];
        _longestRunInRow = new int[_layout.RowCount];
        Array.Fill(_longestRunInRow, NotKnown);
        CountSeats();
        foreach (var (tier, counts) in snapshot.Pools)
        {
            if (tier < 0 || tier >= _tiers.Length)
                throw new InventoryCorruptException(
                    $"Event {settings.EventId} has a pool of tier {tier}, but no such tier.");
            if (_kinds[tier] == TierKind.Quantity)
                _tiers[tier] = counts;
        }
    }

    /// <summary>States of the numbered seats.</summary>
    public PackedSeatStates Seats { get; }

    /// <summary>Counts of a tier.</summary>
    public TierCounts CountsOf(int tier) => _tiers[tier];

    /// <summary>Places of all tiers: those not blocked, and those that can be held now.</summary>
    public (int Total, int Available) Sum() =>
        (_tiers.Sum(counts => counts.Total - counts.Blocked), _tiers.Sum(counts => counts.Available));

    /// <summary>Most free seats side by side in a row, of whatever tiers.</summary>
    public int LongestRunInRow(int row)
    {
        ref var longest = ref _longestRunInRow[row];
        return longest == NotKnown ? longest = FindLongestRun(row) : longest;
    }

    /// <summary>Moves a seat, or one place by quantity, from what a booking had of it to what it has now.</summary>
    /// <exception cref="InventoryCorruptException">The place is not in the state that it is to leave.</exception>
    public void Occupy(Place place, Occupancy before, Occupancy after)
    {
        if (place.IsSeat)
        {
            Move(place.Seat, BookingStates.SeatStateOf(before), BookingStates.SeatStateOf(after));
            return;
        }

        ref var counts = ref PoolOf(place.Tier);
        Count(ref counts, BookingStates.SeatStateOf(before), -1);
        Count(ref counts, BookingStates.SeatStateOf(after), +1);
        CheckPool(place.Tier);
    }

    /// <summary>Moves a seat from one state to another.</summary>
    /// <exception cref="InventoryCorruptException">There is no such seat, or it is in another state.</exception>
    public void Move(int seat, SeatState from, SeatState to)
    {
        if (seat < 0 || seat >= Seats.SeatCount)
            throw new InventoryCorruptException($"There is no seat {seat}.");
        if (Seats[seat] != from)
            throw new InventoryCorruptException($"Seat {seat} is {Seats[seat]}, not {from}.");
        Seats[seat] = to;
        ref var counts = ref _tiers[_layout.TierOf(seat)];
        Count(ref counts, from, -1);
        Count(ref counts, to, +1);
        _longestRunInRow[_layout.RowOf(seat)] = NotKnown;
    }

    /// <summary>Takes places by quantity out of sale, or puts them back.</summary>
    /// <param name="tier">A tier by quantity.</param>
    /// <param name="quantity">Places; negative: put back.</param>
    /// <exception cref="InventoryCorruptException">There are not so many.</exception>
    public void Block(int tier, int quantity)
    {
        PoolOf(tier).Blocked += quantity;
        CheckPool(tier);
    }

    /// <summary>Adds places by quantity, or takes free ones away.</summary>
    /// <param name="tier">A tier by quantity.</param>
    /// <param name="delta">Places; negative: fewer.</param>
    /// <exception cref="InventoryCorruptException">More would be taken away than are free.</exception>
    public void Resize(int tier, int delta)
    {
        PoolOf(tier).Total += delta;
        CheckPool(tier);
    }

    private ref TierCounts PoolOf(int tier)
    {
        if (tier < 0 || tier >= _tiers.Length || _kinds[tier] != TierKind.Quantity)
            throw new InventoryCorruptException($"Tier {tier} has no places by quantity.");
        return ref _tiers[tier];
    }

    private int FindLongestRun(int row)
    {
        var (longest, run) = (0, 0);
        var end = _layout.RowEnd(row);
        for (var seat = _layout.RowStart(row); seat < end; seat++)
        {
            run = Seats[seat] == SeatState.Available ? run + 1 : 0;
            longest = Math.Max(longest, run);
            if (!_layout.IsAdjacentToNext(seat))
                run = 0;
        }

        return longest;
    }

    private static void Count(ref TierCounts counts, SeatState state, int by)
    {
        switch (state)
        {
            case SeatState.Held:
                counts.Held += by;
                break;
            case SeatState.Sold:
                counts.Sold += by;
                break;
            case SeatState.Blocked:
                counts.Blocked += by;
                break;
        }
    }

    private void CheckPool(int tier)
    {
        var counts = _tiers[tier];
        if (counts.Available < 0 || counts.Held < 0 || counts.Sold < 0 || counts.Blocked < 0)
            throw new InventoryCorruptException($"Tier {tier} would have {counts.Available} places left.");
    }

    private void CountSeats()
    {
        for (var seat = 0; seat < _layout.SeatCount; seat++)
        {
            var tier = _layout.TierOf(seat);
            if (tier >= _tiers.Length || _kinds[tier] != TierKind.Seated)
                throw new InventoryCorruptException($"Seat {seat} is of tier {tier}, which has no numbered seats.");
            ref var counts = ref _tiers[tier];
            counts.Total++;
            Count(ref counts, Seats[seat], +1);
        }
    }
}

using Onsale.Inventory.Collections;
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

/// <summary>The inventory as the tables hold it, for building an <see cref="EventInventory"/>.</summary>
/// <param name="Version">Inventory version of all that follows.</param>
/// <param name="BatchId">Batch that wrote that version; null: version 0.</param>
/// <param name="ChangedAt">When that version was written.</param>
/// <param name="Seats">State of each numbered seat.</param>
/// <param name="Pools">Counts by tier number; only tiers by quantity are read.</param>
/// <param name="Live">Held and paying bookings.</param>
/// <param name="BuyerPlaces">Held and confirmed places by buyer.</param>
/// <param name="KeyBookings">Ids of the bookings that idempotency keys made within their lifetime.</param>
public sealed record InventorySnapshot(
    long Version, Guid? BatchId, DateTimeOffset ChangedAt, PackedSeatStates Seats, IReadOnlyDictionary<int, TierCounts> Pools,
    IReadOnlyCollection<Booking> Live, IReadOnlyDictionary<Guid, int> BuyerPlaces,
    IReadOnlyCollection<Guid> KeyBookings)
{
    /// <summary>What is held and confirmed with codes.</summary>
    public IReadOnlyCollection<CodeUse> CodeUses { get; init; } = [];

    /// <summary>Entries of the waitlist that are live, and the last one; in order of their numbers.</summary>
    public IReadOnlyCollection<WaitlistEntry> Waitlist { get; init; } = [];
}

/// <summary>What a buyer has with a code.</summary>
/// <param name="Code">The code's number.</param>
/// <param name="BuyerId">The buyer.</param>
/// <param name="Uses">Held and confirmed bookings.</param>
/// <param name="Tickets">Their places.</param>
public readonly record struct CodeUse(int Code, Guid BuyerId, int Uses, int Tickets);

/// <summary>
/// One event's inventory in memory: exact at <see cref="Version"/>. Changed only by <see cref="Apply(Change)"/>, by one
/// thread at a time; the same code applies this node's decisions and other nodes' log entries.
/// </summary>
public sealed class EventInventory
{
    private const int NotKnown = -1;

    private readonly LiveBookings _live = new();
    private readonly GuidCounter _buyerPlaces = new();

    // Few: ranges from which something is held at this moment.
    private readonly Dictionary<long, int> _rangePlaces = [];
    private readonly CodeCounts _codes = new();
    private readonly TierCounts[] _tiers;
    private readonly PackedSeatStates _seats;

    // By row; lets the search for the best seats pass over rows that cannot seat the party.
    private readonly int[] _longestRunInRow;

    /// <summary>Builds the state from what the tables hold.</summary>
    /// <exception cref="InventoryCorruptException">The tables do not fit the settings.</exception>
    public EventInventory(EventSettings settings, InventorySnapshot snapshot)
    {
        if (snapshot.Seats.SeatCount != settings.Layout.SeatCount)
        {
            throw new InventoryCorruptException(
                $"Event {settings.EventId} has {snapshot.Seats.SeatCount} seat rows, "
                + $"its plan {settings.Layout.SeatCount} seats.");
        }

        (Settings, _seats) = (settings, snapshot.Seats);
        (Version, BatchId, ChangedAt) = (snapshot.Version, snapshot.BatchId, snapshot.ChangedAt);
        Ranking = SeatRanking.For(settings.Layout);
        _tiers = new TierCounts[settings.Tiers.Count];
        _longestRunInRow = new int[settings.Layout.RowCount];
        Array.Fill(_longestRunInRow, NotKnown);
        CountSeats();
        foreach (var (tier, counts) in snapshot.Pools)
        {
            if (tier < 0 || tier >= _tiers.Length)
                throw new InventoryCorruptException(
                    $"Event {settings.EventId} has a pool of tier {tier}, but no such tier.");
            if (settings.Tiers[tier].Kind == TierKind.Quantity)
                _tiers[tier] = counts;
        }

        foreach (var booking in snapshot.Live)
        {
            _live.Set(booking);
            CountRange(booking.AddressRange, booking.Places.Length);
        }

        foreach (var (buyer, places) in snapshot.BuyerPlaces)
            _buyerPlaces[buyer] = places;
        foreach (var (code, buyer, uses, tickets) in snapshot.CodeUses)
            _codes.Add(code, buyer, uses, tickets);
        foreach (var booking in snapshot.KeyBookings)
            Keys.Add(booking, ChangedAt);
        Waitlist.Load(snapshot.Waitlist);
    }

    /// <summary>The event's rules.</summary>
    public EventSettings Settings { get; private set; }

    /// <summary>Batches committed so far.</summary>
    public long Version { get; private set; }

    /// <summary>
    /// Batch that wrote <see cref="Version"/>; null: version 0. Tells this history from another of equal length.
    /// </summary>
    public Guid? BatchId { get; private set; }

    /// <summary>When the last batch was committed, by the database's clock.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>States of the numbered seats.</summary>
    public PackedSeatStates Seats => _seats;

    /// <summary>Held and paying bookings.</summary>
    public int LiveBookings => _live.Count;

    /// <summary>Keys that were used, as far as this state knows; a decision under way may have added its own.</summary>
    public IdempotencyKeyIndex Keys { get; } = new();

    /// <summary>Who waits for places.</summary>
    public Waitlist Waitlist { get; } = new();

    internal SeatRanking Ranking { get; }

    /// <summary>Counts of a tier.</summary>
    public TierCounts CountsOf(int tier) => _tiers[tier];

    /// <summary>Places of all tiers: those not blocked, and those that can be held now.</summary>
    public (int Total, int Available) Sum() =>
        (_tiers.Sum(counts => counts.Total - counts.Blocked), _tiers.Sum(counts => counts.Available));

    /// <summary>Held and confirmed places of a buyer.</summary>
    public int PlacesOf(Guid buyerId) => _buyerPlaces[buyerId];

    /// <summary>Held and confirmed bookings with a code, and the places that they have together.</summary>
    public (int Uses, int Tickets) UsesOf(int code) => _codes[code];

    /// <summary>Held and confirmed places of a buyer in bookings with a code.</summary>
    public int TicketsOf(int code, Guid buyerId) => _codes.TicketsOf(code, buyerId);

    /// <summary>Places that are held or paying, by the hash of the address range they were held from.</summary>
    public IReadOnlyDictionary<long, int> HeldPlacesByRange => _rangePlaces;

    /// <summary>Places that are held or paying from an address range.</summary>
    public int HeldPlacesOfRange(long range) => _rangePlaces.GetValueOrDefault(range);

    /// <summary>Most free seats side by side in a row, of whatever tiers.</summary>
    public int LongestRunInRow(int row)
    {
        ref var longest = ref _longestRunInRow[row];
        return longest == NotKnown ? longest = FindLongestRun(row) : longest;
    }

    /// <summary>A held or paying booking, or null.</summary>
    public Booking? FindLive(Guid bookingId) => _live.Find(bookingId);

    /// <summary>When the next hold ends; null: none is live.</summary>
    public DateTimeOffset? NextHoldDeadline() => _live.NextHoldDeadline;

    /// <summary>When the next payment's lease ends; null: no payment is in flight.</summary>
    public DateTimeOffset? NextLeaseDeadline() => _live.NextLeaseDeadline;

    /// <summary>When the next hold or lease ends; null: none is live.</summary>
    public DateTimeOffset? NextDueAt()
    {
        var (hold, lease) = (NextHoldDeadline(), NextLeaseDeadline());
        var due = hold is null || lease < hold ? lease : hold;
        // Offers that the last batch had no room for are made at once.
        return Waitlist.HasMore && Waitlist.Waiting > 0 && !(due < ChangedAt) ? ChangedAt : due;
    }

    /// <summary>
    /// A held booking whose time is up, earliest first, or null. A lease is not due: the provider is asked first.
    /// </summary>
    public Booking? FindDue(DateTimeOffset now) =>
        _live.NextHoldDeadline <= now ? _live.NextHold : null;

    /// <summary>Held and paying bookings that last changed before an instant, in no particular order.</summary>
    public IEnumerable<Booking> FindChangedBefore(DateTimeOffset instant) => _live.FindChangedBefore(instant);

    /// <summary>Paying bookings, in no particular order.</summary>
    public IEnumerable<Booking> FindPaying() => _live.FindPaying();

    /// <summary>Applies a committed batch.</summary>
    /// <exception cref="InventoryCorruptException">The entry does not follow this state.</exception>
    public void Apply(LogEntry entry)
    {
        if (entry.Version != Version + 1)
            throw new InventoryCorruptException($"Version {entry.Version} does not follow {Version}.");
        foreach (var change in entry.Changes)
            Apply(change);
        Advance(entry);
    }

    /// <summary>Moves to the version of an entry whose changes are applied.</summary>
    public void Advance(LogEntry entry) => (Version, BatchId, ChangedAt) = (entry.Version, entry.BatchId, entry.At);

    /// <summary>Applies one change.</summary>
    /// <exception cref="InventoryCorruptException">The change does not fit this state.</exception>
    public void Apply(Change change)
    {
        switch (change)
        {
            case BookingChanged booking:
                Apply(booking);
                break;
            case BookingReassigned reassigned:
                Apply(reassigned);
                break;
            case BookingMoved moved:
                foreach (var (from, to) in moved.Moves)
                {
                    Move(from, SeatState.Sold, SeatState.Available);
                    Move(to, SeatState.Available, SeatState.Sold);
                }

                Waitlist.IsSettled = false;
                break;
            case SeatsBlocked seats:
                foreach (var seat in seats.Seats)
                {
                    Move(seat,
                        seats.Blocked ? SeatState.Available : SeatState.Blocked,
                        seats.Blocked ? SeatState.Blocked : SeatState.Available);
                }

                Waitlist.IsSettled = false;
                break;
            case PoolBlocked pool:
                PoolOf(pool.Tier).Blocked += pool.Quantity;
                CheckPool(pool.Tier);
                Waitlist.IsSettled = false;
                break;
            case PoolResized pool:
                PoolOf(pool.Tier).Total += pool.Delta;
                CheckPool(pool.Tier);
                Waitlist.IsSettled = false;
                break;
            case SettingsChanged settings:
                Settings = settings.Patch.ApplyTo(Settings, settings.SettingsVersion);
                Waitlist.IsSettled = false;
                break;
            case WaitlistChanged waitlist:
                Waitlist.Apply(waitlist);
                Waitlist.IsSettled = false;
                break;
            default:
                throw new InventoryCorruptException($"Unknown change {change.GetType().Name}.");
        }
    }

    /// <summary>
    /// Sets a place aside that a decision has chosen, so that the rest of the decision sees it as taken.
    /// </summary>
    internal void Mark(Place place) => Occupy(place, Occupancy.None, Occupancy.Held);

    /// <summary>Undoes <see cref="Mark"/>.</summary>
    internal void Unmark(Place place) => Occupy(place, Occupancy.Held, Occupancy.None);

    private void Apply(BookingReassigned change)
    {
        var booking = change.Booking;
        if (FindLive(booking.Id) is { } known && (known.BuyerId != change.FromBuyerId || known.State != booking.State))
            throw new InventoryCorruptException($"Booking {booking.Id} is not what its reassignment starts from.");
        var occupancy = BookingStates.OccupancyOf(booking.State);
        var given = booking with { BuyerId = change.FromBuyerId };
        CountBuyer(given, occupancy, Occupancy.None);
        CountCode(given, occupancy, Occupancy.None);
        CountBuyer(booking, Occupancy.None, occupancy);
        CountCode(booking, Occupancy.None, occupancy);
        if (booking.IsLive)
            _live.Set(booking);
    }

    private void Apply(BookingChanged change)
    {
        var (before, after) = (BookingStates.OccupancyOf(change.From), BookingStates.OccupancyOf(change.Booking.State));
        if (!BookingStates.CanGo(change.From, change.Booking.State))
            throw new InventoryCorruptException($"A booking cannot go from {change.From} to {change.Booking.State}.");
        var known = _live.StateOf(change.Booking.Id);
        if (known != (before == Occupancy.Held ? change.From : null))
            throw new InventoryCorruptException($"Booking {change.Booking.Id} is {known}, not {change.From}.");
        if (before != after)
        {
            Waitlist.IsSettled &= after != Occupancy.None;
            foreach (var place in change.Booking.Places)
                Occupy(place, before, after);
            CountBuyer(change.Booking, before, after);
            CountCode(change.Booking, before, after);
            if (after == Occupancy.Held)
                CountRange(change.Booking.AddressRange, change.Booking.Places.Length);
            else if (before == Occupancy.Held)
                CountRange(_live.AddressRangeOf(change.Booking.Id), -change.Booking.Places.Length);
        }

        if (change.From is null)
            Keys.Add(change.Booking.Id, change.Booking.CreatedAt);
        if (change.Booking.IsLive)
            _live.Set(change.Booking);
        else
            _live.Remove(change.Booking.Id);
    }

    private void Occupy(Place place, Occupancy before, Occupancy after)
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

    private ref TierCounts PoolOf(int tier)
    {
        if (tier < 0 || tier >= _tiers.Length || Settings.Tiers[tier].Kind != TierKind.Quantity)
            throw new InventoryCorruptException($"Tier {tier} has no places by quantity.");
        return ref _tiers[tier];
    }

    private void Move(int seat, SeatState from, SeatState to)
    {
        if (seat < 0 || seat >= _seats.SeatCount)
            throw new InventoryCorruptException($"There is no seat {seat}.");
        if (_seats[seat] != from)
            throw new InventoryCorruptException($"Seat {seat} is {_seats[seat]}, not {from}.");
        _seats[seat] = to;
        ref var counts = ref _tiers[Settings.Layout.TierOf(seat)];
        Count(ref counts, from, -1);
        Count(ref counts, to, +1);
        _longestRunInRow[Settings.Layout.RowOf(seat)] = NotKnown;
    }

    private int FindLongestRun(int row)
    {
        var (layout, longest, run) = (Settings.Layout, 0, 0);
        var end = layout.RowEnd(row);
        for (var seat = layout.RowStart(row); seat < end; seat++)
        {
            run = _seats[seat] == SeatState.Available ? run + 1 : 0;
            longest = Math.Max(longest, run);
            if (!layout.IsAdjacentToNext(seat))
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

    private void CountBuyer(Booking booking, Occupancy before, Occupancy after)
    {
        var by = (after == Occupancy.None ? 0 : booking.Places.Length)
            - (before == Occupancy.None ? 0 : booking.Places.Length);
        if (by == 0)
            return;
        var places = _buyerPlaces[booking.BuyerId] + by;
        if (places < 0)
            throw new InventoryCorruptException($"Buyer {booking.BuyerId} would have {places} places.");
        _buyerPlaces[booking.BuyerId] = places;
    }

    private void CountCode(Booking booking, Occupancy before, Occupancy after)
    {
        var by = (after == Occupancy.None ? 0 : 1) - (before == Occupancy.None ? 0 : 1);
        if (booking.Code is { } code && by != 0)
            _codes.Add(code, booking.BuyerId, by, by * booking.Places.Length);
    }

    private void CountRange(long range, int by)
    {
        if (range == 0)
            return;
        var places = _rangePlaces.GetValueOrDefault(range) + by;
        if (places < 0)
            throw new InventoryCorruptException($"Address range {range:x16} would hold {places} places.");
        if (places == 0)
            _rangePlaces.Remove(range);
        else
            _rangePlaces[range] = places;
    }

    private void CountSeats()
    {
        var layout = Settings.Layout;
        for (var seat = 0; seat < layout.SeatCount; seat++)
        {
            var tier = layout.TierOf(seat);
            if (tier >= _tiers.Length || Settings.Tiers[tier].Kind != TierKind.Seated)
                throw new InventoryCorruptException($"Seat {seat} is of tier {tier}, which has no numbered seats.");
            ref var counts = ref _tiers[tier];
            counts.Total++;
            Count(ref counts, _seats[seat], +1);
        }
    }
}

/// <summary>State in memory and what is written do not fit: the state must be dropped and loaded again.</summary>
public sealed class InventoryCorruptException(string message) : Exception(message);

using Onsale.Inventory.Collections;
using Onsale.Inventory.Seating;

namespace Onsale.Inventory;

/// <summary>
/// One event's inventory in memory: exact at <see cref="Version"/>. Changed only by <see cref="Apply(Change)"/>, by one
/// thread at a time; the same code applies this node's decisions and other nodes' log entries.
/// </summary>
public sealed class EventInventory
{
    private readonly LiveBookings _live = new();
    private readonly GuidCounter _buyerPlaces = new();

    // Few: ranges from which something is held at this moment.
    private readonly Dictionary<long, int> _rangePlaces = [];
    private readonly CodeCounts _codes = new();
    private readonly PlaceStates _places;

    /// <summary>Builds the state from what the tables hold.</summary>
    /// <exception cref="InventoryCorruptException">The tables do not fit the settings.</exception>
    public EventInventory(EventSettings settings, InventorySnapshot snapshot)
    {
        Settings = settings;
        (Version, BatchId, ChangedAt) = (snapshot.Version, snapshot.BatchId, snapshot.ChangedAt);
        Ranking = SeatRanking.For(settings.Layout);
        _places = new PlaceStates(settings, snapshot);
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
    public PackedSeatStates Seats => _places.Seats;

    /// <summary>Held and paying bookings.</summary>
    public int LiveBookings => _live.Count;

    /// <summary>Keys that were used, as far as this state knows; a decision under way may have added its own.</summary>
    public IdempotencyKeyIndex Keys { get; } = new();

    /// <summary>Who waits for places.</summary>
    public Waitlist Waitlist { get; } = new();

    internal SeatRanking Ranking { get; }

    /// <summary>Counts of a tier.</summary>
    public TierCounts CountsOf(int tier) => _places.CountsOf(tier);

    /// <summary>Places of all tiers: those not blocked, and those that can be held now.</summary>
    public (int Total, int Available) Sum() => _places.Sum();

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
    public int LongestRunInRow(int row) => _places.LongestRunInRow(row);

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
                    _places.Move(from, SeatState.Sold, SeatState.Available);
                    _places.Move(to, SeatState.Available, SeatState.Sold);
                }

                Waitlist.IsSettled = false;
                break;
            case SeatsBlocked seats:
                foreach (var seat in seats.Seats)
                {
                    _places.Move(seat,
                        seats.Blocked ? SeatState.Available : SeatState.Blocked,
                        seats.Blocked ? SeatState.Blocked : SeatState.Available);
                }

                Waitlist.IsSettled = false;
                break;
            case PoolBlocked pool:
                _places.Block(pool.Tier, pool.Quantity);
                Waitlist.IsSettled = false;
                break;
            case PoolResized pool:
                _places.Resize(pool.Tier, pool.Delta);
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
    internal void Mark(Place place) => _places.Occupy(place, Occupancy.None, Occupancy.Held);

    /// <summary>Undoes <see cref="Mark"/>.</summary>
    internal void Unmark(Place place) => _places.Occupy(place, Occupancy.Held, Occupancy.None);

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
                _places.Occupy(place, before, after);
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
}

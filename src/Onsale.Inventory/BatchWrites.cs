namespace Onsale.Inventory;

/// <summary>What a batch does to one seat row, from first to last.</summary>
/// <param name="Seat">Ordinal.</param>
/// <param name="OldState">What the row must hold.</param>
/// <param name="OldBooking">The booking it must belong to; null: none.</param>
/// <param name="NewState">What it is set to.</param>
/// <param name="NewBooking">The booking it then belongs to; null: none.</param>
public readonly record struct SeatWrite(
    int Seat, SeatState OldState, Guid? OldBooking, SeatState NewState, Guid? NewBooking);

/// <summary>What a batch does to one pool row.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Held">Added to the held places.</param>
/// <param name="Sold">Added to the sold places.</param>
/// <param name="Blocked">Added to the blocked places.</param>
/// <param name="Capacity">Added to the places there are.</param>
public readonly record struct PoolWrite(int Tier, int Held, int Sold, int Blocked, int Capacity = 0);

/// <summary>What a batch does to the counters of one code.</summary>
/// <param name="Code">The code's number.</param>
/// <param name="Uses">Added to the held and confirmed bookings.</param>
/// <param name="Tickets">Added to their places.</param>
public readonly record struct CodeWrite(int Code, int Uses, int Tickets);

/// <summary>What a batch does to one booking that existed before it.</summary>
/// <param name="OldState">What the row must hold.</param>
/// <param name="Booking">What it becomes.</param>
public readonly record struct BookingWrite(BookingState OldState, Booking Booking);

/// <summary>What a batch does to one entry of the waitlist.</summary>
/// <param name="OldState">What the row must hold; null: there is none yet.</param>
/// <param name="Entry">What it becomes.</param>
public readonly record struct WaitlistWrite(WaitlistState? OldState, WaitlistEntry Entry);

/// <summary>Tickets of one confirmation.</summary>
/// <param name="Booking">The booking.</param>
/// <param name="Codes">One secret a place.</param>
public readonly record struct TicketWrite(Booking Booking, IReadOnlyList<string> Codes);

/// <summary>
/// The net effect of a batch's changes on the tables: each row is written once, whatever happened to it in between, and
/// only if it still holds what the decision started from.
/// </summary>
public sealed class BatchWrites
{
    private readonly Dictionary<int, SeatWrite> _seats = [];
    private readonly Dictionary<int, PoolWrite> _pools = [];
    private readonly Dictionary<int, CodeWrite> _codes = [];
    private readonly Dictionary<Guid, Booking> _inserted = [];
    private readonly Dictionary<Guid, BookingWrite> _updated = [];
    private readonly Dictionary<Guid, Booking> _extended = [];
    private readonly List<TicketWrite> _tickets = [];
    private readonly Dictionary<Guid, Booking> _moved = [];
    private readonly List<Guid> _voided = [];
    private readonly List<SettingsChanged> _settings = [];
    private readonly Dictionary<Guid, WaitlistWrite> _waitlist = [];

    /// <summary>Sums up the changes of a batch.</summary>
    public BatchWrites(IReadOnlyList<Change> changes)
    {
        // Most batches are holds: their tables are made large enough at once.
        var seats = 0;
        var inserted = 0;
        foreach (var change in changes)
        {
            if (change is BookingChanged { From: null, Booking: var booking })
            {
                inserted++;
                seats += booking.Places.Length;
            }
        }

        _inserted.EnsureCapacity(inserted);
        _seats.EnsureCapacity(seats);
        foreach (var change in changes)
            Add(change);
    }

    /// <summary>Seat rows to update; rows that end as they began are left out.</summary>
    public IEnumerable<SeatWrite> Seats =>
        _seats.Values.Where(write => write.OldState != write.NewState || write.OldBooking != write.NewBooking);

    /// <summary>Pool rows to update.</summary>
    public IEnumerable<PoolWrite> Pools =>
        _pools.Values.Where(write => write != new PoolWrite(write.Tier, 0, 0, 0));

    /// <summary>Counters of codes to update.</summary>
    public IEnumerable<CodeWrite> Codes => _codes.Values.Where(write => write != new CodeWrite(write.Code, 0, 0));

    /// <summary>Bookings to insert, in the state the batch leaves them in.</summary>
    public IReadOnlyCollection<Booking> InsertedBookings => _inserted.Values;

    /// <summary>Bookings to update.</summary>
    public IReadOnlyCollection<BookingWrite> UpdatedBookings => _updated.Values;

    /// <summary>Bookings, inserted or updated, whose hold this batch has extended.</summary>
    public IReadOnlyCollection<Booking> ExtendedBookings => _extended.Values;

    /// <summary>Bookings that have other seats after this batch.</summary>
    public IReadOnlyCollection<Booking> MovedBookings => _moved.Values;

    /// <summary>Tickets to issue.</summary>
    public IReadOnlyList<TicketWrite> Tickets => _tickets;

    /// <summary>Bookings whose tickets are void from now on.</summary>
    public IReadOnlyList<Guid> VoidedBookings => _voided;

    /// <summary>Changes of the event's settings, in order.</summary>
    public IReadOnlyList<SettingsChanged> SettingsChanges => _settings;

    /// <summary>Entries of the waitlist to write.</summary>
    public IReadOnlyCollection<WaitlistWrite> Waitlist => _waitlist.Values;

    private void Add(Change change)
    {
        switch (change)
        {
            case BookingChanged booking:
                Add(booking);
                break;
            case BookingReassigned { Booking: var transferred }:
                Write(transferred.State, transferred);
                break;
            case BookingMoved moved:
                Add(moved);
                break;
            case SeatsBlocked seats:
                foreach (var seat in seats.Seats)
                {
                    Write(seats.Blocked
                        ? new SeatWrite(seat, SeatState.Available, null, SeatState.Blocked, null)
                        : new SeatWrite(seat, SeatState.Blocked, null, SeatState.Available, null));
                }

                break;
            case PoolBlocked pool:
                Write(new PoolWrite(pool.Tier, 0, 0, pool.Quantity));
                break;
            case PoolResized pool:
                Write(new PoolWrite(pool.Tier, 0, 0, 0, pool.Delta));
                break;
            case SettingsChanged settings:
                _settings.Add(settings);
                break;
            case WaitlistChanged { Entry: var entry } waitlist:
                _waitlist[entry.Id] = new WaitlistWrite(
                    _waitlist.TryGetValue(entry.Id, out var earlier) ? earlier.OldState : waitlist.From, entry);
                break;
        }
    }

    private void Add(BookingChanged change)
    {
        var booking = change.Booking;
        Write(change.From, booking);
        if (change.IsProlonged || (change.From == BookingState.Held && booking.State == BookingState.Held))
            _extended[booking.Id] = booking;

        if (!change.TicketCodes.IsEmpty)
            _tickets.Add(new TicketWrite(booking, change.TicketCodes));
        if (booking.State == BookingState.Cancelled)
            _voided.Add(booking.Id);

        var (before, after) = (BookingStates.OccupancyOf(change.From), BookingStates.OccupancyOf(booking.State));
        if (before == after)
            return;
        if (booking.Code is { } code)
            Write(code, (after == Occupancy.None ? 0 : 1) - (before == Occupancy.None ? 0 : 1), booking.Places.Length);
        foreach (var place in booking.Places)
        {
            if (place.IsSeat)
                Write(SeatWriteOf(booking.Id, place.Seat, before, after));
            else
                Write(PoolWriteOf(place.Tier, before, after));
        }
    }

    private void Add(BookingMoved change)
    {
        var booking = change.Booking;
        Write(booking.State, booking);
        _moved[booking.Id] = booking;
        foreach (var (from, to) in change.Moves)
        {
            Write(SeatWriteOf(booking.Id, from, Occupancy.Sold, Occupancy.None));
            Write(SeatWriteOf(booking.Id, to, Occupancy.None, Occupancy.Sold));
        }
    }

    private void Write(BookingState? from, Booking booking)
    {
        if (from is null || _inserted.ContainsKey(booking.Id))
            _inserted[booking.Id] = booking;
        else if (_updated.TryGetValue(booking.Id, out var earlier))
            _updated[booking.Id] = earlier with { Booking = booking };
        else
            _updated[booking.Id] = new BookingWrite(from.Value, booking);
    }

    private static SeatWrite SeatWriteOf(Guid booking, int seat, Occupancy before, Occupancy after) => new(
        seat,
        BookingStates.SeatStateOf(before), before == Occupancy.None ? null : booking,
        BookingStates.SeatStateOf(after), after == Occupancy.None ? null : booking);

    private static PoolWrite PoolWriteOf(int tier, Occupancy before, Occupancy after) => new(
        tier,
        (after == Occupancy.Held ? 1 : 0) - (before == Occupancy.Held ? 1 : 0),
        (after == Occupancy.Sold ? 1 : 0) - (before == Occupancy.Sold ? 1 : 0),
        0);

    private void Write(int code, int uses, int places)
    {
        var earlier = _codes.GetValueOrDefault(code);
        _codes[code] = new CodeWrite(code, earlier.Uses + uses, earlier.Tickets + (uses * places));
    }

    private void Write(SeatWrite write) => _seats[write.Seat] = _seats.TryGetValue(write.Seat, out var earlier)
        ? earlier with { NewState = write.NewState, NewBooking = write.NewBooking }
        : write;

    private void Write(PoolWrite write)
    {
        var earlier = _pools.GetValueOrDefault(write.Tier);
        _pools[write.Tier] = new PoolWrite(
            write.Tier, earlier.Held + write.Held, earlier.Sold + write.Sold, earlier.Blocked + write.Blocked,
            earlier.Capacity + write.Capacity);
    }
}

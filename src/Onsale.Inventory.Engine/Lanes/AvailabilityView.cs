using Onsale.Inventory.Collections;
using Onsale.Inventory.Seating;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// The committed availability of one event, for readers. The event's lane updates it after each commit; readers never
/// wait for a batch, only for the copying of some kilobytes. Keeps a bounded history to answer what changed since a
/// version.
/// </summary>
public sealed class AvailabilityView
{
    private const int MinLeaseCapacity = 256;

    private static readonly TimeSpan s_maxRefusalAge =
        TimeSpan.FromMilliseconds(LaneLimits.MaxRefusalAgeMilliseconds);

    private readonly Lock _gate = new();
    private readonly Queue<(long Version, int[] Seats)> _history = new();
    private readonly Dictionary<Guid, PaymentLease> _leases = [];
    private readonly TimeProvider _time;
    private int _historySeats;
    private PackedSeatStates _seats = new(0);
    private TierAvailability[] _tiers = [];
    private long _version = -1;
    private long _firstSinceVersion;
    private AvailabilitySnapshot? _snapshot;
    private long _freshSince;
    private JournalClock _clock;
    private DateTimeOffset? _nextHoldDeadline;
    private DateTimeOffset? _nextLeaseDeadline;
    private EventSettings? _settings;
    private IdempotencyKeyIndex _keys = new();

    internal AvailabilityView(TimeProvider time) => _time = time;

    /// <summary>Whether the event has been loaded.</summary>
    public bool IsLoaded => Volatile.Read(ref _version) >= 0;

    /// <summary>The version that readers see.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Time since this view was last known to contain everything the journal contains.</summary>
    public TimeSpan Age => _time.GetElapsedTime(Volatile.Read(ref _freshSince));

    /// <summary>Whether the time of a hold is over by the journal's clock.</summary>
    public bool HasDueHold
    {
        get
        {
            lock (_gate)
                return _nextHoldDeadline <= _clock.Now(_time);
        }
    }

    /// <summary>Whether the lease of a payment is over by the journal's clock.</summary>
    public bool HasEndedLease
    {
        get
        {
            lock (_gate)
                return _nextLeaseDeadline <= _clock.Now(_time);
        }
    }

    /// <summary>
    /// Payments whose lease is over by the journal's clock, earliest first. From memory: reads no table.
    /// </summary>
    public IReadOnlyList<PaymentLease> EndedLeases()
    {
        lock (_gate)
        {
            var now = _clock.Now(_time);
            if (!(_nextLeaseDeadline <= now))
                return [];
            return [.. _leases.Values.Where(lease => lease.EndsAt <= now)
                .OrderBy(lease => lease.EndsAt).ThenBy(lease => lease.BookingId)];
        }
    }

    /// <summary>The whole availability; the same object until the next change.</summary>
    public AvailabilitySnapshot Snapshot()
    {
        lock (_gate)
        {
            return _snapshot ??= new AvailabilitySnapshot(
                _version, _seats.Bytes.ToArray(), _seats.SeatCount, (TierAvailability[])_tiers.Clone());
        }
    }

    /// <summary>What changed after a version; null when the history does not reach back to it.</summary>
    public AvailabilityChanges? ChangesSince(long version) => Capture([version]).Changes.GetValueOrDefault(version);

    /// <summary>
    /// The whole availability and the changes from each of some versions to it, all as of one version. A version that
    /// the history does not reach back to is left out.
    /// </summary>
    public (AvailabilitySnapshot Snapshot, IReadOnlyDictionary<long, AvailabilityChanges> Changes) Capture(
        IEnumerable<long> since)
    {
        AvailabilitySnapshot snapshot;
        (long Version, int[] Seats)[] history;
        long first;
        // Only references are copied under the lock: the lane must not wait while many seats are sorted.
        lock (_gate)
            (snapshot, history, first) = (Snapshot(), [.. _history], _firstSinceVersion);

        var changes = new Dictionary<long, AvailabilityChanges>();
        foreach (var version in since)
        {
            if (version >= first && !changes.ContainsKey(version) && Between(version, snapshot, history) is { } found)
                changes.Add(version, found);
        }

        return (snapshot, changes);
    }

    /// <summary>
    /// Why a hold is refused, where that is certain without a batch: the event is not on sale, the seats are taken or
    /// the tier has too few places. In a sold-out rush and in the minute before a sale this is nearly every request,
    /// and none of them waits in the lane. Null: the lane must decide.
    /// </summary>
    /// <remarks>
    /// Not certain, so left to the lane: when the view is older than
    /// <see cref="LaneLimits.MaxRefusalAgeMilliseconds"/>; within that margin of the begin or end of the sales window
    /// and of the end of a hold; a request for more places than one buyer may have, or made for other settings; and a
    /// key that may have been used, because its first effect is the answer.
    /// </remarks>
    public Refusal? FindRefusal(HoldCommand command)
    {
        lock (_gate)
        {
            // What binds buyers does not bind who sells: the lane decides.
            if (command.IsBoxOffice || !IsLoaded || _settings is not { } settings
                || _time.GetElapsedTime(_freshSince) > s_maxRefusalAge
                || (command.SettingsVersion is { } version && version != settings.SettingsVersion)
                || (command.Key is { } key && _keys.FindBooking(key.KeyHash) is not null))
            {
                return null;
            }

            var now = _clock.Now(_time);
            if (IsCertainlyNotOnSale(settings, now))
                // A code may open what is closed to others: the lane knows.
                return IsWellFormed(command) && command.Code is null
                    ? new Refusal(RefusalReason.NotOnSale) { At = now }
                    : null;
            if (command.Requests is not [var request] || settings.Status != EventStatus.Published
                || now < settings.OnSaleAt || now >= settings.OffSaleAt || _nextHoldDeadline <= now + s_maxRefusalAge)
            {
                return null;
            }

            return request switch
            {
                SeatsRequest seats when seats.Seats.Length <= settings.MaxTicketsPerBuyer => FindTaken(seats),
                QuantityRequest { Quantity: > 0 } quantity when quantity.Quantity <= settings.MaxTicketsPerBuyer =>
                    FindSoldOut(quantity),
                _ => null,
            };
        }
    }

    /// <summary>Starts from a state that was loaded from the journal.</summary>
    /// <param name="inventory">The state.</param>
    /// <param name="followsHistory">
    /// False: the journal lost commits that were shown before, so changes since a version up to the loaded one cannot
    /// be told; its readers get the whole availability.
    /// </param>
    internal void Reset(EventInventory inventory, bool followsHistory = true)
    {
        lock (_gate)
        {
            _keys = inventory.Keys;
            _seats = inventory.Seats.Clone();
            _leases.Clear();
            foreach (var paying in inventory.FindPaying())
                _leases[paying.Id] = LeaseOf(paying);
            // Without the entries in between, what changed since an earlier version cannot be told.
            if (inventory.Version != _version || !followsHistory)
                ClearHistory();
            if (!followsHistory)
                _firstSinceVersion = inventory.Version + 1;
            ReadFrom(inventory, inventory.Version);
        }
    }

    /// <summary>Shows a committed entry. Says nothing about freshness: see <see cref="MarkFresh"/>.</summary>
    internal void Publish(LogEntry entry, EventInventory inventory)
    {
        var seats = SeatsOf(entry);
        lock (_gate)
        {
            foreach (var seat in seats)
                _seats[seat] = inventory.Seats[seat];
            foreach (var change in entry.Changes)
                ApplyLease(change);
            _history.Enqueue((entry.Version, seats));
            _historySeats += seats.Length;
            while (_history.Count > LaneLimits.MaxHistoryVersions
                || _historySeats > LaneLimits.MaxHistorySeats)
            {
                _historySeats -= _history.Dequeue().Seats.Length;
            }

            ReadFrom(inventory, entry.Version);
        }
    }

    /// <summary>The view contains everything that the journal contained at a moment.</summary>
    /// <param name="clock">The journal's clock as it was read.</param>
    /// <param name="freshSince">Timestamp of a moment at which no other node can have written.</param>
    internal void MarkFresh(JournalClock clock, long freshSince)
    {
        lock (_gate)
        {
            _clock = clock;
            Volatile.Write(ref _freshSince, freshSince);
        }
    }

    private static AvailabilityChanges? Between(
        long version, AvailabilitySnapshot snapshot, (long Version, int[] Seats)[] history)
    {
        if (version > snapshot.Version
            || (version < snapshot.Version && (history.Length == 0 || version < history[0].Version - 1)))
        {
            return null;
        }

        var seats = new List<int>();
        foreach (var (changedAt, changed) in history)
        {
            if (changedAt > version)
                seats.AddRange(changed);
        }

        seats.Sort();
        return new AvailabilityChanges(
            version, snapshot.Version, [.. seats.Distinct().Select(seat => (seat, snapshot.StateOf(seat)))],
            snapshot.Tiers);
    }

    private static int[] SeatsOf(LogEntry entry)
    {
        // A seat that changes twice in a batch is listed twice; readers take each once.
        var seats = new List<int>(entry.Changes.Count * 2);
        foreach (var change in entry.Changes)
        {
            if (change is SeatsBlocked blocked)
            {
                seats.AddRange(blocked.Seats.AsSpan());
            }
            else if (change is BookingMoved moved)
            {
                foreach (var (from, to) in moved.Moves)
                    seats.AddRange([from, to]);
            }
            else if (change is BookingChanged booking)
            {
                foreach (var place in booking.Booking.Places)
                {
                    if (place.IsSeat)
                        seats.Add(place.Seat);
                }
            }
        }

        return [.. seats];
    }

    private static PaymentLease LeaseOf(Booking booking) =>
        new(booking.Id, booking.Attempts, booking.PayingUntil!.Value);

    /// <summary>
    /// The margin covers the error of a clock that was read up to <see cref="LaneLimits.MaxRefusalAgeMilliseconds"/>
    /// ago.
    /// </summary>
    private static bool IsCertainlyNotOnSale(EventSettings settings, DateTimeOffset now) =>
        settings.Status != EventStatus.Published
        || now + s_maxRefusalAge < settings.OnSaleAt || now - s_maxRefusalAge >= settings.OffSaleAt;

    /// <summary>The lane refuses a malformed request for its form, whenever it is made.</summary>
    private static bool IsWellFormed(HoldCommand command)
    {
        foreach (var request in command.Requests)
        {
            if (request is not (SeatsRequest { Seats.Length: > 0 } or QuantityRequest { Quantity: > 0 }))
                return false;
        }

        return !command.Requests.IsEmpty;
    }

    private Refusal? FindTaken(SeatsRequest request)
    {
        List<int>? taken = null;
        foreach (var seat in request.Seats)
        {
            if ((uint)seat >= (uint)_seats.SeatCount)
                return null;
            if (_seats[seat] != SeatState.Available)
                (taken ??= []).Add(seat);
        }

        return taken is null ? null : new Refusal(RefusalReason.SeatsUnavailable) { Seats = taken };
    }

    private Refusal? FindSoldOut(QuantityRequest request)
    {
        if ((uint)request.Tier >= (uint)_tiers.Length || _tiers[request.Tier].Available >= request.Quantity)
            return null;
        return new Refusal(RefusalReason.SoldOut) { Tier = request.Tier, Available = _tiers[request.Tier].Available };
    }

    private void ApplyLease(Change change)
    {
        if (change is not BookingChanged { Booking: var booking } changed)
            return;
        if (booking.State == BookingState.Paying)
            _leases[booking.Id] = LeaseOf(booking);
        else if (changed.From == BookingState.Paying && _leases.Remove(booking.Id)
            && _leases.Capacity > MinLeaseCapacity && _leases.Count * 8 < _leases.Capacity)
            _leases.TrimExcess(_leases.Count * 2); // a dictionary keeps the room of its fullest moment
    }

    private void ReadFrom(EventInventory inventory, long version)
    {
        _settings = inventory.Settings;
        if (_tiers.Length != inventory.Settings.Tiers.Count)
            _tiers = new TierAvailability[inventory.Settings.Tiers.Count];
        for (var tier = 0; tier < _tiers.Length; tier++)
        {
            var counts = inventory.CountsOf(tier);
            _tiers[tier] = new TierAvailability(tier, counts.Total - counts.Blocked, counts.Available);
        }

        _nextHoldDeadline = inventory.NextHoldDeadline();
        _nextLeaseDeadline = inventory.NextLeaseDeadline();
        _snapshot = null;
        Volatile.Write(ref _version, version);
    }

    private void ClearHistory()
    {
        _history.Clear();
        _historySeats = 0;
    }
}

/// <summary>The journal's clock, going by the time that has passed here since it was read.</summary>
/// <param name="ReadAs">What it showed.</param>
/// <param name="ReadAt">Timestamp of the moment its reading arrived, before anything was decided by it.</param>
internal readonly record struct JournalClock(DateTimeOffset ReadAs, long ReadAt)
{
    public DateTimeOffset Now(TimeProvider time) => ReadAs + time.GetElapsedTime(ReadAt);
}

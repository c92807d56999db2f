using Onsale.Inventory.Collections;
using Onsale.Inventory.Seating;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>Places of a tier as a reader sees them.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Total">All places that are not kept from sale.</param>
/// <param name="Available">Places that can be held now.</param>
public readonly record struct TierAvailability(int Tier, int Total, int Available);

/// <summary>An event's availability at one version. Immutable.</summary>
/// <param name="Version">Inventory version.</param>
/// <param name="Seats">Two bits a seat by ordinal; see <see cref="PackedSeatStates"/>.</param>
/// <param name="SeatCount">Number of seats.</param>
/// <param name="Tiers">By tier number.</param>
public sealed record AvailabilitySnapshot(
    long Version, ReadOnlyMemory<byte> Seats, int SeatCount, IReadOnlyList<TierAvailability> Tiers)
{
    /// <summary>State of a seat.</summary>
    public SeatState StateOf(int seat) => (SeatState)((Seats.Span[seat >> 2] >> ((seat & 3) * 2)) & 3);
}

/// <summary>What changed between two versions: each seat once, in the state it has now.</summary>
/// <param name="From">The version this builds on.</param>
/// <param name="Version">The version it leads to.</param>
/// <param name="Seats">Changed seats, ascending, with their states.</param>
/// <param name="Tiers">All tiers as they are now.</param>
public sealed record AvailabilityChanges(
    long From, long Version, IReadOnlyList<(int Seat, SeatState State)> Seats, IReadOnlyList<TierAvailability> Tiers);

/// <summary>
/// The committed availability of one event, for readers. Written by the event's lane after each commit; readers never
/// wait for a batch, only for the copying of some kilobytes. Keeps a bounded history to answer what changed since a
/// version.
/// </summary>
public sealed class AvailabilityView
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Version, int[] Seats)> _history = new();
    private readonly TimeProvider _time;
    private int _historySeats;
    private PackedSeatStates _seats = new(0);
    private TierAvailability[] _tiers = [];
    private long _version = -1;
    private AvailabilitySnapshot? _snapshot;
    private long _freshSince;
    private DateTimeOffset _journalTime;
    private DateTimeOffset? _nextHoldDeadline;
    private DateTimeOffset? _nextLeaseDeadline;
    private EventSettings? _settings;
    private IdempotencyKeyIndex _keys = new();

    internal AvailabilityView(TimeProvider time) => _time = time;

    /// <summary>Whether there is something to read yet.</summary>
    public bool IsLoaded => Volatile.Read(ref _version) >= 0;

    /// <summary>The version that readers see.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Time since this was last known to be all that the journal holds.</summary>
    public TimeSpan Age => _time.GetElapsedTime(Volatile.Read(ref _freshSince));

    /// <summary>
    /// Whether a hold's time is over by the journal's clock, going by the time passed since it was read.
    /// </summary>
    public bool HasDueHold => IsOver(hold: true);

    /// <summary>Whether a payment's lease is over, likewise.</summary>
    public bool HasEndedLease => IsOver(hold: false);

    /// <summary>The whole availability; the same object until the next change.</summary>
    public AvailabilitySnapshot Snapshot()
    {
        lock (_gate)
        {
            return _snapshot ??= new AvailabilitySnapshot(
                _version, _seats.Bytes.ToArray(), _seats.SeatCount, (TierAvailability[])_tiers.Clone());
        }
    }

    /// <summary>What changed after a version; null when that version is not in the history (any more).</summary>
    public AvailabilityChanges? ChangesSince(long version) => Capture([version]).Changes.GetValueOrDefault(version);

    /// <summary>
    /// The whole availability and what led to it from each of some versions, all as of one and the same version; a
    /// version that is not in the history (any more) has none.
    /// </summary>
    public (AvailabilitySnapshot Snapshot, IReadOnlyDictionary<long, AvailabilityChanges> Changes) Capture(
        IEnumerable<long> since)
    {
        AvailabilitySnapshot snapshot;
        (long Version, int[] Seats)[] history;
        // Only references are copied under the lock: the lane must not wait while many seats are sorted.
        lock (_gate)
            (snapshot, history) = (Snapshot(), [.. _history]);

        var changes = new Dictionary<long, AvailabilityChanges>();
        foreach (var version in since)
        {
            if (!changes.ContainsKey(version) && Between(version, snapshot, history) is { } found)
                changes.Add(version, found);
        }

        return (snapshot, changes);
    }

    /// <summary>
    /// Why a hold is refused, where that is certain without a batch: the seats are taken or the tier has not so many
    /// places. In a sold-out rush this is nearly every request, and none of them waits in the lane then. Null: ask the
    /// lane.
    /// </summary>
    /// <remarks>
    /// Not certain: what is older than <see cref="LaneLimits.MaxRefusalAgeMilliseconds"/>; when a hold has ended,
    /// or is about to; outside the sales window; for more places than one buyer may have; and for a key that may have
    /// been used, since its first effect is the answer.
    /// </remarks>
    public Refusal? FindRefusal(HoldCommand command)
    {
        var maxAge = TimeSpan.FromMilliseconds(LaneLimits.MaxRefusalAgeMilliseconds);
        if (command.Requests is not [var request])
            return null;
        lock (_gate)
        {
            var age = _time.GetElapsedTime(_freshSince);
            var now = _journalTime + age;
            if (!IsLoaded || age > maxAge || _nextHoldDeadline <= now + maxAge
                || _settings is not { Status: EventStatus.Published }
                || now < _settings.OnSaleAt || now >= _settings.OffSaleAt
                || (command.Key is { } key && _keys.FindBooking(key.KeyHash) is not null))
            {
                return null;
            }

            return request switch
            {
                SeatsRequest seats when seats.Seats.Length <= _settings.MaxTicketsPerBuyer => FindTaken(seats),
                QuantityRequest { Quantity: > 0 } quantity when (uint)quantity.Tier < (uint)_tiers.Length
                    && quantity.Quantity <= _settings.MaxTicketsPerBuyer
                    && _tiers[quantity.Tier].Available < quantity.Quantity => new Refusal(RefusalReason.SoldOut)
                    {
                        Tier = quantity.Tier,
                        Available = _tiers[quantity.Tier].Available,
                    },
                _ => null,
            };
        }
    }

    internal void Reset(EventInventory inventory)
    {
        lock (_gate)
        {
            (_settings, _keys) = (inventory.Settings, inventory.Keys);
            _seats = inventory.Seats.Clone();
            // Without the entries in between, what changed since an earlier version cannot be told.
            if (inventory.Version != _version)
                ClearHistory();
            ReadFrom(inventory, inventory.Version);
        }
    }

    internal void Publish(LogEntry entry, EventInventory inventory)
    {
        var seats = SeatsOf(entry);
        lock (_gate)
        {
            foreach (var seat in seats)
                _seats[seat] = inventory.Seats[seat];
            _history.Enqueue((entry.Version, seats));
            _historySeats += seats.Length;
            while (_history.Count > LaneLimits.MaxHistoryVersions
                || _historySeats > LaneLimits.MaxHistorySeats)
            {
                _historySeats -= _history.Dequeue().Seats.Length;
            }

            ReadFrom(inventory, entry.Version);
            _journalTime = entry.At;
        }

        MarkFresh(entry.At);
    }

    /// <summary>The journal was read and holds nothing that is not here.</summary>
    internal void MarkFresh(DateTimeOffset journalTime)
    {
        lock (_gate)
        {
            _journalTime = journalTime;
            Volatile.Write(ref _freshSince, _time.GetTimestamp());
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
        // A seat that changes twice in a batch is there twice; readers take each once.
        var seats = new List<int>(entry.Changes.Count * 2);
        foreach (var change in entry.Changes)
        {
            if (change is SeatsBlocked blocked)
            {
                seats.AddRange(blocked.Seats.AsSpan());
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

    private void ReadFrom(EventInventory inventory, long version)
    {
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

    private bool IsOver(bool hold)
    {
        lock (_gate)
        {
            return (hold ? _nextHoldDeadline : _nextLeaseDeadline) <= _journalTime + _time.GetElapsedTime(_freshSince);
        }
    }

    private void ClearHistory()
    {
        _history.Clear();
        _historySeats = 0;
    }
}

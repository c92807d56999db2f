using System.Runtime.InteropServices;

namespace Onsale.Inventory.Collections;

/// <summary>
/// An event's held and paying bookings, and which of them runs out next. Kept as flat records without an object each:
/// in an on-sale there are tens of thousands, and they come and go as fast as the event sells.
/// </summary>
/// <remarks>
/// Records are dense: the last one takes the place of one that is removed. Their places lie one after another in a
/// second array, which is put together anew when most of it is no longer used.
/// </remarks>
internal sealed class LiveBookings
{
    // Some 45 KB: below what the runtime puts on the heap of large objects.
    private const int RecordsInChunk = 512;
    private const int MinPlaces = 64;

    // Of the byte that a record has for its state and its extensions.
    private const int StateBits = 3;
    private const int StateMask = (1 << StateBits) - 1;

    private readonly List<Record[]> _chunks = [];
    private readonly DeadlineHeap _holds;
    private readonly DeadlineHeap _leases;

    private readonly IdIndex _index;
    private readonly List<Place> _kinds = [];

    // Beside the records: hardly any booking has one.
    private readonly Dictionary<Guid, int> _codes = [];
    private StoredPlace[] _places = new StoredPlace[MinPlaces];
    private int _placesEnd;
    private int _placesInUse;

    public LiveBookings() =>
        (_index, _holds, _leases) = (
            new IdIndex(number => At(number).Id), new DeadlineHeap(this), new DeadlineHeap(this));

    public int Count { get; private set; }

    /// <summary>When the next hold ends.</summary>
    public DateTimeOffset? NextHoldDeadline => _holds.First is { } first ? InstantOf(At(first).HeldUntil) : null;

    /// <summary>When the next payment's lease ends.</summary>
    public DateTimeOffset? NextLeaseDeadline => _leases.First is { } first ? InstantOf(At(first).PayingUntil) : null;

    /// <summary>The held booking that ends first; of several that end together, the one of the lowest id.</summary>
    public Booking? NextHold => _holds.First is { } first ? Read(first) : null;

    public Booking? Find(Guid id) => _index.Find(id) is var number and >= 0 ? Read(number) : null;

    /// <summary>Hash of the address range that a booking here was held from; 0: none.</summary>
    public long AddressRangeOf(Guid id) => _index.Find(id) is var number and >= 0 ? At(number).AddressRange : 0;

    public BookingState? StateOf(Guid id) => _index.Find(id) is var number and >= 0 ? At(number).State : null;

    /// <summary>Paying bookings, in no particular order.</summary>
    public IEnumerable<Booking> FindPaying()
    {
        for (var number = 0; number < Count; number++)
        {
            if (At(number).IsPaying)
                yield return Read(number);
        }
    }

    /// <summary>Bookings that last changed before an instant, in no particular order.</summary>
    public IEnumerable<Booking> FindChangedBefore(DateTimeOffset instant)
    {
        for (var number = 0; number < Count; number++)
        {
            if (At(number).ChangedAt < instant.UtcTicks)
                yield return Read(number);
        }
    }

    /// <summary>
    /// Takes a booking in, or what became of one that is here. Its places, code and address range never change.
    /// </summary>
    public void Set(Booking booking)
    {
        var number = _index.Find(booking.Id);
        if (number < 0)
        {
            Add(booking);
            return;
        }

        ref var record = ref At(number);
        HeapOf(record).Remove(record.HeapPosition);
        Write(booking, ref record);
        HeapOf(record).Add(number);
    }

    /// <summary>Lets go of a booking, if it is here.</summary>
    public void Remove(Guid id)
    {
        var (number, last) = (_index.Find(id), Count - 1);
        if (number < 0)
            return;
        ref var record = ref At(number);
        HeapOf(record).Remove(record.HeapPosition);
        _placesInUse -= record.PlaceCount;
        _codes.Remove(id);
        _index.Remove(number);
        if (number != last)
        {
            _index.Renumber(last, number);
            record = At(last);
            HeapOf(record).Renumber(record.HeapPosition, number);
        }

        Count--;
        // One empty chunk stays: a number of bookings about the border must not make one and drop it all the time.
        if (_chunks.Count > ((Count + RecordsInChunk - 1) / RecordsInChunk) + 1)
            _chunks.RemoveAt(_chunks.Count - 1);
        if (_placesEnd > MinPlaces && _placesInUse * 4 < _placesEnd)
            PackPlaces(_placesInUse * 2);
    }

    /// <summary>
    /// Whether a booking runs out before another: never both ways, so that the order is one on every node.
    /// </summary>
    internal bool IsBefore(int number, int other)
    {
        ref readonly var record = ref At(number);
        ref readonly var than = ref At(other);
        return record.Deadline != than.Deadline ? record.Deadline < than.Deadline : record.Id.CompareTo(than.Id) < 0;
    }

    internal void SetHeapPosition(int number, int position) => At(number).HeapPosition = position;

    private static DateTimeOffset InstantOf(long utcTicks) => new(utcTicks, TimeSpan.Zero);

    private ref Record At(int number) => ref _chunks[number / RecordsInChunk][number % RecordsInChunk];

    private DeadlineHeap HeapOf(in Record record) => record.IsPaying ? _leases : _holds;

    private void Add(Booking booking)
    {
        // Before it counts as a record: making room for its places goes through all records there are.
        var firstPlace = Store(booking.Places.AsSpan());
        var number = Count++;
        if (number / RecordsInChunk == _chunks.Count)
            _chunks.Add(new Record[RecordsInChunk]);
        ref var record = ref At(number);
        (record.FirstPlace, record.PlaceCount) = (firstPlace, checked((byte)booking.Places.Length));
        record.AddressRange = booking.AddressRange;
        Write(booking, ref record);
        _index.Add(number);
        HeapOf(record).Add(number);
        if (booking.Code is { } code)
            _codes.Add(booking.Id, code);
    }

    private static void Write(Booking booking, ref Record record)
    {
        (record.Id, record.BuyerId) = (booking.Id, booking.BuyerId);
        (record.State, record.Extensions) = (booking.State, booking.Extensions);
        record.Attempts = checked((short)booking.Attempts);
        (record.HoldVersion, record.VersionsSince) =
            (booking.HoldVersion, checked((int)(booking.Version - booking.HoldVersion)));
        (record.CreatedAt, record.ChangedAt) = (booking.CreatedAt.UtcTicks, booking.ChangedAt.UtcTicks);
        (record.HeldUntil, record.PayingUntil) = (booking.HeldUntil.UtcTicks, booking.PayingUntil?.UtcTicks ?? 0);
    }

    private Booking Read(int number)
    {
        ref readonly var record = ref At(number);
        var places = new Place[record.PlaceCount];
        for (var i = 0; i < places.Length; i++)
        {
            var (seat, kind) = _places[record.FirstPlace + i];
            places[i] = _kinds[kind] with { Seat = seat };
        }

        return new Booking
        {
            Id = record.Id,
            BuyerId = record.BuyerId,
            AddressRange = record.AddressRange,
            Code = _codes.Count > 0 && _codes.TryGetValue(record.Id, out var code) ? code : null,
            State = record.State,
            HeldUntil = InstantOf(record.HeldUntil),
            PayingUntil = record.IsPaying ? InstantOf(record.PayingUntil) : null,
            Extensions = record.Extensions,
            Attempts = record.Attempts,
            HoldVersion = record.HoldVersion,
            Version = record.HoldVersion + record.VersionsSince,
            CreatedAt = InstantOf(record.CreatedAt),
            ChangedAt = InstantOf(record.ChangedAt),
            Places = ImmutableCollectionsMarshal.AsImmutableArray(places),
        };
    }

    private int Store(ReadOnlySpan<Place> places)
    {
        if (_placesEnd + places.Length > _places.Length)
            PackPlaces(_placesInUse + Math.Max(places.Length, _placesInUse / 4));
        var first = _placesEnd;
        foreach (var place in places)
            _places[_placesEnd++] = new StoredPlace(place.Seat, checked((ushort)KindOf(place)));
        _placesInUse += places.Length;
        return first;
    }

    /// <summary>
    /// A few: one a tier, and one more for each price that live bookings were made at, by a code or before it changed.
    /// </summary>
    private int KindOf(Place place)
    {
        place = place with { Seat = Place.ByQuantity };
        var kind = _kinds.IndexOf(place);
        if (kind < 0)
        {
            kind = _kinds.Count;
            _kinds.Add(place);
        }

        return kind;
    }

    private void PackPlaces(int capacity)
    {
        var packed = new StoredPlace[Math.Max(capacity, MinPlaces)];
        var end = 0;
        for (var number = 0; number < Count; number++)
        {
            ref var record = ref At(number);
            _places.AsSpan(record.FirstPlace, record.PlaceCount).CopyTo(packed.AsSpan(end));
            record.FirstPlace = end;
            end += record.PlaceCount;
        }

        (_places, _placesEnd) = (packed, end);
    }

    [StructLayout(LayoutKind.Sequential, Pack = sizeof(ushort))]
    private readonly record struct StoredPlace(int Seat, ushort Kind);

    private struct Record
    {
        public Guid Id;
        public Guid BuyerId;
        public long AddressRange;
        public long HeldUntil;
        public long PayingUntil;
        public long CreatedAt;
        public long ChangedAt;
        public long HoldVersion;
        public int VersionsSince;
        public int FirstPlace;
        public int HeapPosition;
        public short Attempts;
        public byte PlaceCount;
        private byte _stateAndExtensions; // last, where it fills a gap: 96 bytes a record

        public BookingState State
        {
            readonly get => (BookingState)(_stateAndExtensions & StateMask);
            set => _stateAndExtensions = (byte)((_stateAndExtensions & ~StateMask) | (byte)value);
        }

        public int Extensions
        {
            readonly get => _stateAndExtensions >> StateBits;
            set => _stateAndExtensions = checked((byte)((value << StateBits) | (_stateAndExtensions & StateMask)));
        }

        public readonly bool IsPaying => PayingUntil != 0;

        /// <summary>In ticks of UTC, as all instants here.</summary>
        public readonly long Deadline => IsPaying ? PayingUntil : HeldUntil;
    }
}

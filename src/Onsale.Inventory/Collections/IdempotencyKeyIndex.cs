using System.Buffers.Binary;

namespace Onsale.Inventory.Collections;

/// <summary>
/// The booking that each idempotency key of the last day made. The id of such a booking consists of its time and of 74
/// bits of its key's hash; so every node that reads the booking in the change log learns of the key, and only the time
/// is kept here with 62 bits of the hash: some twenty bytes a key. Forgotten one to two lifetimes of a key after its
/// use.
/// </summary>
/// <remarks>
/// Any thread may search while the event's lane adds. A result is where to look: the booking holds the whole hash.
/// <para>
/// The hash needs no server secret. It covers the buyer, so colliding keys are one buyer's own; making a pair takes
/// 2^37 hashes, and using it harms nobody else: in different milliseconds the two keys are two requests, in the same
/// millisecond the second is refused as a mismatch.
/// </para>
/// <para>
/// Times in ids are those of the nodes' clocks. In memory they may be weeks apart; loading an event finds the keys of
/// nodes whose clock is off by up to a key's lifetime, 24 hours.
/// </para>
/// </remarks>
public sealed class IdempotencyKeyIndex
{
    private const int TimeBytes = 6;
    private const ulong MarkBits = 0x3FFF_FFFF_FFFF_FFFF;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(InventoryLimits.IdempotencyKeyHours);

    private readonly Lock _gate = new();
    private MarkSet _young = new();
    private MarkSet _old = new();
    private DateTimeOffset _youngSince = DateTimeOffset.MinValue;

    /// <summary>The id of a booking that a key makes.</summary>
    /// <param name="id">A UUIDv7: its time, version and variant stay, its random bits are replaced by the
    /// key's.</param>
    /// <param name="keyHash">See <see cref="IdempotencyKey"/>.</param>
    public static Guid EmbedKeyHash(Guid id, Guid keyHash) => IdOf(TimeOf(id), keyHash);

    /// <summary>The id of a booking that a key makes at a time.</summary>
    public static Guid EmbedKeyHash(DateTimeOffset at, Guid keyHash) => IdOf(at.ToUnixTimeMilliseconds(), keyHash);

    /// <summary>The booking that a key made in its lifetime, if this state has seen it; null: none.</summary>
    public Guid? FindBooking(Guid keyHash)
    {
        var mark = MarkOf(keyHash);
        lock (_gate)
        {
            return _young.TryFind(mark, out var time) || _old.TryFind(mark, out time) ? IdOf(time, keyHash) : null;
        }
    }

    /// <summary>Adds a booking that a key made.</summary>
    internal void Add(Guid bookingId, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (at - _youngSince > s_lifetime)
                (_old, _young, _youngSince) = (_young, new MarkSet(), at);
            _young.Set(MarkOf(bookingId), TimeOf(bookingId));
        }
    }

    /// <summary>UUIDv7 of RFC 9562: 48 bits of milliseconds, version 7, and variant 2 after 12 more bits.</summary>
    private static Guid IdOf(long time, Guid keyHash)
    {
        Span<byte> bytes = stackalloc byte[16];
        keyHash.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(time >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)time);
        bytes[TimeBytes] = (byte)(0x70 | (bytes[TimeBytes] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private static long TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
    }

    private static ulong MarkOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & MarkBits;
    }

    /// <summary>Marks with their times in slots of twelve bytes, linear probing, at most four of five taken.</summary>
    private sealed class MarkSet
    {
        private const int MinSlots = 16;

        // 0: free. Marks are hashes already, so a mark of 0 may stand for 1.
        private ulong[] _marks = new ulong[MinSlots];

        // Milliseconds after the first one's: 24 days in either direction fit.
        private int[] _times = new int[MinSlots];
        private long _firstTime;
        private int _count;

        public bool TryFind(ulong mark, out long time)
        {
            var slot = SlotOf(Math.Max(mark, 1));
            time = _firstTime + _times[slot];
            return _marks[slot] != 0;
        }

        public void Set(ulong mark, long time)
        {
            if ((_count + 1) * 5 > _marks.Length * 4)
                Grow();
            if (_count == 0)
                _firstTime = time;
            var slot = SlotOf(Math.Max(mark, 1));
            if (_marks[slot] == 0)
                _count++;
            _marks[slot] = Math.Max(mark, 1);
            _times[slot] = (int)(time - _firstTime);
        }

        private int SlotOf(ulong mark)
        {
            var mask = _marks.Length - 1;
            var slot = (int)mark & mask;
            while (_marks[slot] != 0 && _marks[slot] != mark)
                slot = (slot + 1) & mask;
            return slot;
        }

        private void Grow()
        {
            var (marks, times) = (_marks, _times);
            _marks = new ulong[marks.Length * 2];
            _times = new int[marks.Length * 2];
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == 0)
                    continue;
                var slot = SlotOf(marks[i]);
                (_marks[slot], _times[slot]) = (marks[i], times[i]);
            }
        }
    }
}

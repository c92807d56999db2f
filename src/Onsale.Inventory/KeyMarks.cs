using System.Buffers.Binary;

namespace Onsale.Inventory;

/// <summary>
/// Which idempotency keys may have been used lately: certain when it says no. A key leaves a mark of 62 bits in the id
/// of the booking it makes, so that whoever sees the booking in the change log knows of the key, on whatever node. Some
/// ten bytes a key; a mark is forgotten one to two lifetimes of a key after it was made.
/// </summary>
/// <remarks>Any thread may ask while the event's lane adds.</remarks>
public sealed class KeyMarks
{
    private const ulong MarkBits = 0x3FFF_FFFF_FFFF_FFFF;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(InventoryLimits.IdempotencyKeyHours);

    private readonly Lock _gate = new();
    private MarkSet _young = new();
    private MarkSet _old = new();
    private DateTimeOffset _youngSince = DateTimeOffset.MinValue;

    /// <summary>A booking's id that carries the mark of the key that makes it.</summary>
    /// <param name="id">A UUIDv7: its time, version and variant stay, its random bits give way.</param>
    /// <param name="keyHash">See <see cref="IdempotencyKey"/>.</param>
    public static Guid Carry(Guid id, Guid keyHash)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (low & ~MarkBits) | MarkOf(keyHash));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>False: the key was not used in its lifetime, by any booking this state knows of.</summary>
    public bool MayHave(Guid keyHash)
    {
        var mark = MarkOf(keyHash);
        lock (_gate)
            return _young.Contains(mark) || _old.Contains(mark);
    }

    /// <summary>Takes in the mark of a key (or of the booking it made).</summary>
    internal void Add(Guid keyHashOrBookingId, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (at - _youngSince > s_lifetime)
                (_old, _young, _youngSince) = (_young, new MarkSet(), at);
            _young.Add(MarkOf(keyHashOrBookingId));
        }
    }

    private static ulong MarkOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & MarkBits;
    }

    /// <summary>Marks in slots of eight bytes, linear probing, at most four of five taken.</summary>
    private sealed class MarkSet
    {
        private const int MinSlots = 16;

        // 0: free. Marks are hashes already, so a mark of 0 may stand for 1.
        private ulong[] _slots = new ulong[MinSlots];
        private int _count;

        public bool Contains(ulong mark) => _slots[SlotOf(Math.Max(mark, 1))] != 0;

        public void Add(ulong mark)
        {
            if ((_count + 1) * 5 > _slots.Length * 4)
                Grow();
            ref var slot = ref _slots[SlotOf(Math.Max(mark, 1))];
            if (slot != 0)
                return;
            slot = Math.Max(mark, 1);
            _count++;
        }

        private int SlotOf(ulong mark)
        {
            var mask = _slots.Length - 1;
            var slot = (int)mark & mask;
            while (_slots[slot] != 0 && _slots[slot] != mark)
                slot = (slot + 1) & mask;
            return slot;
        }

        private void Grow()
        {
            var old = _slots;
            _slots = new ulong[old.Length * 2];
            foreach (var mark in old)
            {
                if (mark != 0)
                    _slots[SlotOf(mark)] = mark;
            }
        }
    }
}

namespace Onsale.Inventory.Collections;

/// <summary>
/// Finds records by their ids: four bytes a slot, at most four of five slots taken. The ids stay in the records, which
/// are numbered 0, 1, 2, … A dictionary would keep every id twice, and a hash code and a link beside it.
/// </summary>
/// <remarks>
/// Linear probing; removal moves later entries of the run back, so that no slot is ever marked as deleted.
/// </remarks>
/// <param name="idOf">The id of the record with a number.</param>
internal sealed class IdIndex(Func<int, Guid> idOf)
{
    private const int MinSlots = 16;

    // A record's number plus one; 0: free. As many as a power of two.
    private int[] _slots = new int[MinSlots];
    private int _count;

    /// <summary>The number of the record with an id, or −1.</summary>
    public int Find(Guid id) => _slots[SlotOf(id)] - 1;

    /// <summary>Takes in a record whose id is not here.</summary>
    public void Add(int number)
    {
        if ((_count + 1) * 5 > _slots.Length * 4)
            Resize(_slots.Length * 2);
        _slots[SlotOf(idOf(number))] = number + 1;
        _count++;
    }

    /// <summary>
    /// A record moves to another number; both places still have its id, or the new one does not matter yet.
    /// </summary>
    public void Renumber(int number, int to) => _slots[SlotOf(idOf(number))] = to + 1;

    /// <summary>Forgets a record that still has its id.</summary>
    public void Remove(int number)
    {
        var slot = SlotOf(idOf(number));
        var mask = _slots.Length - 1;
        for (var next = (slot + 1) & mask; _slots[next] != 0; next = (next + 1) & mask)
        {
            // An entry may move to the gap unless its own place lies behind the gap.
            if (((next - HomeOf(idOf(_slots[next] - 1))) & mask) < ((next - slot) & mask))
                continue;
            _slots[slot] = _slots[next];
            slot = next;
        }

        _slots[slot] = 0;
        _count--;
        if (_slots.Length > MinSlots && _count * 8 < _slots.Length)
            Resize(_slots.Length / 2);
    }

    /// <summary>The slot of an id, or the free one where it belongs.</summary>
    private int SlotOf(Guid id)
    {
        var mask = _slots.Length - 1;
        var slot = HomeOf(id);
        while (_slots[slot] != 0 && idOf(_slots[slot] - 1) != id)
            slot = (slot + 1) & mask;
        return slot;
    }

    // Fibonacci hashing: the upper bits of the product depend on all bits of the hash.
    private int HomeOf(Guid id) =>
        (int)(((uint)id.GetHashCode() * 0x9E3779B1u) >> (32 - int.TrailingZeroCount(_slots.Length)));

    private void Resize(int slots)
    {
        var old = _slots;
        _slots = new int[slots];
        foreach (var entry in old)
        {
            if (entry != 0)
                _slots[SlotOf(idOf(entry - 1))] = entry;
        }
    }
}

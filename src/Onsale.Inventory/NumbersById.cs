namespace Onsale.Inventory;

/// <summary>
/// Whole numbers by id, in two flat arrays: 20 bytes a slot, at most four of five slots taken. A sold-out stadium counts
/// tens of thousands of buyers, for which a dictionary takes twice the room. An id that is not there has the number 0.
/// </summary>
/// <remarks>Linear probing; removal moves later entries of the run back, so that no slot is ever marked as deleted.</remarks>
internal sealed class NumbersById
{
    private const int MinSlots = 16;

    private Guid[] _ids = new Guid[MinSlots];
    private int[] _numbers = new int[MinSlots];

    /// <summary>Ids whose number is not 0.</summary>
    public int Count { get; private set; }

    /// <summary>An id's number; setting 0 removes it.</summary>
    public int this[Guid id]
    {
        get => _numbers[SlotOf(id)];
        set
        {
            var slot = SlotOf(id);
            if (value == 0)
                RemoveAt(slot);
            else if (_numbers[slot] != 0)
                _numbers[slot] = value;
            else
                Add(id, value);
        }
    }

    private void Add(Guid id, int number)
    {
        if ((Count + 1) * 5 > _ids.Length * 4)
            Resize(_ids.Length * 2);
        var slot = SlotOf(id);
        (_ids[slot], _numbers[slot]) = (id, number);
        Count++;
    }

    private void RemoveAt(int slot)
    {
        if (_numbers[slot] == 0)
            return;
        Count--;
        if (_ids.Length > MinSlots && Count * 8 < _ids.Length)
        {
            _numbers[slot] = 0;
            Resize(_ids.Length / 2);
            return;
        }

        var mask = _ids.Length - 1;
        for (var next = (slot + 1) & mask; _numbers[next] != 0; next = (next + 1) & mask)
        {
            // An entry may move to the gap unless its own place lies behind the gap.
            if (((next - HomeOf(_ids[next])) & mask) < ((next - slot) & mask))
                continue;
            (_ids[slot], _numbers[slot]) = (_ids[next], _numbers[next]);
            slot = next;
        }

        _numbers[slot] = 0;
    }

    /// <summary>The slot of an id, or the free one where it belongs.</summary>
    private int SlotOf(Guid id)
    {
        var mask = _ids.Length - 1;
        var slot = HomeOf(id);
        while (_numbers[slot] != 0 && _ids[slot] != id)
            slot = (slot + 1) & mask;
        return slot;
    }

    // Fibonacci hashing: the upper bits of the product depend on all bits of the hash. The slots are a power of two.
    private int HomeOf(Guid id) =>
        (int)(((uint)id.GetHashCode() * 0x9E3779B1u) >> (32 - int.TrailingZeroCount(_ids.Length)));

    private void Resize(int slots)
    {
        var (ids, numbers) = (_ids, _numbers);
        (_ids, _numbers) = (new Guid[slots], new int[slots]);
        for (var i = 0; i < ids.Length; i++)
        {
            if (numbers[i] == 0)
                continue;
            var slot = SlotOf(ids[i]);
            (_ids[slot], _numbers[slot]) = (ids[i], numbers[i]);
        }
    }
}

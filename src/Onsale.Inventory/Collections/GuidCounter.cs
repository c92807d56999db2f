namespace Onsale.Inventory.Collections;

/// <summary>
/// Whole numbers by id, without an object or a gap each: a sold-out stadium counts tens of thousands of buyers. An id
/// that is not there has the number 0.
/// </summary>
internal sealed class GuidCounter
{
    private const int MinCapacity = 16;

    // A part of what is there; doubling would leave up to half of it unused.
    private const int GrowthDivisor = 8;

    private readonly List<(Guid Id, int Number)> _entries = new(MinCapacity);
    private readonly IdIndex _index;

    public GuidCounter() => _index = new IdIndex(entry => _entries[entry].Id);

    /// <summary>Ids whose number is not 0.</summary>
    public int Count => _entries.Count;

    /// <summary>An id's number; setting 0 removes it.</summary>
    public int this[Guid id]
    {
        get => _index.Find(id) is var entry and >= 0 ? _entries[entry].Number : 0;
        set
        {
            var entry = _index.Find(id);
            if (value == 0 && entry >= 0)
            {
                RemoveAt(entry);
            }
            else if (entry >= 0)
            {
                _entries[entry] = (id, value);
            }
            else if (value != 0)
            {
                if (_entries.Count == _entries.Capacity)
                    _entries.Capacity += Math.Max(MinCapacity, _entries.Count / GrowthDivisor);
                _entries.Add((id, value));
                _index.Add(_entries.Count - 1);
            }
        }
    }

    private void RemoveAt(int entry)
    {
        var last = _entries.Count - 1;
        _index.Remove(entry);
        if (entry != last)
        {
            _index.Renumber(last, entry);
            _entries[entry] = _entries[last];
        }

        _entries.RemoveAt(last);
        if (_entries.Capacity > MinCapacity && _entries.Count * 4 < _entries.Capacity)
            _entries.Capacity = Math.Max(_entries.Count * 2, MinCapacity);
    }
}

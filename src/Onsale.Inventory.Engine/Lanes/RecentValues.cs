using System.Diagnostics.CodeAnalysis;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Values of the last moments by id, at most so many: two generations, of which the older is forgotten when the younger
/// is full or old. A value is kept for at least half of its lifetime unless more of them come than fit, and never for
/// longer than the whole.
/// </summary>
internal sealed class RecentValues<TValue>(int maxValues, TimeSpan lifetime, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Dictionary<Guid, TValue> _younger = [];
    private Dictionary<Guid, TValue> _older = [];
    private long _since = time.GetTimestamp();

    public bool TryGet(Guid id, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            Age();
            return _younger.TryGetValue(id, out value) || _older.TryGetValue(id, out value);
        }
    }

    public void Set(Guid id, TValue value)
    {
        lock (_gate)
        {
            Age();
            if (_younger.Count >= maxValues / 2)
                Turn();
            _younger[id] = value;
        }
    }

    /// <summary>Each generation lasts half of the lifetime, so no value outlives the whole of it.</summary>
    private void Age()
    {
        var elapsed = time.GetElapsedTime(_since);
        if (elapsed < lifetime / 2)
            return;
        if (elapsed >= lifetime)
            _younger = [];
        Turn();
    }

    private void Turn()
    {
        (_older, _younger) = (_younger, []);
        _since = time.GetTimestamp();
    }
}

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Ids of the last seconds, at most so many: two generations, of which the older is forgotten when the younger is full
/// or old. An id is kept for at least half of the time unless more of them come than fit.
/// </summary>
internal sealed class RecentIds(int maxIds, TimeSpan lifetime, TimeProvider time)
{
    private readonly Lock _gate = new();
    private HashSet<Guid> _younger = [];
    private HashSet<Guid> _older = [];
    private long _since = time.GetTimestamp();

    public bool Contains(Guid id)
    {
        lock (_gate)
        {
            Age();
            return _younger.Contains(id) || _older.Contains(id);
        }
    }

    public void Add(Guid id)
    {
        lock (_gate)
        {
            Age();
            if (_younger.Count >= maxIds / 2)
                Turn();
            _younger.Add(id);
        }
    }

    /// <summary>Each generation lasts half of the lifetime, so no id outlives the whole of it.</summary>
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

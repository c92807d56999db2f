namespace Onsale.Platform.Caching;

/// <summary>
/// Keeps loaded values until the weight of all entries passes a bound, then evicts the least recently used. A key is
/// loaded once however many callers ask for it together; a failed load is not kept.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(long maxWeight, Func<TValue, long> weigh)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private long _weight;

    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <param name="key">The key.</param>
    /// <param name="load">Runs once a key, for all callers; null means that there is no such value.</param>
    /// <param name="cancellationToken">Ends this caller's waiting, never the loading itself.</param>
    public Task<TValue?> GetAsync(TKey key, Func<TKey, Task<TValue?>> load, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var node))
            {
                if (node != _byUse.First)
                {
                    _byUse.Remove(node);
                    _byUse.AddFirst(node);
                }
            }
            else
            {
                node = BeginLoading(key, load);
            }

            return node.Value.Loading!.WaitAsync(cancellationToken);
        }
    }

    private LinkedListNode<Entry> BeginLoading(TKey key, Func<TKey, Task<TValue?>> load)
    {
        var node = _byUse.AddFirst(new Entry(key));
        _entries.Add(key, node);
        // Off this thread: the loader's synchronous part must not run inside the gate.
        node.Value.Loading = Task.Run(() => LoadAsync(node, load), CancellationToken.None);
        return node;
    }

    private async Task<TValue?> LoadAsync(LinkedListNode<Entry> node, Func<TKey, Task<TValue?>> load)
    {
        TValue? value = null;
        try
        {
            value = await load(node.Value.Key);
            return value;
        }
        finally
        {
            lock (_gate)
            {
                if (value is null)
                    Remove(node);
                else
                    Weigh(node.Value, weigh(value));
            }
        }
    }

    private void Weigh(Entry entry, long weight)
    {
        entry.Weight = weight;
        _weight += weight;
        var oldest = _byUse.Last;
        while (_weight > maxWeight && oldest is not null)
        {
            var next = oldest.Previous;
            // What is still loading weighs nothing yet, and the newest stays even if it alone is too heavy.
            if (oldest.Value.Weight > 0 && oldest.Value != entry)
                Remove(oldest);
            oldest = next;
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Key);
        _byUse.Remove(node);
        _weight -= node.Value.Weight;
    }

    private sealed class Entry(TKey key)
    {
        public TKey Key => key;

        public Task<TValue?>? Loading { get; set; }

        public long Weight { get; set; }
    }
}

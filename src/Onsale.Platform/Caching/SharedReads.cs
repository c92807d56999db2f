namespace Onsale.Platform.Caching;

/// <summary>
/// One read for all who ask while another is under way. It begins after each of them has asked, so nobody gets an
/// answer that is older than the question; a crowd costs two reads at a time, however large it is.
/// </summary>
internal sealed class SharedReads<TKey, TValue>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Entry> _entries = [];

    /// <param name="key">What is asked for.</param>
    /// <param name="read">Reads it, for all who wait; a failure is theirs together, and not kept.</param>
    /// <param name="cancellationToken">Ends this caller's waiting, never the reading itself.</param>
    public Task<TValue> GetAsync(TKey key, Func<TKey, Task<TValue>> read, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry))
                return (entry.Next ??= AfterAsync(entry.Current!, key, entry, read)).WaitAsync(cancellationToken);
            entry = new Entry();
            _entries.Add(key, entry);
            // Off this thread: the reader's synchronous part must not run inside the gate.
            entry.Current = Task.Run(() => ReadAsync(key, entry, read), CancellationToken.None);
            return entry.Current.WaitAsync(cancellationToken);
        }
    }

    private async Task<TValue> AfterAsync(Task current, TKey key, Entry entry, Func<TKey, Task<TValue>> read)
    {
        // How that one ends is for those who wait for it.
        await current.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        return await ReadAsync(key, entry, read);
    }

    private async Task<TValue> ReadAsync(TKey key, Entry entry, Func<TKey, Task<TValue>> read)
    {
        try
        {
            return await read(key);
        }
        finally
        {
            lock (_gate)
            {
                if (entry.Next is { } next)
                    (entry.Current, entry.Next) = (next, null);
                else
                    _entries.Remove(key);
            }
        }
    }

    private sealed class Entry
    {
        public Task<TValue>? Current { get; set; }

        /// <summary>The read that begins when the current one has ended.</summary>
        public Task<TValue>? Next { get; set; }
    }
}

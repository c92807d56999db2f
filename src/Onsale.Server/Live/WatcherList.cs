namespace Onsale.Server.Live;

/// <summary>
/// Watchers of a feed: added and removed at no cost however many there are, and copied only after a change. Ten
/// thousand that leave at once must not search a list ten thousand times. Not thread-safe.
/// </summary>
internal sealed class WatcherList
{
    private readonly List<Watcher> _watchers = [];
    private Watcher[]? _copy;

    public int Count => _watchers.Count;

    public void Add(Watcher watcher)
    {
        watcher.Slot = _watchers.Count;
        _watchers.Add(watcher);
        _copy = null;
    }

    public void Remove(Watcher watcher)
    {
        var last = _watchers[^1];
        (_watchers[watcher.Slot], last.Slot) = (last, watcher.Slot);
        _watchers.RemoveAt(_watchers.Count - 1);
        _copy = null;
    }

    /// <summary>All of them, to be read only.</summary>
    public Watcher[] ToArray() => _copy ??= [.. _watchers];
}

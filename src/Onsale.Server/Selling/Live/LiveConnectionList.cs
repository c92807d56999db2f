namespace Onsale.Server.Selling.Live;

/// <summary>
/// Watchers of a feed: added and removed at no cost however many there are, and copied only after a change. Ten
/// thousand that leave at once must not search a list ten thousand times. Not thread-safe.
/// </summary>
internal sealed class LiveConnectionList
{
    private readonly List<LiveConnection> _watchers = [];
    private LiveConnection[]? _copy;

    public int Count => _watchers.Count;

    public void Add(LiveConnection watcher)
    {
        watcher.Slot = _watchers.Count;
        _watchers.Add(watcher);
        _copy = null;
    }

    public void Remove(LiveConnection watcher)
    {
        var last = _watchers[^1];
        (_watchers[watcher.Slot], last.Slot) = (last, watcher.Slot);
        _watchers.RemoveAt(_watchers.Count - 1);
        _copy = null;
    }

    /// <summary>All of them, to be read only.</summary>
    public LiveConnection[] ToArray() => _copy ??= [.. _watchers];
}

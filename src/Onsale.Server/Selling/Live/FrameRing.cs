namespace Onsale.Server.Selling.Live;

/// <summary>
/// The last messages of a feed, numbered from 0. Watchers remember a number instead of owning a queue, so what a slow
/// one costs does not grow: past the ring's length it has lost its place.
/// </summary>
internal sealed class FrameRing
{
    private readonly LiveFrame[] _frames = new LiveFrame[LiveLimits.MaxFramesBehind];
    private long _next;

    /// <summary>The number that the next message gets.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>Adds a message; one thread at a time.</summary>
    public void Add(LiveFrame frame)
    {
        Volatile.Write(ref _frames[_next % _frames.Length], frame);
        Volatile.Write(ref _next, _next + 1);
    }

    /// <summary>The message of a number; null: it is overwritten.</summary>
    public LiveFrame? Find(long number)
    {
        var frame = Volatile.Read(ref _frames[number % _frames.Length]);
        // Read again after: the slot may have been overwritten meanwhile. The oldest slot is the one written next.
        return Next - number < _frames.Length ? frame : null;
    }
}

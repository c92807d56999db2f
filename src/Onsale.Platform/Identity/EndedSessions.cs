using System.Collections.Concurrent;

namespace Onsale.Platform.Identity;

/// <summary>
/// Sessions that ended while an access token of theirs may still be valid. Access tokens are accepted without a
/// look-up, so a sign-out takes effect because every request compares its session with this list. A node adds the
/// sessions that it ends itself; those that other nodes ended are read from the database.
/// </summary>
internal sealed class EndedSessions(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(IdentityLimits.EndedSessionMinutes);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _ended = new();

    // The dictionary's own Count takes all its locks.
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool Contains(Guid sessionId) => Count > 0 && _ended.ContainsKey(sessionId);

    /// <summary>Adds sessions.</summary>
    /// <param name="sessionIds">Those that have ended.</param>
    /// <returns>Whether there was room for all.</returns>
    public bool Add(IEnumerable<Guid> sessionIds)
    {
        var now = time.GetUtcNow();
        foreach (var id in sessionIds)
        {
            if (Count >= IdentityLimits.MaxEndedSessions)
                return false;
            if (_ended.TryAdd(id, now))
                Interlocked.Increment(ref _count);
        }

        return true;
    }

    /// <summary>Forgets the sessions whose access tokens have all expired.</summary>
    public void RemoveExpired()
    {
        var oldest = time.GetUtcNow() - Lifetime;
        foreach (var (id, endedAt) in _ended)
        {
            if (endedAt < oldest && _ended.TryRemove(id, out _))
                Interlocked.Decrement(ref _count);
        }
    }
}

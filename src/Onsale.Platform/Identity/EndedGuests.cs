using System.Collections.Concurrent;

namespace Onsale.Platform.Identity;

/// <summary>
/// Guests whose identity has ended in an account while access tokens of theirs may still be valid. Kept in memory for
/// the hold, which asks no database; every other path that takes a guest's token looks the guest up.
/// </summary>
internal sealed class EndedGuests(TimeProvider time)
{
    // A token may be issued while the identity ends, and clocks of nodes differ a little.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(IdentityLimits.AccessTokenMinutes + 1);

    private readonly ConcurrentDictionary<Guid, long> _endedAt = new();

    /// <summary>An identity ended at this node, for the others to be told.</summary>
    public event Action<Guid>? EndedHere;

    /// <summary>Whether the guest's tokens are refused. False for one that ended elsewhere a moment ago.</summary>
    public bool Contains(Guid guestId) => _endedAt.ContainsKey(guestId);

    /// <summary>The identity has ended, here or at another node.</summary>
    public void Add(Guid guestId) => _endedAt.TryAdd(guestId, time.GetTimestamp());

    /// <summary>The identity has just ended at this node.</summary>
    public void EndHere(Guid guestId)
    {
        Add(guestId);
        EndedHere?.Invoke(guestId);
    }

    /// <summary>Forgets the ones whose last token has expired.</summary>
    public void ForgetExpired()
    {
        foreach (var (guestId, endedAt) in _endedAt)
        {
            if (time.GetElapsedTime(endedAt) > Lifetime)
                _endedAt.TryRemove(guestId, out _);
        }
    }
}

/// <summary>
/// Marks a route too hot for a look-up a request: whether a guest has ended is known there within
/// <see cref="IdentityLimits.EndedGuestsSeconds"/>. Not for a route that shows or gives away what a buyer has.
/// </summary>
internal sealed class GuestInMemory
{
    public static readonly GuestInMemory Instance = new();
}

using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Reads which guests have ended at other nodes. Their message is faster where it arrives; this is what can be relied
/// on, and what a node knows that has just started.
/// </summary>
internal sealed class EndedGuestsReader(GuestMergeStore merges, EndedGuests ended)
{
    private const int FirstLookSeconds = (IdentityLimits.AccessTokenMinutes + 1) * 60;

    // Far longer than a row waits between its time and its commit.
    private const int LookBackSeconds = 60;

    private int _seconds = FirstLookSeconds;

    /// <summary>One round of the job.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var seconds = _seconds;
        // After a round that fails, what was missed may be older.
        _seconds = FirstLookSeconds;
        foreach (var guestId in await merges.FindEndedAsync(seconds, cancellationToken))
            ended.Add(guestId);
        _seconds = LookBackSeconds;
        ended.ForgetExpired();
    }
}

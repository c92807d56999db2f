using System.Diagnostics.Metrics;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>Moves what a guest has to its account. Implemented by who sells: accounts know no bookings.</summary>
internal interface IGuestBookingMover
{
    /// <summary>One try at all bookings. Does not throw: what is not decided is tried again by the row.</summary>
    Task MoveAsync(GuestMerge merge);
}

/// <summary>
/// Ends guests' identities in accounts. From then on a guest's tokens read and give nothing, at any node: whoever kept
/// one would otherwise act under an id that is somebody's account now, or move bookings on to a second account.
/// </summary>
internal sealed partial class GuestMerges
{
    private readonly GuestMergeStore _store;
    private readonly EndedGuests _ended;
    private readonly IGuestBookingMover _mover;
    private readonly TimeProvider _time;
    private readonly ILogger<GuestMerges> _logger;
    private readonly Counter<long> _merges;

    public GuestMerges(
        GuestMergeStore store, EndedGuests ended, IGuestBookingMover mover, TimeProvider time, IMeterFactory meters,
        ILogger<GuestMerges> logger)
    {
        (_store, _ended, _mover, _time, _logger) = (store, ended, mover, time, logger);
        _merges = meters.Create("Onsale.Accounts").CreateCounter<long>(
            "onsale.accounts.guest_merges", "{guest}", "Guest identities that ended in an account, by way.");
    }

    /// <summary>
    /// A guest has signed in to an account. Its bookings follow; this waits for them a moment, and not longer: they
    /// arrive whatever happens, and a sign-in must not hang on an event that is busy.
    /// </summary>
    public async Task SignedInAsync(Guid guestId, Guid accountId)
    {
        if (!await _store.AddAsync(guestId, accountId))
        {
            LogRefused(guestId, accountId);
            Count("refused");
            return;
        }

        _ended.EndHere(guestId);
        LogMerged(guestId, accountId);
        Count("sign-in");
        await _mover.MoveAsync(new GuestMerge(guestId, accountId, Tries: 0))
            .WaitAsync(TimeSpan.FromMilliseconds(AccountsLimits.MergeWaitMilliseconds), _time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A guest has become an account with its own id.</summary>
    public void Registered(Guid guestId)
    {
        _ended.EndHere(guestId);
        LogRegistered(guestId);
        Count("registration");
    }

    private void Count(string way) => _merges.Add(1, new KeyValuePair<string, object?>("way", way));

    [LoggerMessage(EventId = 3010, Level = LogLevel.Information,
        Message = "Security: guest {GuestId} was merged into account {AccountId} by signing in")]
    private partial void LogMerged(Guid guestId, Guid accountId);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning,
        Message = "Security: a sign-in to account {AccountId} came with a token of guest {GuestId}, whose identity "
            + "has ended before; nothing was moved")]
    private partial void LogRefused(Guid guestId, Guid accountId);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Information,
        Message = "Security: guest {GuestId} became an account by registering")]
    private partial void LogRegistered(Guid guestId);
}

using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// Works off the merges whose sign-in could not move everything: a crash, a busy event, a database that was away. Any
/// number of nodes may do so.
/// </summary>
internal sealed class GuestTransferJob(GuestMergeStore merges, IGuestBookingMover mover)
{
    /// <summary>One round of the job.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = await merges.ClaimAsync(BookingsLimits.MaxTransfersAtOnce, cancellationToken);
        await Task.WhenAll(due.Select(mover.MoveAsync));
    }
}

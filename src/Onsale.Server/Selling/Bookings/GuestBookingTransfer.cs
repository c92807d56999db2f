using System.Diagnostics.Metrics;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// Moves what a guest has to the account it signed in to. What is paid for, or being paid for, goes along whatever the
/// event lets one buyer have: the money may have moved, and nobody else could reach the tickets; they count against the
/// limit afterwards, and the row of the merge says that they are above it. A hold above the limit is released. (A
/// guest that registers keeps its id, and with it everything.)
/// </summary>
internal sealed partial class GuestBookingTransfer : IGuestBookingMover
{
    private readonly GuestTransferStore _store;
    private readonly GuestMergeStore _merges;
    private readonly TransferStore _transfers;
    private readonly EventLanes _lanes;
    private readonly ILogger<GuestBookingTransfer> _logger;
    private readonly Counter<long> _bookings;

    public GuestBookingTransfer(
        GuestTransferStore store, GuestMergeStore merges, TransferStore transfers, EventLanes lanes,
        IMeterFactory meters,
        ILogger<GuestBookingTransfer> logger)
    {
        (_store, _merges, _transfers, _lanes, _logger) = (store, merges, transfers, lanes, logger);
        _bookings = meters.Create("Onsale.Bookings").CreateCounter<long>(
            "onsale.bookings.guest_transfers", "{booking}", "Bookings of guests that signed in, by outcome.");
    }

    public async Task MoveAsync(GuestMerge merge)
    {
        try
        {
            await _transfers.MoveAsync(merge.GuestId, merge.AccountId);
            var undecided = await MoveAllAsync(merge);
            if (undecided.Count == 0)
            {
                await _merges.DecidedAsync(merge.GuestId);
                return;
            }

            LogUndecided(undecided.Count, merge.GuestId, merge.AccountId);
            await _merges.PostponeAsync(merge.GuestId, RetrySeconds(merge.Tries));
        }
        catch (Exception exception)
        {
            // The merge's lease ends and the next try finds what this one left.
            LogFailed(exception, merge.GuestId, merge.AccountId);
        }
    }

    private async Task<IReadOnlyCollection<Guid>> MoveAllAsync(GuestMerge merge)
    {
        HashSet<Guid> undecided = [];
        while (await _store.FindOpenAsync(merge.GuestId, undecided) is { Count: > 0 } page)
        {
            await _store.NoteAsync(merge.GuestId, page);
            // In order within an event, whose limits they share; events do not wait for one another.
            var results = await Task.WhenAll(page.GroupBy(booking => booking.EventId).Select(async ofEvent =>
            {
                List<Guid> left = [];
                foreach (var (eventId, bookingId) in ofEvent)
                {
                    if (await DecideAsync(merge, eventId, bookingId) is { } outcome)
                        await NoteAsync(merge, bookingId, outcome);
                    else
                        left.Add(bookingId);
                }

                return left;
            }));
            undecided.UnionWith(results.SelectMany(left => left));
        }

        foreach (var eventId in await _store.FindWaitingAsync(merge.GuestId))
        {
            var reply = await _lanes.SubmitAsync(
                eventId, new MoveWaitlistEntryCommand(merge.GuestId, merge.AccountId));
            if (reply.Status != LaneStatus.Decided)
                undecided.Add(eventId);
        }

        return undecided;
    }

    /// <summary>What became of it; null: not decided, try again.</summary>
    private async Task<TransferOutcome?> DecideAsync(GuestMerge merge, Guid eventId, Guid bookingId)
    {
        var reply = await _lanes.SubmitAsync(
            eventId, new ReassignCommand(bookingId, merge.GuestId, merge.AccountId));
        if (reply.Status != LaneStatus.Decided)
            return null;
        if (reply.Result.Booking is { } booking)
        {
            return booking.State == BookingState.Confirmed && await IsOverLimitAsync(merge.AccountId, eventId)
                ? TransferOutcome.MovedOverLimit
                : TransferOutcome.Moved;
        }

        if (reply.Result.Refusal!.Reason is not (RefusalReason.LimitExceeded or RefusalReason.OneBookingPerBuyer))
            return TransferOutcome.Ended;
        // Its buyer is no more: nobody could pay for it, and others want the places.
        var release = await _lanes.SubmitAsync(eventId, new CancelCommand(bookingId, merge.GuestId));
        if (release.Status != LaneStatus.Decided || release.Result.Refusal?.Reason == RefusalReason.PaymentInProgress)
            return null;
        return release.Result.Booking is { State: BookingState.Released }
            ? TransferOutcome.Released
            : TransferOutcome.Ended;
    }

    private async Task<bool> IsOverLimitAsync(Guid accountId, Guid eventId)
    {
        if (_lanes.FindLoaded(eventId)?.Settings is not { } settings)
            return false;
        var (bookings, places) = await _store.CountAsync(eventId, accountId);
        return places > settings.MaxTicketsPerBuyer || (settings.OneBookingPerBuyer && bookings > 1);
    }

    private async Task NoteAsync(GuestMerge merge, Guid bookingId, TransferOutcome outcome)
    {
        await _store.DecidedAsync(merge.GuestId, bookingId, outcome);
        _bookings.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));
        LogMoved(bookingId, merge.GuestId, merge.AccountId, outcome);
    }

    private static int RetrySeconds(int tries) =>
        Math.Min(1 << Math.Min(tries, 10), BookingsLimits.MaxTransferRetrySeconds);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information,
        Message = "Security: booking {BookingId} of guest {GuestId}, merged into account {AccountId}: {Outcome}")]
    private partial void LogMoved(Guid bookingId, Guid guestId, Guid accountId, TransferOutcome outcome);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning,
        Message = "{Bookings} bookings of guest {GuestId}, merged into account {AccountId}, could not be moved yet; "
            + "they are tried again")]
    private partial void LogUndecided(int bookings, Guid guestId, Guid accountId);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Warning,
        Message = "The bookings of guest {GuestId}, merged into account {AccountId}, could not be moved; they are "
            + "tried again")]
    private partial void LogFailed(Exception exception, Guid guestId, Guid accountId);
}

using System.Collections.Immutable;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Selling.Payments;

/// <summary>Decides about money that is taken when its booking has moved on.</summary>
internal sealed partial class LatePayments(
    EventLanes lanes, PaymentStore store, PaymentRefunds refunds, BookingReader bookings, GuestMergeStore merges,
    IEnumerable<IBookingDetails> details, PaymentMetrics metrics, TimeProvider time, ILogger<LatePayments> logger)
{
    /// <summary>
    /// If the booking's places were given up, tries to get the very same ones again; if that fails, or another attempt
    /// has confirmed the booking, the money goes back.
    /// </summary>
    public async Task<PaymentResult> SettleAsync(Payment payment)
    {
        var current = await bookings.FindAsync(payment.EventId, payment.BookingId);
        if (current is { State: BookingState.Released or BookingState.Expired }
            && await TryRebookAsync(payment, current) is { } rebooked)
        {
            return rebooked;
        }

        // Several nodes may have taken the payment up: whichever moves it on first decides where the money goes.
        if (!await store.SetAsync(payment, PaymentFact.TooLate))
        {
            return new PaymentResult(PaymentOutcome.Unsettled, default);
        }

        metrics.Late(isRebooked: false);
        LogLate(payment.BookingId, "the money goes back");
        await refunds.RefundAsync(payment);
        return new PaymentResult(PaymentOutcome.RefundedTooLate, default);
    }

    /// <summary>
    /// A new booking of the same places, paid with the late money; null: they are taken, or the event no longer sells.
    /// It is for the account that the guest has signed in to meanwhile.
    /// </summary>
    private async Task<PaymentResult?> TryRebookAsync(Payment payment, Booking booking)
    {
        var again = Guid.CreateVersion7(time.GetUtcNow());
        var buyerId = await merges.FindOwnerAsync(booking.BuyerId);
        var hold = await lanes.SubmitAsync(payment.EventId, new HoldCommand(again, buyerId, SamePlaces(booking)));
        if (hold.Status != LaneStatus.Decided)
            return new PaymentResult(PaymentOutcome.Unsettled, hold);
        if (hold.Result.Booking is not { } held)
            return null;
        if (held.Total != booking.Total)
        {
            // The price has changed since: what was paid does not buy it any more.
            await lanes.SubmitAsync(payment.EventId, new CancelCommand(again, buyerId));
            return null;
        }

        // Before it is confirmed: its mail is written then.
        foreach (var each in details)
            await each.CopyAsync(payment.EventId, booking.Id, again);
        var start = await lanes.SubmitAsync(payment.EventId, new StartPaymentCommand(again, buyerId));
        if (start.Result.Booking is not { State: BookingState.Paying })
            return new PaymentResult(PaymentOutcome.Unsettled, start);
        if (!await store.MoveAsync(payment, payment with { BookingId = again, Attempt = 1 }))
        {
            await lanes.SubmitAsync(payment.EventId, new DeclinePaymentCommand(again, 1, Release: true));
            return new PaymentResult(PaymentOutcome.Unsettled, start);
        }

        metrics.Late(isRebooked: true);
        LogLate(payment.BookingId, "its places were free and are booked again");
        var confirm = await lanes.SubmitAsync(
            payment.EventId, new ConfirmCommand(again, 1, TicketCodes.New(held.Places.Length)));
        // The money is the new booking's by now: if this is not decided, the end of its lease is settled like any
        // other.
        return new PaymentResult(
            confirm.Result.Booking is null ? PaymentOutcome.Unsettled : PaymentOutcome.Confirmed, confirm);
    }

    private static ImmutableArray<PlaceRequest> SamePlaces(Booking booking)
    {
        var seats = booking.Places.Where(place => place.IsSeat).Select(place => place.Seat).ToImmutableArray();
        var requests = booking.Places.Where(place => !place.IsSeat)
            .GroupBy(place => place.Tier)
            .Select(PlaceRequest (pool) => new QuantityRequest(pool.Key, pool.Count()))
            .ToList();
        if (!seats.IsEmpty)
            requests.Add(new SeatsRequest(seats));
        return [.. requests];
    }

    [LoggerMessage(EventId = 4003, Level = LogLevel.Warning,
        Message = "Money: a payment for booking {BookingId} came too late; {What}")]
    private partial void LogLate(Guid bookingId, string what);
}

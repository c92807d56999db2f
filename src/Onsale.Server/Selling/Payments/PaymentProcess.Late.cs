using System.Collections.Immutable;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server.Selling.Payments;

/// <summary>Payments that are settled after their lease, and money that goes back.</summary>
internal sealed partial class PaymentProcess
{
    /// <summary>The lease is over and the provider has no answer: keep the places, but not for ever.</summary>
    private async Task WaitOnAsync(Payment payment)
    {
        InventoryCommand command = payment.Age < TimeSpan.FromMinutes(PaymentsLimits.MaxPendingMinutes)
            ? new RenewLeaseCommand(payment.BookingId, payment.Attempt)
            // The attempt stays open in the books: should it succeed after all, it is reconciled.
            : new DeclinePaymentCommand(payment.BookingId, payment.Attempt, Release: true);
        await lanes.SubmitAsync(payment.EventId, command);
    }

    /// <summary>
    /// The money is taken but the booking has moved on. If its places were given up, this tries to get the very same
    /// ones again; if that fails, or another attempt has confirmed the booking, the money goes back.
    /// </summary>
    private async Task<PaymentResult> SettleLateAsync(Payment payment)
    {
        var current = await FindBookingAsync(payment);
        if (current is { State: BookingState.Released or BookingState.Expired }
            && await TryRebookAsync(payment, current) is { } rebooked)
        {
            return rebooked;
        }

        // Several nodes may have taken the payment up: whoever moves it on first decides where the money goes.
        if (!await store.SetAsync(
            payment, PaymentState.RefundIntended, PaymentState.Started, PaymentState.Declined, PaymentState.Succeeded))
        {
            return new PaymentResult(PaymentOutcome.Unsettled, default);
        }

        LogLate(payment.BookingId, "the money goes back");
        await RefundAsync(payment);
        return new PaymentResult(PaymentOutcome.RefundedTooLate, default);
    }

    /// <summary>
    /// A new booking of the same places, paid with the late money; null: they are gone, or the event no longer sells.
    /// For whoever the booking is by now: a guest may have signed in to an account meanwhile.
    /// </summary>
    private async Task<PaymentResult?> TryRebookAsync(Payment payment, Booking booking)
    {
        var again = Guid.CreateVersion7(time.GetUtcNow());
        var hold = await lanes.SubmitAsync(
            payment.EventId, new HoldCommand(again, booking.BuyerId, SamePlaces(booking)));
        if (hold.Status != LaneStatus.Decided)
            return new PaymentResult(PaymentOutcome.Unsettled, hold);
        if (hold.Result.Booking is not { } held)
            return null;
        if (held.Total != booking.Total)
        {
            // The price has changed since: what was paid does not buy it any more.
            await lanes.SubmitAsync(payment.EventId, new CancelCommand(again, booking.BuyerId));
            return null;
        }

        var start = await lanes.SubmitAsync(payment.EventId, new StartPaymentCommand(again, booking.BuyerId));
        if (start.Result.Booking is not { State: BookingState.Paying })
            return new PaymentResult(PaymentOutcome.Unsettled, start);
        if (!await store.MoveAsync(payment, payment with { BookingId = again, Attempt = 1 }))
        {
            await lanes.SubmitAsync(payment.EventId, new DeclinePaymentCommand(again, 1, Release: true));
            return new PaymentResult(PaymentOutcome.Unsettled, start);
        }

        LogLate(payment.BookingId, "its places were free and are booked again");
        var confirm = await lanes.SubmitAsync(
            payment.EventId, new ConfirmCommand(again, 1, NewTicketCodes(held.Places.Length)));
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

    private async Task RefundIfGivenBackAsync(Payment payment)
    {
        if (await FindBookingAsync(payment) is { State: BookingState.Confirmed, Attempts: var attempts }
            && attempts == payment.Attempt)
        {
            await KeepAsync(payment);
        }
        else
        {
            await RefundAsync(payment);
        }
    }

    private Task<Booking?> FindBookingAsync(Payment payment) =>
        store.FindBookingAsync(payment.EventId, payment.BookingId);
}

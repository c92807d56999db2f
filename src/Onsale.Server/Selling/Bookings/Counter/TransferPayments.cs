using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>What became of money that arrived at the organiser's bank.</summary>
internal abstract record TransferOutcome
{
    /// <summary>A booking is confirmed by it: the one that it was for, or a new one of the same places.</summary>
    public sealed record Booked(Guid BookingId) : TransferOutcome;

    /// <summary>It came too late and the places are gone: it is to be paid back.</summary>
    public sealed record Owed : TransferOutcome;

    /// <summary>The booking was paid another way; nothing is entered.</summary>
    public sealed record PaidOtherwise : TransferOutcome;

    /// <summary>It is noted, and recovery sees to the rest.</summary>
    public sealed record Unsettled : TransferOutcome;

    /// <summary>Nothing is entered.</summary>
    public sealed record Refused(LaneReply Reply) : TransferOutcome;
}

/// <summary>
/// Takes money that has arrived at the organiser's bank for a booking: a payment attempt like any other, which nobody
/// has to be asked about. What a crash leaves in between is confirmed when the attempt's lease ends.
/// </summary>
internal sealed class TransferPayments(
    EventLanes lanes, PaymentStore payments, LatePayments late, BookingReader bookings, TimeProvider time)
{
    /// <summary>Enters it, once for each payment attempt however often it is told.</summary>
    public async Task<TransferOutcome> ReceiveAsync(
        Actor actor, EventSettings settings, Booking booking, string note)
    {
        var started = await lanes.SubmitAsync(
            settings.EventId, new StartPaymentCommand(booking.Id, booking.BuyerId) { IsBoxOffice = true });
        if (started.Result.Booking is not { } paying)
        {
            return started.Result.Refusal?.Reason == RefusalReason.HoldExpired
                && await bookings.FindAsync(settings.EventId, booking.Id) is
                { State: BookingState.Expired or BookingState.Released } ended
                    ? await ReceiveLateAsync(actor, settings, ended, note)
                    : new TransferOutcome.Refused(started);
        }

        if (started.Result.IsReplay)
        {
            return await payments.FindAsync(settings.EventId, paying.Id, paying.Attempts)
                is { Provider: CounterMethods.Transfer }
                    ? new TransferOutcome.Booked(paying.Id)
                    : new TransferOutcome.PaidOtherwise();
        }

        var charge = ChargeOf(settings, paying);
        // Who says so is noted with the payment and not with its lease: a crash before it leaves neither.
        await payments.StartReceivedAsync(
            settings.EventId, paying.Id, paying.Attempts, paying.BuyerId, CounterMethods.Transfer, charge,
            ActivityOf(actor, settings, paying, note, isLate: false));
        var confirmed = await lanes.SubmitAsync(settings.EventId, new ConfirmCommand(
            paying.Id, paying.Attempts, TicketCodes.New(paying.Places.Length)));
        if (confirmed.Result.Booking is null)
            return new TransferOutcome.Refused(confirmed);
        await payments.SetAsync(
            new Payment(
                settings.EventId, paying.Id, paying.Attempts, paying.BuyerId, charge.Reference, PaymentState.Started,
                default, CounterMethods.Transfer),
            PaymentFact.Paid);
        return new TransferOutcome.Booked(paying.Id);
    }

    /// <summary>
    /// Its places went back: they are booked anew if they are free, as for a card that was charged too late. An ended
    /// booking has no further attempt, so the one after its last is that of this money, and is entered once.
    /// </summary>
    private async Task<TransferOutcome> ReceiveLateAsync(
        Actor actor, EventSettings settings, Booking ended, string note)
    {
        var attempt = ended.Attempts + 1;
        var isNew = await payments.StartReceivedAsync(
            settings.EventId, ended.Id, attempt, ended.BuyerId, CounterMethods.Transfer, ChargeOf(settings, ended),
            ActivityOf(actor, settings, ended, note, isLate: true));
        if (await payments.FindAsync(settings.EventId, ended.Id, attempt) is not { } payment)
            return new TransferOutcome.Unsettled();
        // Another request settles it, or recovery will.
        if (isNew)
            await late.SettleAsync(payment);
        return await payments.FindAsync(settings.EventId, ended.Id, attempt) switch
        {
            { State: PaymentState.Moved } when await payments.FindAsync(payment.Reference) is { } moved =>
                new TransferOutcome.Booked(moved.BookingId),
            { State: PaymentState.RefundIntended or PaymentState.Refunded } => new TransferOutcome.Owed(),
            _ => new TransferOutcome.Unsettled(),
        };
    }

    private Charge ChargeOf(EventSettings settings, Booking booking) =>
        new(Guid.CreateVersion7(time.GetUtcNow()), "", booking.Total, settings.Currency);

    private static Activity ActivityOf(
        Actor actor, EventSettings settings, Booking booking, string note, bool isLate) =>
        new(actor, "booking.marked-paid", "booking", $"{booking.Id}")
        {
            EventId = settings.EventId,
            After = new() { ["amount"] = booking.Total, ["note"] = note, ["late"] = isLate },
        };
}

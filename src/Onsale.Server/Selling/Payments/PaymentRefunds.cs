using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;

namespace Onsale.Server.Selling.Payments;

/// <summary>
/// Gives money back. That it is to go back is written first; a provider that does not answer is asked again by
/// <see cref="PaymentRecovery"/>.
/// </summary>
internal sealed partial class PaymentRefunds(
    PaymentProviders providers, PaymentStore store, RefundStore partial, BookingReader bookings, PaymentMetrics metrics,
    TimeProvider time, ILogger<PaymentRefunds> logger)
{
    /// <summary>
    /// Refunds a booking that is cancelled. Its confirmation may still be on its way to note the payment as succeeded:
    /// what counts is the booking, which only a payment that succeeded can have confirmed.
    /// </summary>
    /// <param name="eventId">The event.</param>
    /// <param name="cancelled">The booking.</param>
    /// <param name="isHandedBack">
    /// Who sells cancels it: what was paid in cash or by their terminal they give back with it.
    /// </param>
    public async Task RefundCancelledAsync(Guid eventId, Booking cancelled, bool isHandedBack = false)
    {
        if (cancelled.Total == 0)
            return;
        try
        {
            if (await store.IntendRefundAsync(eventId, cancelled.Id, cancelled.Attempts) is { } payment)
                await RefundAsync(payment, isHandedBack);
        }
        catch (Exception exception) when (Errors.IsDatabaseUnavailable(exception))
        {
            // It is cancelled, and is answered so. Recovery finds its payment.
            LogLater(exception, cancelled.Id);
        }
    }

    /// <summary>Refunds a payment whose booking was cancelled without a note that the money is to go back.</summary>
    public async Task RefundKeptAsync(Payment payment)
    {
        LogKept(payment.BookingId);
        if (await store.IntendRefundAsync(payment.EventId, payment.BookingId, payment.Attempt) is { } intended)
            await RefundAsync(intended);
    }

    /// <summary>
    /// Takes up a refund that did not go through. One whose booking is confirmed by the very payment was intended
    /// before a cancellation that never happened, by an earlier version of this program: the payment stands.
    /// </summary>
    public async Task RetryAsync(Payment payment)
    {
        if (await bookings.FindAsync(payment.EventId, payment.BookingId) is { State: BookingState.Confirmed } confirmed
            && confirmed.Attempts == payment.Attempt)
        {
            await store.SetAsync(payment, PaymentFact.Stands);
            return;
        }

        await RefundAsync(payment);
    }

    /// <summary>
    /// Gives the money of an intended refund back now, or leaves it to the next reconciliation; what the organiser has
    /// to send is left to them (<see cref="PaidBackStore"/>).
    /// </summary>
    public async Task RefundAsync(Payment payment, bool isHandedBack = false)
    {
        if (payment.Provider == CounterMethods.Transfer
            || (CounterMethods.IsPaidBackByHand(payment.Provider) && !isHandedBack))
        {
            LogOwed(payment.BookingId, payment.Provider);
            return;
        }

        try
        {
            // What was handed back at the counter, or was not paid yet: here it is only noted.
            var answer = payment.IsFromCounter
                ? RefundAnswer.Succeeded
                : await AskAsync((of, token) => of.RefundAsync(payment.Reference, token), payment.Provider);
            await NoteAsync(payment, answer);
        }
        catch (Exception exception)
            when (exception is PaymentProviderException || Errors.IsDatabaseUnavailable(exception))
        {
            // What it is for has happened already; that it is intended is written.
            metrics.Refunded(isDone: false);
            LogLater(exception, payment.BookingId);
        }
    }

    /// <summary>
    /// Gives a part of a payment back now, or leaves it to the next reconciliation. One that is settled by now is left
    /// alone: who has failed to get it asks for another.
    /// </summary>
    public async Task RefundPartAsync(PartialRefund refund)
    {
        try
        {
            if (!await partial.TouchAsync(refund))
                return;
            if (refund.Provider == CounterMethods.Transfer)
            {
                LogOwed(refund.BookingId, refund.Provider);
                return;
            }

            var answer = CounterMethods.IsKnown(refund.Provider)
                ? RefundAnswer.Succeeded
                : await AskAsync(
                    (of, token) => of.RefundPartAsync(refund.Reference, refund.Id, refund.Amount, token),
                    refund.Provider);
            await NoteAsync(refund, answer);
        }
        catch (Exception exception)
            when (exception is PaymentProviderException || Errors.IsDatabaseUnavailable(exception))
        {
            metrics.Refunded(isDone: false);
            LogLater(exception, refund.BookingId);
        }
    }

    /// <summary>
    /// What the provider says of the refund of a whole payment. One that it has not finished is asked about again by
    /// <see cref="PaymentRecovery"/>; one that was done can still come back.
    /// </summary>
    public async Task NoteAsync(Payment payment, RefundAnswer answer)
    {
        switch (answer)
        {
            case RefundAnswer.Succeeded when await store.SetAsync(payment, PaymentFact.Refunded):
                metrics.Refunded(isDone: true);
                LogRefunded(payment.Reference, payment.BookingId);
                break;
            case RefundAnswer.Failed when await store.SetAsync(payment, PaymentFact.RefundFailed):
                metrics.Refunded(isDone: false);
                LogFailed(payment.Reference, payment.BookingId);
                break;
        }
    }

    /// <summary>What the provider says of a partial refund.</summary>
    public async Task NoteAsync(PartialRefund refund, RefundAnswer answer)
    {
        if (!await partial.SetAsync(refund, answer))
            return;
        metrics.Refunded(isDone: answer == RefundAnswer.Succeeded);
        if (answer == RefundAnswer.Succeeded)
            LogRefunded(refund.Reference, refund.BookingId);
        else
            LogFailed(refund.Reference, refund.BookingId);
    }

    /// <summary>
    /// Asks for at most <see cref="PaymentsLimits.RefundTimeoutSeconds"/>, and not for the caller, who may leave.
    /// </summary>
    private async Task<RefundAnswer> AskAsync(
        Func<IPaymentProvider, CancellationToken, Task<RefundAnswer>> ask, string provider)
    {
        using var timeout = new CancellationTokenSource(
            TimeSpan.FromSeconds(PaymentsLimits.RefundTimeoutSeconds), time);
        try
        {
            return await ask(providers.Of(provider), timeout.Token);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested)
        {
            throw new PaymentProviderException(
                "The payment provider did not answer about a refund in time.", exception);
        }
    }

    [LoggerMessage(EventId = 4010, Level = LogLevel.Information,
        Message = "Money: the organiser has to pay back booking {BookingId}, which was paid by {Method}")]
    private partial void LogOwed(Guid bookingId, string method);

    [LoggerMessage(EventId = 4009, Level = LogLevel.Error,
        Message =
            "ALARM: money: the refund of payment {Reference} of booking {BookingId} failed; the money is still here, "
            + "and somebody has to give it back")]
    private partial void LogFailed(Guid reference, Guid bookingId);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning,
        Message = "The refund of booking {BookingId} did not go through yet; it is tried again")]
    private partial void LogLater(Exception exception, Guid bookingId);

    [LoggerMessage(EventId = 4007, Level = LogLevel.Information,
        Message = "Money: payment {Reference} of booking {BookingId} was refunded")]
    private partial void LogRefunded(Guid reference, Guid bookingId);

    [LoggerMessage(EventId = 4008, Level = LogLevel.Warning,
        Message = "Money: booking {BookingId} was cancelled and its payment kept; it is refunded now")]
    private partial void LogKept(Guid bookingId);
}

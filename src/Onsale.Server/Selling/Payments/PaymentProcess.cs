using System.Collections.Immutable;
using System.Security.Cryptography;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;

namespace Onsale.Server.Selling.Payments;

/// <summary>How paying for a booking ended.</summary>
internal enum PaymentOutcome
{
    /// <summary>Confirmed, now or earlier.</summary>
    Confirmed,

    /// <summary>The provider took nothing.</summary>
    Declined,

    /// <summary>The inventory refused; see the reply.</summary>
    Refused,

    /// <summary>Not settled in time; the places stay with the payment until it is.</summary>
    Unsettled,

    /// <summary>The payment came too late, the places were gone, and the money went back.</summary>
    RefundedTooLate,
}

/// <summary>An outcome and what it speaks of.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reply">The inventory's last answer.</param>
internal readonly record struct PaymentResult(PaymentOutcome Outcome, LaneReply Reply);

/// <summary>
/// Two-step payment: the hold becomes a lease, the provider is asked, the booking is confirmed or the hold goes on.
/// Each step can be repeated, and what a crash leaves open is taken up by <see cref="PaymentRecovery"/>. The caller's
/// going away stops nothing.
/// </summary>
internal sealed partial class PaymentProcess(
    EventLanes lanes, IPaymentProvider provider, PaymentStore store, TimeProvider time, ILogger<PaymentProcess> logger)
{
    private const int CodeBytes = 10; // 80 bits: 16 characters of base 32

    /// <summary>Pays for a held booking and confirms it.</summary>
    public async Task<PaymentResult> PayAsync(
        Guid eventId, Guid bookingId, Guid buyerId, string currency, string token, bool releaseOnDecline)
    {
        var start = await StartAsync(eventId, bookingId, buyerId);
        if (start.Status != LaneStatus.Decided || start.Result.Refusal is not null)
        {
            return new PaymentResult(start.Result.Refusal?.Reason == RefusalReason.PaymentInProgress
                ? PaymentOutcome.Unsettled
                : PaymentOutcome.Refused, start);
        }

        if (start.Result.IsReplay)
            return new PaymentResult(PaymentOutcome.Confirmed, start);

        try
        {
            return await ChargeAndConfirmAsync(eventId, start, buyerId, currency, token, releaseOnDecline);
        }
        catch (Exception exception) when (Errors.IsDatabaseUnavailable(exception))
        {
            // Money may have moved, and even the confirmation may be written: recovery and a repeated request find out.
            LogBroken(exception, bookingId);
            return new PaymentResult(PaymentOutcome.Unsettled, start);
        }
    }

    private async Task<PaymentResult> ChargeAndConfirmAsync(
        Guid eventId, LaneReply start, Guid buyerId, string currency, string token, bool releaseOnDecline)
    {
        var booking = start.Result.Booking!;
        var charge = new Charge(Guid.CreateVersion7(time.GetUtcNow()), token, booking.Total, currency);
        if (charge.Amount > 0)
            await store.StartAsync(eventId, booking.Id, booking.Attempts, buyerId, provider.Name, charge);
        var payment = new Payment(
            eventId, booking.Id, booking.Attempts, buyerId, charge.Reference, PaymentState.Started, default);
        return await ChargeAsync(charge) switch
        {
            ChargeState.Succeeded => await ConfirmAsync(payment, booking),
            ChargeState.Declined => await DeclineAsync(payment, releaseOnDecline),
            _ => new PaymentResult(PaymentOutcome.Unsettled, start),
        };
    }

    /// <summary>Asks the provider what became of an attempt whose lease is over, and acts on it.</summary>
    public async Task SettleAsync(Guid eventId, Guid bookingId, int attempt)
    {
        if (await store.FindAsync(eventId, bookingId, attempt) is not { } payment)
        {
            // Never noted, so the provider never heard of it.
            await lanes.SubmitAsync(eventId, new DeclinePaymentCommand(bookingId, attempt, Release: false));
            return;
        }

        switch (await FindAsync(payment.Reference))
        {
            case ChargeState.Succeeded:
                await ConfirmAsync(payment, booking: null);
                break;
            case ChargeState.Declined or ChargeState.Refunded:
                await DeclineAsync(payment, release: false);
                break;
            default:
                await WaitOnAsync(payment);
                break;
        }
    }

    /// <summary>Takes up a payment or refund that nobody is working on any more.</summary>
    public async Task ReconcileAsync(Payment payment)
    {
        // To the end of the line: what stays open must not keep the others from being looked at.
        if (!await store.SetAsync(payment, payment.State, payment.State))
            return;
        if (payment.State == PaymentState.RefundIntended)
        {
            await RefundIfGivenBackAsync(payment);
            return;
        }

        switch (await FindAsync(payment.Reference))
        {
            case ChargeState.Succeeded:
                await ConfirmAsync(payment, booking: null);
                break;
            case ChargeState.Declined or ChargeState.Refunded:
                await store.SetAsync(payment, PaymentState.Declined, PaymentState.Started);
                break;
        }
    }

    /// <summary>Notes that the money is to go back, before the booking is cancelled; null: nothing was paid.</summary>
    public Task<Payment?> IntendRefundAsync(Guid eventId, Guid bookingId) =>
        store.IntendRefundAsync(eventId, bookingId);

    /// <summary>The cancellation did not happen: the payment stands.</summary>
    public Task KeepAsync(Payment payment) =>
        store.SetAsync(payment, PaymentState.Succeeded, PaymentState.RefundIntended);

    /// <summary>Gives the money back now, or leaves it to the next reconciliation.</summary>
    public async Task RefundAsync(Payment payment)
    {
        try
        {
            await provider.RefundAsync(payment.Reference, CancellationToken.None);
            await store.SetAsync(payment, PaymentState.Refunded, PaymentState.RefundIntended);
        }
        catch (Exception exception)
            when (exception is PaymentProviderException || Errors.IsDatabaseUnavailable(exception))
        {
            // What it is for has happened already; that it is intended is written.
            LogRefundLater(exception, payment.BookingId);
        }
    }

    /// <summary>A ticket's secret: what its QR code shows.</summary>
    internal static ImmutableArray<string> NewTicketCodes(int count)
    {
        var codes = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++)
            codes.Add(Base32(RandomNumberGenerator.GetBytes(CodeBytes)));
        return codes.MoveToImmutable();
    }

    private static string Base32(byte[] bytes)
    {
        const string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: no I, L, O, U to misread
        return string.Create(bytes.Length * 8 / 5, bytes, (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                var bit = i * 5;
                var window = (source[bit / 8] << 8) | (bit / 8 + 1 < source.Length ? source[(bit / 8) + 1] : 0);
                text[i] = alphabet[(window >> (11 - (bit % 8))) & 31];
            }
        });
    }

    /// <summary>
    /// Starts a payment; while another one of the same booking is in flight, waits for its end first.
    /// </summary>
    private async Task<LaneReply> StartAsync(Guid eventId, Guid bookingId, Guid buyerId)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var reply = await lanes.SubmitAsync(eventId, new StartPaymentCommand(bookingId, buyerId));
            if (reply.Result.Refusal?.Reason != RefusalReason.PaymentInProgress
                || time.GetElapsedTime(began).TotalSeconds >= PaymentsLimits.MaxWaitForOtherSeconds)
            {
                return reply;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(PaymentsLimits.WaitPollMilliseconds), time);
        }
    }

    private async Task<ChargeState> ChargeAsync(Charge charge)
    {
        if (charge.Amount == 0)
            return ChargeState.Succeeded;
        using var timeout = new CancellationTokenSource(
            TimeSpan.FromSeconds(PaymentsLimits.ChargeTimeoutSeconds), time);
        try
        {
            return await provider.ChargeAsync(charge, timeout.Token);
        }
        catch (Exception exception) when (exception is PaymentProviderException or OperationCanceledException)
        {
            LogNoAnswer(exception, charge.Reference);
            return await FindAsync(charge.Reference);
        }
    }

    private async Task<ChargeState> FindAsync(Guid reference)
    {
        using var timeout = new CancellationTokenSource(
            TimeSpan.FromSeconds(PaymentsLimits.ChargeTimeoutSeconds), time);
        try
        {
            return await provider.FindAsync(reference, timeout.Token);
        }
        catch (Exception exception) when (exception is PaymentProviderException or OperationCanceledException)
        {
            LogNoAnswer(exception, reference);
            return ChargeState.Pending;
        }
    }

    private async Task<PaymentResult> ConfirmAsync(Payment payment, Booking? booking)
    {
        booking ??= await FindBookingAsync(payment);
        if (booking is null)
            return new PaymentResult(PaymentOutcome.Unsettled, default);
        var reply = await lanes.SubmitAsync(payment.EventId, new ConfirmCommand(
            payment.BookingId, payment.Attempt, NewTicketCodes(booking.Places.Length)));
        if (reply.Status != LaneStatus.Decided)
            return new PaymentResult(PaymentOutcome.Unsettled, reply);
        if (reply.Result.Refusal is null)
        {
            await store.SetAsync(payment, PaymentState.Succeeded, PaymentState.Started);
            return new PaymentResult(PaymentOutcome.Confirmed, reply);
        }

        return await SettleLateAsync(payment);
    }

    private async Task<PaymentResult> DeclineAsync(Payment payment, bool release)
    {
        await store.SetAsync(payment, PaymentState.Declined, PaymentState.Started);
        var reply = await lanes.SubmitAsync(
            payment.EventId, new DeclinePaymentCommand(payment.BookingId, payment.Attempt, release));
        if (reply.Status != LaneStatus.Decided)
            return new PaymentResult(PaymentOutcome.Unsettled, reply);
        if (reply.Result.Refusal is null)
            return new PaymentResult(PaymentOutcome.Declined, reply);
        // Recovery was first: it found the lease over and settled the attempt. What counts is where the booking stands.
        return await FindBookingAsync(payment) is { State: BookingState.Held or BookingState.Expired } current
            ? new PaymentResult(
                PaymentOutcome.Declined, new LaneReply(LaneStatus.Decided, CommandResult.Replay(current)))
            : new PaymentResult(PaymentOutcome.Refused, reply);
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning,
        Message = "The payment provider did not answer about {Reference}; it is asked again")]
    private partial void LogNoAnswer(Exception exception, Guid reference);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning,
        Message = "The refund of booking {BookingId} did not go through yet; it is tried again")]
    private partial void LogRefundLater(Exception exception, Guid bookingId);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Warning,
        Message = "A payment for booking {BookingId} came too late; {What}")]
    private partial void LogLate(Guid bookingId, string what);

    [LoggerMessage(EventId = 4005, Level = LogLevel.Warning,
        Message = "The database went away while booking {BookingId} was paid; its payment is settled later")]
    private partial void LogBroken(Exception exception, Guid bookingId);
}

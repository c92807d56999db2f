using System.Security.Cryptography;
using System.Text;
using Stripe;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>Brings our refunds in line with Stripe's, those included that somebody made there.</summary>
internal sealed partial class StripePayments(
    StripeApi api, StripeRefundStore refunds, PaymentStore payments, RefundStore partial, PaymentRefunds process,
    ILogger<StripePayments> logger)
{
    public async Task SyncRefundsAsync(KnownIntent known, CancellationToken cancellationToken)
    {
        if (await payments.FindAsync(known.Reference) is not { } payment)
            return;
        foreach (var refund in await api.ListRefundsAsync(known.IntentId!, cancellationToken))
        {
            if (refund.Metadata.TryGetValue(StripeMetadata.Refund, out var text) && Guid.TryParse(text, out var id))
                await SyncAsync(payment, id, refund);
            else
                await SyncForeignAsync(known, payment, refund);
        }
    }

    private async Task SyncAsync(Payment payment, Guid id, Refund refund)
    {
        var (state, answer) = StripeRefunder.Read(refund);
        if (await refunds.FindAsync(id) is not { } known
            || refund.Metadata.GetValueOrDefault(StripeMetadata.Sequence) != StripeRefunder.NumberOf(known))
        {
            // One that has failed may be of an earlier request, which was made anew. Any other has taken money.
            if (answer != RefundAnswer.Failed)
                LogUnknown(refund.Id, payment.Reference, payment.BookingId, refund.Amount, refund.Currency, id);
            return;
        }

        await refunds.SetAsync(known, refund.Id, state);
        if (id == payment.Reference)
            await process.NoteAsync(payment, answer);
        else if (await partial.FindAsync(payment.EventId, id) is { } part)
            await process.NoteAsync(part, answer);
        else if (answer != RefundAnswer.Failed)
            LogUnknown(refund.Id, payment.Reference, payment.BookingId, refund.Amount, refund.Currency, id);
    }

    /// <summary>Made at Stripe by somebody: it counts like one of ours once it has succeeded.</summary>
    private async Task SyncForeignAsync(KnownIntent known, Payment payment, Refund refund)
    {
        var id = IdOf(refund.Id);
        var (_, answer) = StripeRefunder.Read(refund);
        if (answer == RefundAnswer.Failed && await partial.FindAsync(payment.EventId, id) is { } noted)
        {
            await process.NoteAsync(noted, RefundAnswer.Failed);
            return;
        }

        if (answer != RefundAnswer.Succeeded)
            return;
        if (StripeAmounts.ToMinorUnits(refund.Amount, known.Currency) is not { } amount)
        {
            LogOddRefund(refund.Id, payment.Reference, refund.Amount, known.Currency);
            return;
        }

        switch (await partial.AddForeignAsync(payment, id, amount, "Refunded at Stripe"))
        {
            case ForeignRefund.Added:
                LogForeign(refund.Id, payment.Reference, payment.BookingId, amount);
                break;
            case ForeignRefund.Exceeds:
                LogExceeds(refund.Id, payment.Reference, payment.BookingId, amount);
                break;
        }
    }

    /// <summary>An id of ours for what Stripe has named.</summary>
    public static Guid IdOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    [LoggerMessage(EventId = 4131, Level = LogLevel.Information,
        Message =
            "Money: {Amount} minor units of payment {Reference} of booking {BookingId} were refunded at Stripe as "
            + "{RefundId}")]
    private partial void LogForeign(string refundId, Guid reference, Guid bookingId, long amount);

    [LoggerMessage(EventId = 4132, Level = LogLevel.Critical,
        Message =
            "ALARM: Stripe's refund {RefundId} of payment {Reference} of booking {BookingId}, {Amount} minor units, "
            + "is more than is left of it here")]
    private partial void LogExceeds(string refundId, Guid reference, Guid bookingId, long amount);

    [LoggerMessage(EventId = 4134, Level = LogLevel.Critical,
        Message = "ALARM: money: Stripe's refund {StripeId} of payment {Reference} of booking {BookingId}, {Amount} "
            + "{Currency}, says that it is our refund {RefundId}, which is not known here or was asked for otherwise")]
    private partial void LogUnknown(
        string stripeId, Guid reference, Guid bookingId, long amount, string currency, Guid refundId);

    [LoggerMessage(EventId = 4133, Level = LogLevel.Critical,
        Message = "ALARM: Stripe's refund {RefundId} of payment {Reference} has an amount that is none in {Currency}: "
            + "{Amount}")]
    private partial void LogOddRefund(string refundId, Guid reference, long amount, string currency);
}

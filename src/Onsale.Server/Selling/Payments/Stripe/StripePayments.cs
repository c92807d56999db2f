using System.Security.Cryptography;
using System.Text;
using Stripe;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>Brings our refunds in line with Stripe's, those included that somebody made there.</summary>
internal sealed partial class StripePayments(
    StripeApi api, StripePaymentProvider provider, StripeRefundStore refunds, PaymentStore payments,
    RefundStore partial, PaymentRefunds process, ILogger<StripePayments> logger)
{
    /// <summary>
    /// Whether Stripe has this intent as ours: a copy of the database, as at a staging site, knows the intents of the
    /// original too.
    /// </summary>
    public async Task<bool> IsOursAsync(KnownIntent known) =>
        provider.IsOurs(await api.GetIntentAsync(known.IntentId!, CancellationToken.None));

    public async Task SyncRefundsAsync(KnownIntent known)
    {
        if (await payments.FindAsync(known.Reference) is not { } payment)
            return;
        foreach (var refund in await api.ListRefundsAsync(known.IntentId!, CancellationToken.None))
        {
            if (refund.Metadata.TryGetValue(StripeMetadata.Refund, out var text) && Guid.TryParse(text, out var id))
                await SyncAsync(payment, id, refund);
            else
                await SyncForeignAsync(known, payment, refund);
        }
    }

    private async Task SyncAsync(Payment payment, Guid id, Refund refund)
    {
        if (await refunds.FindAsync(id) is not { } known
            || refund.Metadata.GetValueOrDefault(StripeMetadata.Sequence) != StripeRefunder.NumberOf(known))
        {
            // Of an earlier request, which has failed and was made anew.
            return;
        }

        var (state, answer) = StripeRefunder.Read(refund);
        await refunds.SetAsync(known, refund.Id, state);
        if (id == payment.Reference)
            await process.NoteAsync(payment, answer);
        else if (await partial.FindAsync(payment.EventId, id) is { } part)
            await process.NoteAsync(part, answer);
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
        Message = "Money: {Amount} minor units of payment {Reference} of booking {BookingId} were refunded at Stripe as "
            + "{RefundId}")]
    private partial void LogForeign(string refundId, Guid reference, Guid bookingId, long amount);

    [LoggerMessage(EventId = 4132, Level = LogLevel.Critical,
        Message = "ALARM: Stripe's refund {RefundId} of payment {Reference} of booking {BookingId}, {Amount} minor units, "
            + "is more than is left of it here")]
    private partial void LogExceeds(string refundId, Guid reference, Guid bookingId, long amount);

    [LoggerMessage(EventId = 4133, Level = LogLevel.Critical,
        Message = "ALARM: Stripe's refund {RefundId} of payment {Reference} has an amount that is none in {Currency}: "
            + "{Amount}")]
    private partial void LogOddRefund(string refundId, Guid reference, long amount, string currency);
}

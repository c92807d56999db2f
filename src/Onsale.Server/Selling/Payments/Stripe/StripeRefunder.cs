using System.Globalization;
using Stripe;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>
/// Gives money back by Stripe, once for a refund's id. What was asked for is written first; before it is asked for
/// again Stripe is searched for it, since its keys are forgotten after a day and keep an error until then.
/// </summary>
internal sealed partial class StripeRefunder(
    StripeApi api, StripeInstallation installation, StripeIntentStore intents, StripeRefundStore store,
    ILogger<StripeRefunder> logger)
{
    /// <param name="reference">Of the payment.</param>
    /// <param name="id">Of the refund.</param>
    /// <param name="minorUnits">Null: all that is left.</param>
    /// <param name="cancellationToken">Ends the wait, not the refund.</param>
    public async Task<RefundAnswer> RefundAsync(
        Guid reference, Guid id, long? minorUnits, CancellationToken cancellationToken)
    {
        if (await intents.FindAsync(reference) is not { IntentId: { } intentId } intent)
            throw new PaymentProviderException($"The payment {reference} has no intent at Stripe.");
        if (!installation.IsOurs(await api.GetIntentAsync(intentId, cancellationToken)))
        {
            LogForeign(id, reference, intentId);
            throw new PaymentProviderException($"The payment {reference} is another installation's.");
        }

        long? amount = null;
        if (minorUnits is { } units)
        {
            amount = StripeAmounts.FromMinorUnits(units, intent.Currency);
            if (amount is null)
            {
                LogNoAmount(id, units, intent.Currency);
                return RefundAnswer.Failed;
            }
        }

        var refund = await store.BeginAsync(id, reference, amount);
        // Its end: what it was for is in the books again. Who still wants the money back asks for another refund.
        if (refund.State == KnownRefundState.Failed)
            return RefundAnswer.Failed;
        if (refund.RefundId is { } known)
            return await NoteAsync(refund, await api.GetRefundAsync(known, cancellationToken));
        if (await FindMadeAsync(refund, intentId, cancellationToken) is { } made)
            return await NoteAsync(refund, made);
        // The key of the last request answers its error for a day, and Stripe has made nothing of it.
        if (refund.IsBroken)
            refund = await AdvanceAsync(refund);
        return await AskAsync(refund, intentId, cancellationToken);
    }

    /// <summary>Which request for the refund it is, as Stripe has it.</summary>
    public static string NumberOf(KnownRefund refund) => refund.Sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>What a refund of Stripe's says.</summary>
    public static (KnownRefundState State, RefundAnswer Answer) Read(Refund made) => made.Status switch
    {
        "succeeded" => (KnownRefundState.Succeeded, RefundAnswer.Succeeded),
        "failed" or "canceled" => (KnownRefundState.Failed, RefundAnswer.Failed),
        _ => (KnownRefundState.Pending, RefundAnswer.Pending),
    };

    private async Task<KnownRefund> AdvanceAsync(KnownRefund refund) => await store.AdvanceAsync(refund)
        ?? throw new PaymentProviderException($"The refund {refund.Id} is asked for at another node.");

    private async Task<RefundAnswer> AskAsync(
        KnownRefund refund, string intentId, CancellationToken cancellationToken)
    {
        var number = NumberOf(refund);
        try
        {
            return await NoteAsync(refund, await api.CreateRefundAsync(
                new RefundCreateOptions
                {
                    PaymentIntent = intentId,
                    Amount = refund.Amount,
                    Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        [StripeMetadata.Refund] = refund.Id.ToString(),
                        [StripeMetadata.Sequence] = number,
                    },
                },
                $"onsale:refund:{refund.Id}:{number}", cancellationToken));
        }
        catch (PaymentProviderException exception) when (exception.IsItsError)
        {
            await store.SetBrokenAsync(refund);
            throw;
        }
        catch (StripeException exception) when (exception.StripeError?.Code == "charge_already_refunded")
        {
            await store.SetAsync(refund, null, KnownRefundState.Succeeded);
            return RefundAnswer.Succeeded;
        }
        catch (StripeException exception)
        {
            LogRefused(refund.Id, refund.Reference, exception.StripeError?.Code, exception.StripeError?.Message);
            await store.SetAsync(refund, null, KnownRefundState.Failed);
            return RefundAnswer.Failed;
        }
    }

    /// <summary>The refund that an earlier request made, whose answer nobody heard.</summary>
    private async Task<Refund?> FindMadeAsync(
        KnownRefund refund, string intentId, CancellationToken cancellationToken) =>
        (await api.ListRefundsAsync(intentId, cancellationToken)).Find(made =>
            made.Metadata.GetValueOrDefault(StripeMetadata.Refund) == refund.Id.ToString()
            && made.Metadata.GetValueOrDefault(StripeMetadata.Sequence)
                == NumberOf(refund));

    private async Task<RefundAnswer> NoteAsync(KnownRefund refund, Refund made)
    {
        var (state, answer) = Read(made);
        await store.SetAsync(refund, made.Id, state);
        return answer;
    }

    [LoggerMessage(EventId = 4111, Level = LogLevel.Error,
        Message = "Money: Stripe refused the refund {RefundId} of payment {Reference}: {Code}, {Reason}")]
    private partial void LogRefused(Guid refundId, Guid reference, string? code, string? reason);

    [LoggerMessage(EventId = 4113, Level = LogLevel.Critical,
        Message =
            "ALARM: money: the refund {RefundId} of payment {Reference} is not sent, since Stripe's intent {IntentId} "
            + "belongs to another installation; is this a copy of its database?")]
    private partial void LogForeign(Guid refundId, Guid reference, string intentId);

    [LoggerMessage(EventId = 4112, Level = LogLevel.Error,
        Message = "Money: the refund {RefundId} of {Amount} minor units cannot be told to Stripe in {Currency}")]
    private partial void LogNoAmount(Guid refundId, long amount, string currency);
}

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>Brings our disputes in line with Stripe's.</summary>
internal sealed partial class StripeDisputes(
    StripeApi api, PaymentStore payments, DisputeStore store, ILogger<StripeDisputes> logger)
{
    private const int MaxReasonChars = 100;

    public async Task SyncAsync(KnownIntent known, string disputeId, CancellationToken cancellationToken)
    {
        if (await payments.FindAsync(known.Reference) is not { } payment)
            return;
        var told = await api.GetDisputeAsync(disputeId, cancellationToken);
        if (StripeAmounts.ToMinorUnits(told.Amount, known.Currency) is not { } amount)
            throw new PaymentProviderException(
                $"The dispute {disputeId} has an amount that is none in {known.Currency}.");
        var dispute = new Dispute(
            StripePayments.IdOf(told.Id), told.Id, StateOf(told.Status), amount, known.Currency,
            told.Reason.Length > MaxReasonChars ? told.Reason[..MaxReasonChars] : told.Reason,
            told.EvidenceDetails?.DueBy is { } due ? new DateTimeOffset(due, TimeSpan.Zero) : null);
        if (await store.SetAsync(payment, dispute))
            LogDispute(told.Id, payment.Reference, payment.BookingId, dispute.State, amount, dispute.Reason);
    }

    /// <summary>
    /// <c>warning_…</c> is an inquiry, which moves no money; <c>prevented</c> one that ended before it did.
    /// </summary>
    private static DisputeState StateOf(string status) => status switch
    {
        "won" or "prevented" or "warning_closed" => DisputeState.Won,
        "lost" => DisputeState.Lost,
        "warning_needs_response" or "warning_under_review" => DisputeState.Inquiry,
        _ => DisputeState.Open,
    };

    [LoggerMessage(EventId = 4141, Level = LogLevel.Warning,
        Message = "Money: dispute {DisputeId} of payment {Reference} of booking {BookingId} is {State}: {Amount} minor "
            + "units, {Reason}")]
    private partial void LogDispute(
        string disputeId, Guid reference, Guid bookingId, DisputeState state, long amount, string reason);
}

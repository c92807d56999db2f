using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Stripe;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>
/// Takes money by Stripe. An attempt is a payment intent, made first and confirmed after its id is written down: one
/// that nobody heard of was never confirmed, and one that may have been confirmed can be asked about by its id. What
/// counts is what the intent says when it is asked, never which answer was heard or which event came.
/// </summary>
internal sealed partial class StripePaymentProvider(
    StripeApi api, StripeIntentStore intents, StripeRefunder refunder, IOptions<StripeOptions> options,
    StripeInstallation installation, ILogger<StripePaymentProvider> logger) : IPaymentProvider
{
    public const string ProviderName = "stripe";

    public string Name => ProviderName;

    public bool MayTakeLonger => true;

    public bool IsToken(string token) =>
        token.StartsWith("pm_", StringComparison.Ordinal) || token.StartsWith("ctoken_", StringComparison.Ordinal);

    public long? UnitsOf(long amount, string currency) => StripeAmounts.ToCharge(amount, currency);

    public async Task<ChargeAnswer> ChargeAsync(Charge charge, CancellationToken cancellationToken)
    {
        if (StripeAmounts.ToCharge(charge.Amount, charge.Currency) is not { } amount)
        {
            LogNoAmount(charge.Reference, charge.Amount, charge.Currency);
            return ChargeState.Voided;
        }

        await intents.BeginAsync(charge, amount);
        if (await CreateAsync(charge, amount, cancellationToken) is not { } made)
            return (await intents.FindOrGiveUpAsync(charge.Reference)).State == IntentState.GivenUp
                ? ChargeState.Voided : ChargeState.Unknown;
        if (!await intents.SetConfirmingAsync(charge.Reference, made.Id))
            return await FindAsync(charge.Reference, cancellationToken);
        try
        {
            var confirmed = await api.ConfirmIntentAsync(
                made.Id, ConfirmationOf(charge), $"onsale:confirm:{charge.Reference}", cancellationToken);
            return await ReadAsync(ExpectedOf(charge, made.Id, amount), confirmed, cancellationToken);
        }
        catch (StripeException exception) when (exception.HttpStatusCode == HttpStatusCode.PaymentRequired)
        {
            // Its client secret is nobody's: nobody else can confirm it with another card.
            LogDeclined(charge.Reference, exception.StripeError?.DeclineCode ?? exception.StripeError?.Code);
            return ChargeState.Declined;
        }
        catch (StripeException exception)
        {
            LogRefused(charge.Reference, exception.StripeError?.Code, exception.StripeError?.Message);
            return await FindAsync(charge.Reference, cancellationToken);
        }
    }

    public async Task<ChargeAnswer> FindAsync(Guid reference, CancellationToken cancellationToken)
    {
        var known = await intents.FindOrGiveUpAsync(reference);
        if (known is not { State: IntentState.Confirming, IntentId: { } id })
            return ChargeState.Voided;
        return await ReadAsync(known, await api.GetIntentAsync(id, cancellationToken), cancellationToken);
    }

    public async Task<bool> IsOpenAsync(Guid reference) =>
        await intents.FindAsync(reference) is { State: IntentState.Confirming, IsOpen: true };

    public async Task<ChargeAnswer> AbandonAsync(Guid reference, CancellationToken cancellationToken)
    {
        var known = await intents.FindOrGiveUpAsync(reference);
        if (known is not { State: IntentState.Confirming, IntentId: { } id })
            return ChargeState.Voided;
        var intent = await api.GetIntentAsync(id, cancellationToken);
        return intent.Status == "requires_action" && IsAsExpected(known, intent)
            ? await EndAsync(known, intent, cancellationToken)
            : await ReadAsync(known, intent, cancellationToken);
    }

    public Task<RefundAnswer> RefundPartAsync(
        Guid reference, Guid refundId, long amount, CancellationToken cancellationToken) =>
        refunder.RefundAsync(reference, refundId, amount, cancellationToken);

    public Task<RefundAnswer> RefundAsync(Guid reference, CancellationToken cancellationToken) =>
        refunder.RefundAsync(reference, reference, null, cancellationToken);

    /// <summary>Null: Stripe refused, or made something else than was asked for; nothing will be charged.</summary>
    private async Task<PaymentIntent?> CreateAsync(Charge charge, long amount, CancellationToken cancellationToken)
    {
        try
        {
            var made = await api.CreateIntentAsync(
                new PaymentIntentCreateOptions
                {
                    Amount = amount,
                    Currency = charge.Currency.ToLowerInvariant(),
                    AllowedPaymentMethodTypes = [.. options.Value.Methods],
                    Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        [StripeMetadata.Environment] = installation.Name,
                        [StripeMetadata.Reference] = charge.Reference.ToString("D", CultureInfo.InvariantCulture),
                        [StripeMetadata.Event] = charge.EventId.ToString("D", CultureInfo.InvariantCulture),
                        [StripeMetadata.Booking] = charge.BookingId.ToString("D", CultureInfo.InvariantCulture),
                    },
                },
                $"onsale:create:{charge.Reference}", cancellationToken);
            return IsAsExpected(ExpectedOf(charge, made.Id, amount), made) ? made : null;
        }
        catch (StripeException exception)
        {
            LogRefused(charge.Reference, exception.StripeError?.Code, exception.StripeError?.Message);
            return null;
        }
    }

    private static KnownIntent ExpectedOf(Charge charge, string intentId, long amount) => new(
        charge.Reference, charge.BookingId, intentId, IntentState.Confirming, IsOpen: false, amount, charge.Currency);

    private static PaymentIntentConfirmOptions ConfirmationOf(Charge charge) =>
        charge.Token.StartsWith("ctoken_", StringComparison.Ordinal)
            ? new PaymentIntentConfirmOptions { ConfirmationToken = charge.Token, UseStripeSdk = true }
            : new PaymentIntentConfirmOptions { PaymentMethod = charge.Token, UseStripeSdk = true };

    /// <summary>
    /// What an intent says of its charge. One that could still be confirmed by somebody is ended first.
    /// </summary>
    private async Task<ChargeAnswer> ReadAsync(
        KnownIntent known, PaymentIntent intent, CancellationToken cancellationToken)
    {
        if (!IsAsExpected(known, intent))
            return ChargeState.Unknown;
        switch (intent.Status)
        {
            case "succeeded":
                return intent.LatestCharge is { Refunded: true } ? ChargeState.Refunded : ChargeState.Succeeded;
            case "canceled":
                return intent.LastPaymentError is null ? ChargeState.Voided : ChargeState.Declined;
            case "requires_action":
                await SetOpenAsync(known);
                return new ChargeAnswer(ChargeState.ActionRequired, intent.ClientSecret);
            case "requires_payment_method" or "requires_confirmation":
                return await EndAsync(known, intent, cancellationToken);
            default:
                await SetOpenAsync(known);
                return ChargeState.Unknown;
        }
    }

    private async Task SetOpenAsync(KnownIntent known)
    {
        if (!known.IsOpen)
            await intents.SetOpenAsync(known.Reference);
    }

    /// <summary>
    /// Ends an intent that was not charged, so that it never will be: a browser may know its client secret, and a
    /// confirmation may still be on its way.
    /// </summary>
    private async Task<ChargeAnswer> EndAsync(
        KnownIntent known, PaymentIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            var ended = await api.CancelIntentAsync(intent.Id, cancellationToken);
            return (ended.LastPaymentError ?? intent.LastPaymentError) is null
                ? ChargeState.Voided : ChargeState.Declined;
        }
        catch (StripeException exception)
        {
            // It has moved on in this moment: whoever asks next sees where to.
            throw new PaymentProviderException($"The payment {known.Reference} could not be ended.", exception);
        }
    }

    /// <summary>
    /// Whether Stripe speaks of the same amount, currency and booking as we do. It is an alarm if not: the payment
    /// stays as it is until somebody has looked.
    /// </summary>
    private bool IsAsExpected(KnownIntent known, PaymentIntent intent)
    {
        var isSame = intent.Amount == known.Amount
            && string.Equals(intent.Currency, known.Currency, StringComparison.OrdinalIgnoreCase)
            && installation.IsOurs(intent)
            && intent.Metadata.GetValueOrDefault(StripeMetadata.Reference) == known.Reference.ToString()
            && intent.Metadata.GetValueOrDefault(StripeMetadata.Booking) == known.BookingId?.ToString()
            && (intent.Status != "succeeded" || intent.AmountReceived == known.Amount);
        if (!isSame)
            LogMismatch(intent.Id, known.Reference, known.Amount, known.Currency, intent.Amount, intent.Currency);
        return isSame;
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error,
        Message =
            "Payment {Reference} cannot be taken by Stripe: {Amount} minor units of {Currency} are too few or cannot "
            + "be told there")]
    private partial void LogNoAmount(Guid reference, long amount, string currency);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Information,
        Message = "Payment {Reference} was declined by the buyer's bank: {Reason}")]
    private partial void LogDeclined(Guid reference, string? reason);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Error,
        Message = "Stripe refused a request about payment {Reference}: {Code}, {Reason}")]
    private partial void LogRefused(Guid reference, string? code, string? reason);

    [LoggerMessage(EventId = 4104, Level = LogLevel.Critical,
        Message = "ALARM: Stripe's intent {IntentId} is not what payment {Reference} is: {Expected} {ExpectedCurrency} "
            + "expected, {Amount} {Currency} found, or another booking's or installation's; the payment stays "
            + "unsettled")]
    private partial void LogMismatch(
        string intentId, Guid reference, long expected, string expectedCurrency, long amount, string currency);
}

/// <summary>What is written into Stripe's objects, to find our own by.</summary>
internal static class StripeMetadata
{
    /// <summary>The installation: one account may serve several.</summary>
    public const string Environment = "onsale_environment";

    /// <summary>The payment attempt.</summary>
    public const string Reference = "onsale_reference";

    public const string Event = "onsale_event";

    public const string Booking = "onsale_booking";

    /// <summary>The refund.</summary>
    public const string Refund = "onsale_refund";

    /// <summary>Which request for the refund it was.</summary>
    public const string Sequence = "onsale_sequence";
}

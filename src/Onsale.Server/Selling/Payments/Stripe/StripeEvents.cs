using Microsoft.Extensions.Options;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>
/// Handles what Stripe told of: in any order, each event once, at whichever node takes it. An event only says what to
/// look at; what is done follows from what Stripe says of it now, so that late, repeated and reordered events do no
/// harm.
/// </summary>
internal sealed partial class StripeEvents(
    StripeApi api, StripeEventStore store, StripeIntentStore intents, StripeInstallation installation,
    StripePayments payments, StripeDisputes disputes, PaymentProcess process, IOptions<StripeOptions> options,
    TimeProvider time, ILogger<StripeEvents> logger)
{
    /// <summary>One round: all events that are due.</summary>
    public async Task HandleDueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ClaimedEvent> claimed;
        do
        {
            claimed = await store.ClaimAsync(cancellationToken);
            await Task.WhenAll(claimed.Select(TryHandleAsync));
        }
        while (claimed.Count == StripeLimits.MaxClaimedEvents);
    }

    /// <summary>
    /// Reads Stripe's list since the last time, and some time before that: what was not delivered during an outage is
    /// found there.
    /// </summary>
    public async Task ReadMissedAsync(CancellationToken cancellationToken)
    {
        var since = await store.FindReadUntilAsync() - TimeSpan.FromMinutes(StripeLimits.ReadOverlapMinutes);
        var began = time.GetUtcNow();
        var found = 0;
        await foreach (var listed in api.ListEventsAsync(since, StripeEventReader.HandledTypes, cancellationToken))
        {
            if (listed.Livemode == options.Value.IsLive && StripeEventReader.Of(listed) is { } received
                && await store.AddAsync(received, wasListed: true, cancellationToken))
            {
                found++;
            }
        }

        await store.SetReadUntilAsync(began);
        if (found > 0)
            LogMissed(found);
    }

    private async Task TryHandleAsync(ClaimedEvent taken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(StripeLimits.EventTimeoutSeconds), time);
        try
        {
            var isOurs = await HandleAsync(taken, timeout.Token);
            await store.EndAsync(taken.Id, isOurs ? EventState.Handled : EventState.Foreign);
        }
        catch (Exception exception)
            when (taken.Attempts >= StripeLimits.MaxEventAttempts && !TellsOfMoney(taken.Type))
        {
            LogGivenUp(exception, taken.Id, taken.Type, taken.ObjectId, taken.Attempts);
            await store.EndAsync(taken.Id, EventState.GivenUp, exception.Message);
        }
        catch (Exception exception)
        {
            // One event that cannot be handled must not keep the others from it.
            var wait = TimeSpan.FromSeconds(
                Math.Min(
                    StripeLimits.MaxRetrySeconds, StripeLimits.FirstRetrySeconds * Math.Pow(3, taken.Attempts - 1)));
            if (taken.Attempts % StripeLimits.MaxEventAttempts == 0)
                LogStuck(exception, taken.Id, taken.Type, taken.ObjectId, taken.Attempts);
            else
                LogRetried(exception, taken.Id, taken.Type, taken.ObjectId, taken.Attempts, wait.TotalSeconds);
            await store.RetryAsync(taken.Id, wait, exception.Message);
        }
    }

    /// <summary>False: it is not about a payment of this installation.</summary>
    private async Task<bool> HandleAsync(ClaimedEvent taken, CancellationToken cancellationToken)
    {
        var known = taken.IntentId is { } id ? await intents.FindAsync(id) : null;
        if (taken.IntentId is not { } intentId
            || await api.GetIntentAsync(intentId, cancellationToken) is not { } intent
            || !installation.IsOurs(intent) || (known is null && intent.Status != "succeeded"))
        {
            LogForeign(taken.Id, taken.Type, taken.ObjectId);
            return false;
        }

        if (known is null)
        {
            LogUnknown(intentId, intent.Amount, intent.Currency, taken.Id, taken.Type);
            throw new PaymentProviderException($"The paid intent {intentId} is not known here.");
        }

        // Also for a refund or a dispute, which may be heard of before its payment.
        var state = await process.SettleAsync(known.Reference);
        if (state is not (ChargeState.Succeeded or ChargeState.Refunded) && TellsOfMoney(taken.Type))
            throw new PaymentProviderException($"What became of payment {known.Reference} is not known yet.");
        if (taken.Type.StartsWith("refund.", StringComparison.Ordinal))
            await payments.SyncRefundsAsync(known, cancellationToken);
        else if (taken.Type.StartsWith("charge.dispute.", StringComparison.Ordinal))
            await disputes.SyncAsync(known, taken.ObjectId, cancellationToken);
        return true;
    }

    /// <summary>
    /// Whether it says that money has moved, or will: that nobody finds elsewhere. Each of them also says that the
    /// intent was paid.
    /// </summary>
    private static bool TellsOfMoney(string type) => type == "payment_intent.succeeded"
        || !type.StartsWith("payment_intent.", StringComparison.Ordinal);

    [LoggerMessage(EventId = 4122, Level = LogLevel.Information,
        Message = "Stripe's event {EventId} ({Type} of {ObjectId}) is about no payment of this installation")]
    private partial void LogForeign(string eventId, string type, string objectId);

    [LoggerMessage(EventId = 4126, Level = LogLevel.Critical,
        Message =
            "ALARM: money: Stripe's intent {IntentId} of this installation was paid, {Amount} {Currency}, and is not "
            + "known here; event {EventId} ({Type}) is kept. Was a backup restored?")]
    private partial void LogUnknown(string intentId, long amount, string currency, string eventId, string type);

    [LoggerMessage(EventId = 4123, Level = LogLevel.Warning,
        Message =
            "Stripe's event {EventId} ({Type} of {ObjectId}) could not be handled, attempt {Attempt}; it is tried "
            + "again in {WaitSeconds:0} s")]
    private partial void LogRetried(
        Exception exception, string eventId, string type, string objectId, int attempt, double waitSeconds);

    [LoggerMessage(EventId = 4127, Level = LogLevel.Critical,
        Message = "ALARM: money: Stripe's event {EventId} ({Type} of {ObjectId}) could not be handled in {Attempts} "
            + "attempts; it is tried again every hour")]
    private partial void LogStuck(Exception exception, string eventId, string type, string objectId, int attempts);

    [LoggerMessage(EventId = 4124, Level = LogLevel.Error,
        Message = "Stripe's event {EventId} ({Type} of {ObjectId}) could not be handled in {Attempts} attempts and is "
            + "given up")]
    private partial void LogGivenUp(
        Exception exception, string eventId, string type, string objectId, int attempts);

    [LoggerMessage(EventId = 4125, Level = LogLevel.Warning,
        Message = "{Count} events of Stripe had not been delivered and were found in its list")]
    private partial void LogMissed(int count);
}

using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;

namespace Onsale.Server.Selling.Payments;

/// <summary>How paying for a booking ended.</summary>
internal enum PaymentOutcome
{
    /// <summary>Confirmed, now or earlier.</summary>
    Confirmed,

    /// <summary>The buyer's bank refused; nothing is taken.</summary>
    Declined,

    /// <summary>The provider did not answer, and takes nothing.</summary>
    Unanswered,

    /// <summary>The inventory refused; see the reply.</summary>
    Refused,

    /// <summary>Not settled in time; the places stay with the payment until it is.</summary>
    Unsettled,

    /// <summary>The payment came too late, the places were gone, and the money went back.</summary>
    RefundedTooLate,

    /// <summary>
    /// As many cards as a booking can try were declined, and nothing was asked of the provider: it is to be paid later,
    /// and its places stay.
    /// </summary>
    UsedUp,

    /// <summary>
    /// The buyer's bank wants something of the buyer first; the places stay with the payment meanwhile.
    /// </summary>
    ActionRequired,
}

/// <summary>An outcome and what it speaks of.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reply">The inventory's last answer.</param>
/// <param name="AttemptsLeft">Of one that took nothing: how often the buyer may try again.</param>
/// <param name="ClientSecret">Of one that waits for its buyer: what the browser goes on with.</param>
internal readonly record struct PaymentResult(
    PaymentOutcome Outcome, LaneReply Reply, int AttemptsLeft = 0, string? ClientSecret = null);

/// <summary>
/// Two-step payment: the hold becomes a lease, the provider is asked, the booking is confirmed or the hold goes on.
/// Each step can be repeated, and what a crash leaves open is taken up by <see cref="PaymentRecovery"/>. A
/// caller that disconnects stops nothing.
/// </summary>
internal sealed partial class PaymentProcess(
    EventLanes lanes, PaymentProviders providers, PaymentStore store, BookingReader bookings, PaymentWaits waits,
    PaymentRefunds refunds, LatePayments late, PaymentMetrics metrics, TimeProvider time,
    ILogger<PaymentProcess> logger)
{
    /// <summary>Pays for a held booking and confirms it.</summary>
    public async Task<PaymentResult> PayAsync(
        Guid eventId, Guid bookingId, Guid buyerId, string currency, string token, bool releaseOnDecline)
    {
        var result = await StartAndPayAsync(eventId, bookingId, buyerId, currency, token, releaseOnDecline);
        metrics.Answered(result.Outcome);
        return result;
    }

    /// <summary>What became of the payment that a booking is in, without beginning another.</summary>
    public Task<PaymentResult> LookUpAsync(Guid eventId, Guid bookingId) =>
        ResumeAsync(eventId, bookingId, default, releaseOnDecline: false);

    /// <summary>Asks the provider what became of an attempt whose lease is over, and acts on it.</summary>
    public async Task SettleAsync(Guid eventId, Guid bookingId, int attempt)
    {
        if (await store.FindAsync(eventId, bookingId, attempt) is not { } payment)
        {
            // Never noted, so the provider never heard of it, and it does not count.
            await lanes.SubmitAsync(eventId, new DeclinePaymentCommand(bookingId, attempt, Release: false)
            {
                Uncounted = attempt - await store.CountDeclinedAsync(eventId, bookingId),
            });
            return;
        }

        var answer = await FindOrAbandonAsync(payment);
        if (answer.State is ChargeState.Unknown or ChargeState.ActionRequired)
            await WaitOnAsync(payment);
        else
            await ActAsync(payment, answer.State, booking: null, release: false);
    }

    /// <summary>
    /// Brings an attempt in line with what its provider says now, whoever has heard of it, and answers with that; for
    /// one that was settled before with how.
    /// </summary>
    public async Task<ChargeState> SettleAsync(Guid reference)
    {
        if (await store.FindAsync(reference) is not { } payment)
            return ChargeState.Voided;
        if (!PaymentStates.IsOpenTo(payment.State, ChargeState.Succeeded))
            return ChargeState.Succeeded;
        var answer = await FindAsync(payment);
        if (!PaymentStates.IsOpenTo(payment.State, answer.State))
            return answer.State;
        var result = await ActAsync(payment, answer.State, booking: null, release: false);
        return result.Outcome == PaymentOutcome.Unsettled ? ChargeState.Unknown : answer.State;
    }

    /// <summary>Takes up a payment or refund whose request has ended without settling it.</summary>
    public async Task ReconcileAsync(Payment payment)
    {
        // To the end of the line: what stays open must not keep the others from being looked at.
        if (!await store.TouchAsync(payment))
            return;
        if (payment.State == PaymentState.RefundIntended)
        {
            await refunds.RetryAsync(payment);
            return;
        }

        if (payment.IsFromCounter)
        {
            await SettleCounterAsync(payment);
            return;
        }

        switch ((await FindOrAbandonAsync(payment)).State)
        {
            case ChargeState.Succeeded:
                await ConfirmAsync(payment, booking: null);
                break;
            case ChargeState.Declined or ChargeState.Refunded:
                await store.SetAsync(payment, PaymentFact.Declined);
                break;
            case ChargeState.Voided:
                await store.SetAsync(payment, PaymentFact.Voided);
                break;
        }
    }

    /// <summary>A sale at the counter that was interrupted: it took place if its booking is confirmed.</summary>
    private async Task SettleCounterAsync(Payment payment)
    {
        var booking = await bookings.FindAsync(payment.EventId, payment.BookingId);
        // The end of its lease settles it.
        if (booking is { State: BookingState.Paying } && booking.Attempts == payment.Attempt)
            return;
        // The organiser says that it is there: what its booking has not become of it is booked anew, or owed.
        if (payment.Provider == CounterMethods.Transfer && booking is not null and not { State: BookingState.Held }
            && (booking.State is BookingState.Released or BookingState.Expired || booking.Attempts != payment.Attempt))
        {
            await late.SettleAsync(payment);
            return;
        }

        var fact = booking?.State is BookingState.Confirmed or BookingState.Cancelled
            ? PaymentFact.Paid
            : PaymentFact.Voided;
        await store.SetAsync(payment, fact);
    }

    private async Task<PaymentResult> StartAndPayAsync(
        Guid eventId, Guid bookingId, Guid buyerId, string currency, string token, bool releaseOnDecline)
    {
        var start = await StartAsync(eventId, bookingId, buyerId);
        if (start.Status != LaneStatus.Decided || start.Result.Refusal is not null)
        {
            return start.Result.Refusal?.Reason == RefusalReason.PaymentInProgress
                ? await ResumeAsync(eventId, bookingId, start, releaseOnDecline)
                : new PaymentResult(PaymentOutcome.Refused, start);
        }

        if (start.Result.IsReplay)
            return new PaymentResult(PaymentOutcome.Confirmed, start);

        using var inFlight = waits.Begin(eventId, bookingId);
        try
        {
            return await ChargeAndConfirmAsync(eventId, start, buyerId, currency, token, releaseOnDecline);
        }
        catch (Exception exception) when (Errors.IsDatabaseUnavailable(exception))
        {
            // Money may have moved, and even the confirmation may be written: recovery and a repeated request find out.
            LogInterrupted(exception, bookingId);
            return new PaymentResult(PaymentOutcome.Unsettled, start);
        }
    }

    private async Task<PaymentResult> ChargeAndConfirmAsync(
        Guid eventId, LaneReply start, Guid buyerId, string currency, string token, bool releaseOnDecline)
    {
        var booking = start.Result.Booking!;
        // A hold that lasts for minutes ends by the third decline; one that is to be paid later is kept without cards.
        if (booking.IsPaidLater
            && await store.CountDeclinedAsync(eventId, booking.Id) >= InventoryLimits.MaxPaymentAttempts)
        {
            return await RefuseAsync(eventId, booking);
        }

        var provider = providers.For(eventId);
        var amount = provider.TakesMoney ? booking.Total : 0;
        var charge = new Charge(Guid.CreateVersion7(time.GetUtcNow()), token, amount, currency)
        {
            EventId = eventId,
            BookingId = booking.Id,
        };
        if (booking.Total > 0)
            await store.StartAsync(eventId, booking.Id, booking.Attempts, buyerId, provider.Name, charge);
        var payment = new Payment(
            eventId, booking.Id, booking.Attempts, buyerId, charge.Reference, PaymentState.Started, default,
            provider.Name);
        return await AnswerAsync(
            payment, booking.Total == 0 ? ChargeState.Succeeded : await ChargeAsync(provider, charge, payment), start,
            booking, releaseOnDecline);
    }

    /// <summary>Ends an attempt that nobody was asked about.</summary>
    private async Task<PaymentResult> RefuseAsync(Guid eventId, Booking booking)
    {
        var reply = await lanes.SubmitAsync(
            eventId, new DeclinePaymentCommand(booking.Id, booking.Attempts, Release: false));
        return new PaymentResult(
            reply.Status == LaneStatus.Decided ? PaymentOutcome.UsedUp : PaymentOutcome.Unsettled, reply);
    }

    /// <summary>Looks up the attempt that another request has begun and left to its buyer or a slow bank.</summary>
    private async Task<PaymentResult> ResumeAsync(Guid eventId, Guid bookingId, LaneReply start, bool releaseOnDecline)
    {
        try
        {
            return await FindOpenAsync(eventId, bookingId) is { } payment
                ? await AnswerAsync(payment, await FindAsync(payment), start, booking: null, releaseOnDecline)
                : new PaymentResult(PaymentOutcome.Unsettled, start);
        }
        catch (Exception exception) when (Errors.IsDatabaseUnavailable(exception))
        {
            LogInterrupted(exception, bookingId);
            return new PaymentResult(PaymentOutcome.Unsettled, start);
        }
    }

    private async Task<PaymentResult> AnswerAsync(
        Payment payment, ChargeAnswer answer, LaneReply start, Booking? booking, bool releaseOnDecline) =>
        answer.State switch
        {
            ChargeState.Unknown => new PaymentResult(PaymentOutcome.Unsettled, start),
            ChargeState.ActionRequired => new PaymentResult(
                PaymentOutcome.ActionRequired, start, ClientSecret: answer.ClientSecret),
            _ => await ActAsync(payment, answer.State, booking, releaseOnDecline),
        };

    /// <summary>The attempt of a booking in payment that nobody waits for: whoever asks looks it up.</summary>
    private async Task<Payment?> FindOpenAsync(Guid eventId, Guid bookingId) =>
        providers.Current.MayTakeLonger
        && await bookings.FindAsync(eventId, bookingId) is { State: BookingState.Paying } booking
        && await store.FindAsync(eventId, bookingId, booking.Attempts) is { IsFromCounter: false } payment
        && await providers.Of(payment.Provider).IsOpenAsync(payment.Reference)
            ? payment
            : null;

    /// <summary>Brings a booking in line with what the provider says of its payment.</summary>
    private Task<PaymentResult> ActAsync(Payment payment, ChargeState state, Booking? booking, bool release) =>
        state switch
        {
            ChargeState.Succeeded => ConfirmAsync(payment, booking),
            ChargeState.Declined or ChargeState.Refunded =>
                EndAsync(payment, PaymentFact.Declined, PaymentOutcome.Declined, release),
            ChargeState.Voided => EndAsync(payment, PaymentFact.Voided, PaymentOutcome.Unanswered, release: false),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Nothing to act on."),
        };

    /// <summary>What became of an attempt; one that has waited for its buyer for too long is ended.</summary>
    private async Task<ChargeAnswer> FindOrAbandonAsync(Payment payment)
    {
        var answer = await FindAsync(payment);
        return answer.State == ChargeState.ActionRequired
            && payment.Age >= TimeSpan.FromMinutes(PaymentsLimits.MaxActionMinutes)
                ? await AskAsync(payment, (provider, token) => provider.AbandonAsync(payment.Reference, token))
                : answer;
    }

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
    /// Starts a payment; while another one of the same booking is in flight, waits for its end first.
    /// </summary>
    private async Task<LaneReply> StartAsync(Guid eventId, Guid bookingId, Guid buyerId)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var reply = await lanes.SubmitAsync(eventId, new StartPaymentCommand(bookingId, buyerId));
            var left = TimeSpan.FromSeconds(PaymentsLimits.MaxWaitForOtherSeconds) - time.GetElapsedTime(began);
            if (reply.Result.Refusal?.Reason != RefusalReason.PaymentInProgress || left <= TimeSpan.Zero
                || await FindOpenAsync(eventId, bookingId) is not null)
            {
                return reply;
            }

            await waits.WaitAsync(eventId, bookingId, left);
        }
    }

    private async Task<ChargeAnswer> ChargeAsync(IPaymentProvider provider, Charge charge, Payment payment)
    {
        using var timeout = new CancellationTokenSource(
            TimeSpan.FromSeconds(PaymentsLimits.ChargeTimeoutSeconds), time);
        try
        {
            return await provider.ChargeAsync(charge, timeout.Token);
        }
        catch (Exception exception) when (exception is PaymentProviderException or OperationCanceledException)
        {
            LogNoAnswer(exception, charge.Reference);
            return await FindAsync(payment);
        }
    }

    // What the organiser says has been paid.
    private Task<ChargeAnswer> FindAsync(Payment payment) => payment.IsFromCounter
        ? Task.FromResult<ChargeAnswer>(ChargeState.Succeeded)
        : AskAsync(payment, (provider, token) => provider.FindAsync(payment.Reference, token));

    private async Task<ChargeAnswer> AskAsync(
        Payment payment, Func<IPaymentProvider, CancellationToken, Task<ChargeAnswer>> ask)
    {
        using var timeout = new CancellationTokenSource(
            TimeSpan.FromSeconds(PaymentsLimits.ChargeTimeoutSeconds), time);
        try
        {
            return await ask(providers.Of(payment.Provider), timeout.Token);
        }
        catch (Exception exception) when (exception is PaymentProviderException or OperationCanceledException)
        {
            LogNoAnswer(exception, payment.Reference);
            return ChargeState.Unknown;
        }
    }

    private async Task<PaymentResult> ConfirmAsync(Payment payment, Booking? booking)
    {
        booking ??= await bookings.FindAsync(payment.EventId, payment.BookingId);
        if (booking is null)
            return new PaymentResult(PaymentOutcome.Unsettled, default);
        var reply = await lanes.SubmitAsync(payment.EventId, new ConfirmCommand(
            payment.BookingId, payment.Attempt, TicketCodes.New(booking.Places.Length)));
        if (reply.Status != LaneStatus.Decided)
            return new PaymentResult(PaymentOutcome.Unsettled, reply);
        if (reply.Result.Refusal is null)
        {
            await store.SetAsync(payment, PaymentFact.Paid);
            return new PaymentResult(PaymentOutcome.Confirmed, reply);
        }

        return await late.SettleAsync(payment);
    }

    /// <summary>No money is taken: the hold goes on, if its time and its attempts allow.</summary>
    private async Task<PaymentResult> EndAsync(
        Payment payment, PaymentFact fact, PaymentOutcome outcome, bool release)
    {
        await store.SetAsync(payment, fact);
        var declined = await store.CountDeclinedAsync(payment.EventId, payment.BookingId);
        var left = Math.Max(0, InventoryLimits.MaxPaymentAttempts - declined);
        var reply = await lanes.SubmitAsync(
            payment.EventId, new DeclinePaymentCommand(payment.BookingId, payment.Attempt, release)
            {
                Uncounted = payment.Attempt - declined,
            });
        if (reply.Status != LaneStatus.Decided)
            return new PaymentResult(PaymentOutcome.Unsettled, reply);
        if (reply.Result.Refusal is null)
            return new PaymentResult(outcome, reply, left);
        // Recovery was first: it found the lease over and settled the attempt. What counts is where the booking stands.
        return await bookings.FindAsync(payment.EventId, payment.BookingId)
            is { State: BookingState.Held or BookingState.Expired } current
                ? new PaymentResult(outcome, new LaneReply(LaneStatus.Decided, CommandResult.Replay(current)), left)
                : new PaymentResult(PaymentOutcome.Refused, reply);
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning,
        Message = "The payment provider did not answer about {Reference}; it is asked again")]
    private partial void LogNoAnswer(Exception exception, Guid reference);

    [LoggerMessage(EventId = 4005, Level = LogLevel.Warning,
        Message = "The database became unreachable while booking {BookingId} was paid; its payment is settled later")]
    private partial void LogInterrupted(Exception exception, Guid bookingId);
}

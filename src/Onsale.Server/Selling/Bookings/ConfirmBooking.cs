using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Bookings.Answers;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings;

/// <summary>POST /events/{id}/bookings/{bookingId}/confirm: pays for a hold and issues its tickets.</summary>
internal static class ConfirmBooking
{
    public static async Task<Results<Ok<BookingResponse>, Accepted<PaymentActionRequired>, Problem>> HandleAsync(
        string id, string bookingId, ConfirmRequest request, Buyer buyer,
        EventLookup events, PaymentProcess payments, PaymentProviders providers, PaymentsSwitch switched,
        BookingStore store, ContactStore contacts, BookingResponseMapper wire, AnswerGate answers,
        CancellationToken cancellationToken)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        if (!Guid.TryParseExact(bookingId, "D", out var booking))
            return Refusals.BookingNotFound();
        var settings = selling.Terms!;
        var provider = providers.For(settings.EventId);
        var token = request.Payment?.Token ?? "";
        if (token.Length is 0 or > PaymentsLimits.MaxTokenChars || !provider.IsToken(token))
        {
            // What costs nothing is not paid for, and what is being paid for is only looked up.
            switch (await store.FindAsync(settings.EventId, booking, buyer.Id))
            {
                case { Total: 0 } or { State: BookingState.Confirmed }:
                    break;
                case { State: BookingState.Paying }:
                    return await AnswerAsync(
                        await payments.LookUpAsync(settings.EventId, booking), settings, store, contacts, wire);
                default:
                    return Problem.Validation(("payment.token", "This is not a token of the payment provider."));
            }
        }

        if (await FindUnpayableAsync(
            settings, booking, buyer, store, switched.IsOn || !provider.TakesMoney, provider) is { } unpayable)
            return unpayable;
        // A payment that is begun goes on whatever becomes of this request: the token is for the reads before it.
        if (await answers.CheckAsync(settings.EventId, booking, buyer.Id, cancellationToken) is { } unanswered)
            return unanswered;
        var result = await payments.PayAsync(
            settings.EventId, booking, buyer.Id, settings.Currency, token, request.ReleaseOnDecline);
        return await AnswerAsync(result, settings, store, contacts, wire);
    }

    private static async Task<Results<Ok<BookingResponse>, Accepted<PaymentActionRequired>, Problem>> AnswerAsync(
        PaymentResult result, EventSettings settings, BookingStore store, ContactStore contacts,
        BookingResponseMapper wire)
    {
        var (outcome, reply, attemptsLeft, secret) = result;
        return outcome switch
        {
            PaymentOutcome.Confirmed => await ConfirmedAsync(
                reply.Result.Booking!, settings, store, contacts, wire),
            PaymentOutcome.ActionRequired => TypedResults.Accepted(
                (string?)null, new PaymentActionRequired("payment-action-required", secret!)),
            // After "declined" a buyer would try another card, on places that are gone.
            PaymentOutcome.Declined or PaymentOutcome.Unanswered
                when reply.Result.Booking is { State: BookingState.Expired } => new Problem(409, "hold-expired",
                "Nothing was charged, and the hold has ended: its places are free again. Choose again."),
            PaymentOutcome.Declined => Refusals.PaymentDeclined(reply.Result.Booking, attemptsLeft),
            PaymentOutcome.Unanswered => Refusals.PaymentUnanswered(reply.Result.Booking, attemptsLeft),
            PaymentOutcome.UsedUp => Refusals.PaymentsUsedUp(),
            PaymentOutcome.RefundedTooLate => new Problem(409, "hold-expired",
                "The payment came too late: the places were gone. The money was refunded."),
            PaymentOutcome.Unsettled => Refusals.OutcomeUnknown(
                "The payment is not settled yet. Your places are kept meanwhile: "
                + "repeat the request to learn its result."),
            _ => Refusals.Of(reply, settings),
        };
    }

    /// <summary>Nothing takes money here: only what is confirmed already, or costs nothing, can go on.</summary>
    private static async Task<Problem?> FindUnpayableAsync(
        EventSettings settings, Guid bookingId, Buyer buyer, BookingStore store, bool isOn, IPaymentProvider provider)
    {
        if (isOn && provider.UnitsOf(1, settings.Currency) is not null)
            return null;
        return await store.FindAsync(settings.EventId, bookingId, buyer.Id) switch
        {
            null => Refusals.BookingNotFound(),
            { Total: > 0, State: BookingState.Held } booking
                when !isOn || provider.UnitsOf(booking.Total, settings.Currency) is null =>
                Refusals.PaymentsOff(),
            _ => null,
        };
    }

    private static async Task<Results<Ok<BookingResponse>, Accepted<PaymentActionRequired>, Problem>> ConfirmedAsync(
        Booking booking, EventSettings settings, BookingStore store, ContactStore contacts,
        BookingResponseMapper wire)
    {
        try
        {
            return TypedResults.Ok(await wire.OfAsync(
                booking, settings, await store.TicketsAsync(settings.EventId, booking.Id),
                await contacts.FindAsync(settings.EventId, booking.Id)));
        }
        catch (Exception exception) when (Errors.IsDatabaseUnavailable(exception))
        {
            // "Unavailable" would say that nothing happened.
            return Refusals.OutcomeUnknown(
                "The places are yours, but the tickets cannot be read now: repeat the request.");
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>Cancels bookings and gives money back, whatever the event's policy lets buyers do.</summary>
internal static class RefundBooking
{
    private static readonly Problem s_notPaid = new(
        StatusCodes.Status409Conflict, "not-paid", "There is no payment of this booking that could go back.");

    private static readonly Problem s_keyMismatch = new(
        StatusCodes.Status422UnprocessableEntity, "idempotency-mismatch",
        "This Idempotency-Key was used for another request. Use a new key for a new request.");

    public static async Task<Results<Ok<OwnBooking>, Problem>> CancelAsync(
        string @event, string bookingId, CounterCancellation request, OrganisationAccess access, EditedEvents events,
        CounterRefunds refunds, BookingShowing showing, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var validation = new Validation();
        var reason = validation.Text("reason", request.Reason, 1, CounterLimits.MaxReasonCharacters);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        return await CancelAsync(row, bookingId, reason, access.Actor, refunds, showing, cancellationToken);
    }

    public static async Task<Results<Ok<OwnBooking>, Problem>> RefundAsync(
        string @event, string bookingId, RefundRequest request,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, OrganisationAccess access, EditedEvents events,
        CounterRefunds refunds, BookingShowing showing, BookingReader reader, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (await reader.FindOwnAsync(row, bookingId) is not { } booking)
            return Refusals.BookingNotFound();
        var id = booking.Id;
        var validation = new Validation();
        var reason = validation.Text("reason", request.Reason, 1, CounterLimits.MaxReasonCharacters);
        var items = request.Items ?? [];
        var amount = AmountOf(request, items, booking, validation);
        if (idempotencyKey is not null && !HoldPlaces.IsKey(idempotencyKey))
        {
            validation.Add("Idempotency-Key",
                $"Must be 1 to {BookingsLimits.MaxIdempotencyKeyChars} visible ASCII characters.");
        }

        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (request.ReleasePlaces)
            return await CancelAsync(row, bookingId, reason, access.Actor, refunds, showing, cancellationToken);
        var keyHash = idempotencyKey is null
            ? null : SHA256.HashData(Encoding.ASCII.GetBytes($"{access.Actor.AccountId}:{idempotencyKey}"));
        return await refunds.RefundPartAsync(
            access.Actor, row.Id, id, request.Attempt, amount, items, reason, keyHash, cancellationToken) switch
        {
            RefundIntended.Exceeds(var left) => Exceeds(left),
            RefundIntended.RefundedBefore => RefundedBefore(),
            RefundIntended.NotPaid => s_notPaid,
            RefundIntended.KeyMismatch => s_keyMismatch,
            _ => await showing.ShowAsync(row, bookingId, cancellationToken) is { } shown
                ? TypedResults.Ok(shown)
                : Refusals.BookingNotFound(),
        };
    }

    private static async Task<Results<Ok<OwnBooking>, Problem>> CancelAsync(
        EditedEvent row, string bookingId, string reason, Actor actor, CounterRefunds refunds, BookingShowing showing,
        CancellationToken cancellationToken)
    {
        if (!row.IsOpened || !Guid.TryParseExact(bookingId, "D", out var id))
            return Refusals.BookingNotFound();
        if (await refunds.CancelAsync(actor, row.Id, id, reason) is { } problem)
            return problem;
        return await showing.ShowAsync(row, bookingId, cancellationToken) is { } shown
            ? TypedResults.Ok(shown)
            : Refusals.BookingNotFound();
    }

    /// <summary>Null: all that is left.</summary>
    private static long? AmountOf(RefundRequest request, Guid[] items, Booking booking, Validation validation)
    {
        validation.Require(
            !request.ReleasePlaces || (request.Amount is null && items.Length == 0), "releasePlaces",
            "Only the whole booking gives its places back.");
        validation.Require(request.Amount is null || items.Length == 0, "amount", "Give an amount or items.");
        validation.Require(
            request.Attempt is null or (>= 0 and <= short.MaxValue), "attempt", "The booking has no such payment.");
        validation.Require(
            !request.ReleasePlaces || request.Attempt is null, "attempt", "The whole booking has no single payment.");
        if (request.Amount is { } amount)
        {
            validation.Range("amount", amount, 1, EventLimits.MaxPriceMinorUnits * InventoryLimits.MaxPlacesPerBooking);
            return amount;
        }

        if (items.Length == 0)
            return null;
        validation.Require(items.Distinct().Count() == items.Length, "items", "Name each place once.");
        var prices = booking.Places.Select((place, line) => (Id: PlaceIds.Of(booking.Id, line), place.Price))
            .ToDictionary(place => place.Id, place => place.Price);
        validation.Require(Array.TrueForAll(items, prices.ContainsKey), "items", "The booking has no such place.");
        var sum = items.Sum(item => prices.GetValueOrDefault(item));
        validation.Require(sum > 0, "items", "These places cost nothing.");
        return sum;
    }

    private static Problem Exceeds(long left) => new(
        StatusCodes.Status409Conflict, "refund-exceeds-payment",
        "More than is left of what was paid cannot go back.", writer => writer.WriteNumber("left", left));

    private static Problem RefundedBefore() => new(
        StatusCodes.Status409Conflict, "already-refunded", "One of these places was paid back before.");
}

/// <summary>The steps of cancelling and paying back.</summary>
internal sealed class CounterRefunds(
    EventLanes lanes, PaymentRefunds payments, RefundStore refunds, ActivityLog activities, TimeProvider time)
{
    /// <summary>Cancels a booking or releases a hold, and pays back what was paid; null: it is done.</summary>
    public async Task<Problem?> CancelAsync(Actor actor, Guid eventId, Guid bookingId, string reason)
    {
        var note = new CommitNote(() => [activities.CommandOf(
            new Activity(actor, "booking.cancelled", "booking", $"{bookingId}")
            {
                EventId = eventId,
                After = new() { ["reason"] = reason },
            })]);
        var reply = await lanes.SubmitAsync(eventId, new CancelCommand(bookingId, Guid.Empty)
        {
            IsBoxOffice = true,
            Note = note,
        });
        if (reply.Status != LaneStatus.Decided)
            return LaneProblems.ToProblem(reply.Status);
        if (reply.Result.Booking is not { } booking)
            return ProblemOf(reply.Result.Refusal!);
        // A crash from here on leaves a cancelled booking with a kept payment, which recovery finds.
        if (booking.State == BookingState.Cancelled)
            await payments.RefundCancelledAsync(eventId, booking, isHandedBack: true);
        return null;
    }

    /// <summary>Gives a part back, or with null all that is left; the booking and its places stay.</summary>
    public async Task<RefundIntended> RefundPartAsync(
        Actor actor, Guid eventId, Guid bookingId, int? attempt, long? amount, Guid[] items, string reason,
        byte[]? keyHash,
        CancellationToken cancellationToken)
    {
        var intended = await refunds.IntendAsync(
            actor, eventId, bookingId, attempt, Guid.CreateVersion7(time.GetUtcNow()), amount, items, reason, keyHash,
            cancellationToken);
        // A repeated request whose first one was interrupted: asking the provider twice is asking once.
        if (intended is RefundIntended.Done { Refund: var refund })
            await payments.RefundPartAsync(refund);
        return intended;
    }

    private static Problem ProblemOf(Refusal refusal) => refusal.Reason == RefusalReason.PaymentInProgress
        ? new Problem(
            StatusCodes.Status409Conflict, "payment-in-progress",
            "A payment for this booking is in flight. Wait for its result.")
        : Refusals.BookingNotFound();
}

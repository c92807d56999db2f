using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>
/// POST /organisations/{org}/events/{event}/bookings/{bookingId}/paid: the money of a booking that is paid later is there.
/// </summary>
internal static class MarkPaid
{
    private static readonly Problem s_notPayLater = new(
        StatusCodes.Status409Conflict, "not-pay-later",
        "This booking does not wait for a bank transfer. Sell at the counter, or let its buyer pay.");

    private static readonly Problem s_paidOtherwise = new(
        StatusCodes.Status409Conflict, "paid-otherwise",
        "This booking was paid another way meanwhile. If a transfer has arrived as well, it has to go back.");

    public static async Task<Results<Ok<OwnBooking>, Problem>> HandleAsync(
        string @event, string bookingId, TransferReceived request, OrganisationAccess access, EditedEvents events,
        EventLanes lanes, BookingReader reader, TransferPayments transfers, BookingShowing showing,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (await reader.FindOwnAsync(row, bookingId) is not { } booking)
            return Refusals.BookingNotFound();

        var validation = new Validation();
        var note = validation.Text("note", request.Note, 0, CounterLimits.MaxReasonCharacters);
        validation.Require(
            request.Amount == booking.Total, "amount",
            $"Must be what the booking costs, {booking.Total} minor units: a part does not pay for it.");
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (!booking.IsPaidLater)
            return s_notPayLater;
        if (await lanes.ReadAsync(row.Id) is not { Lane.Settings: { } settings })
            return Problem.Unavailable();
        var (reply, isOurs) = await transfers.ReceiveAsync(access.Actor, settings, booking, note);
        if (reply.Result.Booking is null)
            return Refusals.Of(reply, settings);
        if (!isOurs)
            return s_paidOtherwise;
        return await showing.ShowAsync(row, bookingId, cancellationToken) is { } shown
            ? TypedResults.Ok(shown)
            : Refusals.BookingNotFound();
    }
}

/// <summary>
/// Takes money that has arrived at the organiser's bank for a booking: a payment attempt like any other, which nobody has
/// to be asked about. What a crash leaves in between is confirmed when the attempt's lease ends.
/// </summary>
internal sealed class TransferPayments(
    EventLanes lanes, PaymentStore payments, ActivityLog activities, TimeProvider time)
{
    /// <summary>
    /// The reply with the confirmed booking, or why there is none; and whether it was paid by transfer, now or before.
    /// </summary>
    public async Task<(LaneReply Reply, bool IsOurs)> ReceiveAsync(
        Actor actor, EventSettings settings, Booking booking, string note)
    {
        var started = await lanes.SubmitAsync(settings.EventId, new StartPaymentCommand(booking.Id, booking.BuyerId)
        {
            Note = new CommitNote(() => [activities.CommandOf(
                new Activity(actor, "booking.marked-paid", "booking", $"{booking.Id}")
                {
                    EventId = settings.EventId,
                    After = new() { ["amount"] = booking.Total, ["note"] = note },
                })]),
        });
        if (started.Result.Booking is not { } paying)
            return (started, false);
        if (started.Result.IsReplay)
        {
            return (started, await payments.FindAsync(settings.EventId, paying.Id, paying.Attempts)
                is { Provider: CounterMethods.Transfer });
        }

        var charge = new Charge(
            Guid.CreateVersion7(time.GetUtcNow()), "", paying.Total, settings.Currency);
        await payments.StartAsync(
            settings.EventId, paying.Id, paying.Attempts, paying.BuyerId, CounterMethods.Transfer, charge);
        var confirmed = await lanes.SubmitAsync(settings.EventId, new ConfirmCommand(
            paying.Id, paying.Attempts, TicketCodes.New(paying.Places.Length)));
        if (confirmed.Result.Booking is not null)
        {
            await payments.SetAsync(
                new Payment(
                    settings.EventId, paying.Id, paying.Attempts, paying.BuyerId, charge.Reference,
                    PaymentState.Started, default, CounterMethods.Transfer),
                PaymentFact.Paid);
        }

        return (confirmed, true);
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>
/// POST /organisations/{org}/events/{event}/bookings/{bookingId}/paid: the money of a booking that is paid later is
/// there, perhaps after its places went back.
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
        var received = await transfers.ReceiveAsync(access.Actor, settings, booking, note);
        return received switch
        {
            TransferOutcome.Booked(var id) => await ShowAsync(id),
            TransferOutcome.Owed => await ShowAsync(booking.Id),
            TransferOutcome.PaidOtherwise => s_paidOtherwise,
            TransferOutcome.Unsettled => Refusals.OutcomeUnknown(
                "The money is noted, and what becomes of it is not known yet: repeat the request."),
            TransferOutcome.Refused(var reply) => Refusals.Of(reply, settings),
            _ => throw new ArgumentOutOfRangeException(nameof(request), received, "Not an outcome."),
        };

        async Task<Results<Ok<OwnBooking>, Problem>> ShowAsync(Guid id) =>
            await showing.ShowAsync(row, $"{id}", cancellationToken) is { } shown
                ? TypedResults.Ok(shown)
                : Refusals.BookingNotFound();
    }
}


using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>
/// POST /organisations/{org}/events/{event}/bookings/{bookingId}/paid-back: the organiser has sent back what is owed.
/// </summary>
internal static class MarkPaidBack
{
    private static readonly Problem s_nothingOwed = new(
        StatusCodes.Status409Conflict, "nothing-owed", "Nothing of this booking is to be paid back by hand.");

    public static async Task<Results<Ok<OwnBooking>, Problem>> HandleAsync(
        string @event, string bookingId, PaidBack request, OrganisationAccess access, EditedEvents events,
        BookingReader reader, PaidBackStore store, BookingShowing showing, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (await reader.FindOwnAsync(row, bookingId) is not { } booking)
            return Refusals.BookingNotFound();
        var validation = new Validation();
        var note = validation.Text("note", request.Note, 0, CounterLimits.MaxReasonCharacters);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var owed = await store.MarkAsync(
            access.Actor, row.Id, booking.Id, request.Amount, note, cancellationToken);
        if (owed == 0)
            return s_nothingOwed;
        if (owed != request.Amount)
            return Problem.Validation(("amount", $"Must be what is owed, {owed} minor units."));
        return await showing.ShowAsync(row, bookingId, cancellationToken) is { } shown
            ? TypedResults.Ok(shown)
            : Refusals.BookingNotFound();
    }
}

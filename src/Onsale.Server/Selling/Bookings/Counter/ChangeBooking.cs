using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>Changes whom to write to about a booking, and which seats it has. Its price stays what it was.</summary>
internal static class ChangeBooking
{
    public static async Task<Results<Ok<OwnBooking>, Problem>> HandleAsync(
        string @event, string bookingId, BookingChange change, OrganisationAccess access, EditedEvents events,
        BookingReader reader, BookingChanges changes, BookingShowing showing, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (await reader.FindOwnAsync(row, bookingId) is not { } booking)
            return Refusals.BookingNotFound();
        var validation = new Validation();
        var contact = ReadContact(change, validation);
        var moves = ReadMoves(change.Seats, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (booking.State is BookingState.Released or BookingState.Expired)
            return Refusals.HoldExpired();
        // The seats first: they can be refused, and then nothing has changed.
        if (moves.Length > 0 && await changes.MoveAsync(access.Actor, row.Id, booking.Id, moves) is { } refused)
            return refused;
        if (contact is not null
            && !await changes.SetContactAsync(access.Actor, row.Id, booking, contact, cancellationToken))
        {
            return Refusals.BookingNotFound();
        }

        return await showing.ShowAsync(row, bookingId, cancellationToken) is { } shown
            ? TypedResults.Ok(shown)
            : Refusals.BookingNotFound();
    }

    /// <summary>Null: nothing of it is to change.</summary>
    private static BookingChange? ReadContact(BookingChange change, Validation validation)
    {
        var (name, email) = (change.Name, change.Email);
        if (change.Name is not null && AccountRules.CheckName(change.Name, out name) is { } badName)
            validation.Add("name", badName);
        if (change.Email is not null && AccountRules.CheckEmail(change.Email, out email) is { } badEmail)
            validation.Add("email", badEmail);
        validation.Require(
            change.Language is null || ContactRules.IsLanguageTag(change.Language), "language",
            "Must be a language tag such as en or es-MX.");
        var read = new BookingChange(name, email, change.Language);
        return read == new BookingChange() ? null : read;
    }

    private static SeatMove[] ReadMoves(SeatChange[]? seats, Validation validation)
    {
        if (seats is null)
            return [];
        validation.Require(
            seats.Length is >= 1 and <= InventoryLimits.MaxPlacesPerBooking, "seats",
            $"Must name 1 to {InventoryLimits.MaxPlacesPerBooking} seats.");
        validation.Require(
            seats.DistinctBy(seat => seat.From).Count() == seats.Length
            && seats.DistinctBy(seat => seat.To).Count() == seats.Length,
            "seats", "Must name each seat once.");
        return [.. seats.Select(seat => new SeatMove(seat.From, seat.To))];
    }
}

/// <summary>The two changes, each with its line in the activity log.</summary>
internal sealed class BookingChanges(
    EventLanes lanes, ContactStore contacts, NpgsqlDataSource dataSource, ActivityLog activities)
{
    private const string DefaultLanguage = "en";

    /// <summary>Gives a booking other seats: all of them, or why not.</summary>
    public async Task<Problem?> MoveAsync(Actor actor, Guid eventId, Guid bookingId, SeatMove[] moves)
    {
        var note = new CommitNote(() => [activities.CommandOf(
            new Activity(actor, "booking.moved", "booking", $"{bookingId}")
            {
                EventId = eventId,
                Before = new() { ["seats"] = new JsonArray([.. moves.Select(move => (JsonNode)move.From)]) },
                After = new() { ["seats"] = new JsonArray([.. moves.Select(move => (JsonNode)move.To)]) },
            })]);
        var reply = await lanes.SubmitAsync(eventId, new MoveSeatsCommand(bookingId, [.. moves]) { Note = note });
        if (reply.Status != LaneStatus.Decided)
            return LaneProblems.ToProblem(reply.Status);
        return reply.Result.Refusal is { } refusal ? ProblemOf(refusal) : null;
    }

    /// <summary>Sets whom to write to; what is left out stays. False: there is no such booking any more.</summary>
    public async Task<bool> SetContactAsync(
        Actor actor, Guid eventId, Booking booking, BookingChange change, CancellationToken cancellationToken)
    {
        var present = await contacts.FindAsync(eventId, booking.Id);
        var language = change.Language ?? present?.Language ?? DefaultLanguage;
        if (await contacts.SetAsync(
            eventId, booking.Id, booking.BuyerId, change.Name ?? present?.Name, change.Email ?? present?.Email,
            language) is null)
        {
            return false;
        }

        // Which fields, not what is in them: the log holds no names.
        JsonArray fields = [.. new[] { ("name", change.Name), ("email", change.Email), ("language", change.Language) }
            .Where(field => field.Item2 is not null).Select(field => (JsonNode)field.Item1)];
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await activities.AddAsync(
            connection,
            new Activity(actor, "booking.changed", "booking", $"{booking.Id}")
            {
                EventId = eventId,
                After = new() { ["fields"] = fields },
            },
            cancellationToken);
        return true;
    }

    private static Problem ProblemOf(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.CannotMove => Problem.Validation(
            ("seats", $"The booking does not have seat {string.Join(", ", refusal.Seats)}.")),
        RefusalReason.UnknownPlace => Problem.Validation(("seats", "This event has no such seat.")),
        RefusalReason.SeatsUnavailable => Refusals.SeatsUnavailable(refusal),
        RefusalReason.NotConfirmed => new Problem(
            StatusCodes.Status409Conflict, "not-confirmed",
            "Only a booking that is confirmed can be given other seats."),
        _ => Refusals.BookingNotFound(),
    };
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>Changes whom to write to about a booking. Its places are not touched.</summary>
internal static class ChangeBuyer
{
    public static async Task<Results<Ok<OwnBooking>, Problem>> HandleAsync(
        string @event, string bookingId, BuyerChange change, OrganisationAccess access, EditedEvents events,
        BookingReader reader, ContactStore contacts, BookingShowing showing, NpgsqlDataSource dataSource,
        ActivityLog activities, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (await reader.FindOwnAsync(row, bookingId) is not { } booking)
            return Refusals.BookingNotFound();
        var id = booking.Id;
        var present = await contacts.FindAsync(row.Id, id);
        var validation = new Validation();
        var (name, email) = (present?.Name, present?.Email);
        if (change.Name is not null && AccountRules.CheckName(change.Name, out name) is { } badName)
            validation.Add("name", badName);
        if (change.Email is not null && AccountRules.CheckEmail(change.Email, out email) is { } badEmail)
            validation.Add("email", badEmail);
        validation.Require(
            change.Language is null || ContactRules.IsLanguageTag(change.Language), "language",
            "Must be a language tag such as en or es-MX.");
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (booking.State is BookingState.Released or BookingState.Expired)
            return Refusals.HoldExpired();

        var language = change.Language ?? present?.Language ?? "en";
        if (await contacts.SetAsync(row.Id, id, booking.BuyerId, name, email, language) is null)
            return Refusals.BookingNotFound();
        // Which fields, not what is in them: the log holds no names.
        JsonArray fields = [.. new[] { ("name", change.Name), ("email", change.Email), ("language", change.Language) }
            .Where(field => field.Item2 is not null).Select(field => (JsonNode)field.Item1)];
        await using (var connection = await dataSource.OpenConnectionAsync(cancellationToken))
        {
            await activities.AddAsync(
                connection,
                new Activity(access.Actor, "booking.changed", "booking", $"{id}")
                {
                    EventId = row.Id,
                    After = new() { ["fields"] = fields },
                },
                cancellationToken);
        }

        return await showing.ShowAsync(row, bookingId, cancellationToken) is { } shown
            ? TypedResults.Ok(shown)
            : Refusals.BookingNotFound();
    }
}

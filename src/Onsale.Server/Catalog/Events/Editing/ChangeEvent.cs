using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>Changes an event, or deletes one that never sold.</summary>
internal static class ChangeEvent
{
    private static readonly Problem s_fixed = new(
        StatusCodes.Status409Conflict, "event-was-published",
        "The plan and the currency of an event that was published stay; duplicate it to change them.");

    private static readonly Problem s_announced = new(
        StatusCodes.Status409Conflict, "event-is-published",
        "The times, the venue and the address of a published event do not change unnoticed: reschedule it.");

    private static readonly Problem s_cannotDelete = new(
        StatusCodes.Status409Conflict, "event-was-published", "An event that was published cannot be deleted.");

    private static readonly Problem s_rehearsed = new(
        StatusCodes.Status409Conflict, "rehearsal-running",
        "The event is being rehearsed. Stop the rehearsal, or wait for its end.");

    public static async Task<Results<Ok<OwnEvent>, Problem>> HandleAsync(
        string @event, EventChange change, [FromHeader(Name = "If-Match")] string? ifMatch, OrganisationAccess access,
        HttpContext context, EditedEvents events, EventChanges changes, EventPlace places, EventShowing showing,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!Matches(ifMatch, row))
            return EventChanges.ChangedMeanwhile;
        var validation = new Validation();
        var after = EventRules.Apply(row, change, validation);
        after = await places.ApplyAsync(after, change, access, validation, cancellationToken);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (RefusalOf(row, after) is { } refusal)
            return refusal;
        return await changes.ChangeAsync(
            access.Actor, row, after, "event.changed", null, cancellationToken) is { } problem
            ? problem
            : await ShowAsync(row.Id, access, context, events, showing, cancellationToken);
    }

    public static async Task<Results<NoContent, Problem>> DeleteAsync(
        string @event, OrganisationAccess access, EditedEvents events, NpgsqlDataSource dataSource,
        ActivityLog activities, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Publishing takes the same lock before it makes the inventory.
        await connection.ExecuteAsync(new CommandDefinition(
            "select id from events where id = @Id for update", new { row.Id }, cancellationToken: cancellationToken));
        // The row of a rehearsal is all that knows of its copy.
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from rehearsals where event_id = @Id and copy_removed_at is null)",
            new { row.Id }, cancellationToken: cancellationToken)))
        {
            return s_rehearsed;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "delete from tiers where event_id = @Id and not exists (select from inventory where event_id = @Id)",
            new { row.Id }, cancellationToken: cancellationToken));
        var deleted = await connection.ExecuteAsync(new CommandDefinition(
            "delete from events where id = @Id and not exists (select from inventory where event_id = @Id)",
            new { row.Id }, cancellationToken: cancellationToken));
        if (deleted == 0)
            return s_cannotDelete;
        await activities.AddAsync(
            connection, new Activity(access.Actor, "event.deleted", "event", $"{row.Id}") { EventId = row.Id },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>The event as it is now.</summary>
    public static async Task<Results<Ok<OwnEvent>, Problem>> ShowAsync(
        Guid id, OrganisationAccess access, HttpContext context, EditedEvents events, EventShowing showing,
        CancellationToken cancellationToken) =>
        await events.FindAsync(access.OrganisationId, $"{id}", cancellationToken) is { } row
            ? TypedResults.Ok(await showing.ShowAsync(row, context, cancellationToken))
            : Problem.EventNotFound();

    /// <summary>Whether an editor that sends its version has the present one before it; without one it has.</summary>
    public static bool Matches(string? ifMatch, EditedEvent row) =>
        string.IsNullOrEmpty(ifMatch) || ifMatch == "*"
        || ifMatch.Split(',').Any(tag => tag.Trim() == $"\"{row.Version}\"");

    private static Problem? RefusalOf(EditedEvent row, EditedEvent after)
    {
        if (row.IsOpened && (after.SeatingPlanId != row.SeatingPlanId || after.Currency != row.Currency))
            return s_fixed;
        var isMoved = after.StartsAt != row.StartsAt || after.EndsAt != row.EndsAt || after.VenueId != row.VenueId
            || after.Slug != row.Slug;
        if (row.EventStatus != EventStatus.Draft && isMoved)
            return s_announced;
        return row.IsOpened && after.VenueId is null ? s_announced : null;
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>/organisations/{org}/events/{event}/ticket-rules: how the event's tickets are shown.</summary>
internal static class TicketRules
{
    /// <summary>What is answered to who asks for a code that stays, of an event whose codes rotate.</summary>
    public static readonly Problem LiveOnly = new(
        StatusCodes.Status409Conflict, "live-only",
        "Tickets of this event are shown live on the phone: there is no code to print or to keep.");

    public static async Task<Results<Ok<TicketSettings>, Problem>> GetAsync(
        string @event, OrganisationAccess access, EditedEvents events, TicketRuleStore store,
        CancellationToken cancellationToken) =>
        await events.FindAsync(access.OrganisationId, @event, cancellationToken) is { } row
            ? TypedResults.Ok(new TicketSettings(await store.IsRotatingAsync(row.Id, cancellationToken)))
            : Problem.EventNotFound();

    public static async Task<Results<Ok<TicketSettings>, Problem>> SetAsync(
        string @event, TicketSettings request, OrganisationAccess access, EditedEvents events, TicketRuleStore store,
        ActivityLog activities, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var before = await store.IsRotatingAsync(row.Id, cancellationToken);
        if (before == request.RotatingCodes)
            return TypedResults.Ok(request);
        await using var connection = await store.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TicketRuleStore.SetRotatingAsync(connection, row.Id, request.RotatingCodes);
        var activity = new Activity(access.Actor, "event.rotating-codes-changed", "event", $"{row.Id}")
        {
            EventId = row.Id,
            Before = new() { ["rotatingCodes"] = before },
            After = new() { ["rotatingCodes"] = request.RotatingCodes },
        };
        await activities.AddAsync(connection, activity, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Ok(request);
    }
}

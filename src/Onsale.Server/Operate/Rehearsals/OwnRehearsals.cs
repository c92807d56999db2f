using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>Rehearsals of an organisation's event: started, followed, stopped.</summary>
internal static class OwnRehearsals
{
    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "rehearsal-not-found", "The event has no such rehearsal.");

    public static async Task<Results<Created<RehearsalResponse>, Problem>> StartAsync(
        string @event, StartRehearsalRequest request, OrganisationAccess access, EditedEvents events,
        RehearsalStart start, RehearsalStore store, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var (id, refusal) = await start.StartAsync(
            access.OrganisationId, row.Id, request, access.Actor, cancellationToken);
        if (refusal is not null)
            return refusal;
        return await store.FindAsync(access.OrganisationId, row.Id, id, cancellationToken) is { } made
            ? TypedResults.Created(
                $"/api/v1/organisations/{access.OrganisationId}/events/{row.Id}/rehearsals/{id}", made.Shown)
            : s_notFound;
    }

    public static async Task<Results<Ok<RehearsalsResponse>, Problem>> ListAsync(
        string @event, OrganisationAccess access, EditedEvents events, RehearsalStore store,
        IOptions<RehearsalOptions> options, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var list = await store.ListAsync(access.OrganisationId, row.Id, cancellationToken);
        var bounds = options.Value;
        return TypedResults.Ok(new RehearsalsResponse(
            [.. list.Select(one => one.Shown with { Report = null })],
            new RehearsalBounds(bounds.Enabled, bounds.MaxBuyers, bounds.MaxMinutes, bounds.MaxRequestsPerSecond)));
    }

    public static async Task<Results<Ok<RehearsalResponse>, Problem>> GetAsync(
        string @event, string rehearsalId, OrganisationAccess access, EditedEvents events, RehearsalStore store,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        return Guid.TryParseExact(rehearsalId, "D", out var id)
            && await store.FindAsync(access.OrganisationId, row.Id, id, cancellationToken) is { } found
                ? TypedResults.Ok(found.Shown)
                : s_notFound;
    }

    public static async Task<Results<Ok<RehearsalResponse>, Problem>> StopAsync(
        string @event, string rehearsalId, OrganisationAccess access, EditedEvents events, RehearsalStore store,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!Guid.TryParseExact(rehearsalId, "D", out var id)
            || await store.FindAsync(access.OrganisationId, row.Id, id, cancellationToken) is null)
            return s_notFound;
        await store.StopAsync(
            id, new Activity(access.Actor, "rehearsal.stopped", "rehearsal", $"{id}") { EventId = row.Id },
            cancellationToken);
        return await store.FindAsync(access.OrganisationId, row.Id, id, cancellationToken) is { } stopped
            ? TypedResults.Ok(stopped.Shown)
            : s_notFound;
    }
}

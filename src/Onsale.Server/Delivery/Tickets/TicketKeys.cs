using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>
/// An event's ticket keys: public for everybody who checks codes, replaced by those who plan the event.
/// </summary>
internal static class TicketKeys
{
    private static readonly Problem s_tooMany = new(
        StatusCodes.Status409Conflict, "too-many-ticket-keys",
        $"An event has at most {SignedCode.MaxKeys} ticket keys.");

    private static readonly Problem s_notPublished = new(
        StatusCodes.Status409Conflict, "not-published", "An event has tickets once it was published.");

    private static readonly Problem s_changed = new(
        StatusCodes.Status409Conflict, "changed-meanwhile", "Somebody has replaced the key meanwhile. Look again.");

    /// <summary>GET /events/{id}/ticket-keys: what checks codes without asking.</summary>
    public static async Task<Results<Ok<TicketKeyList>, Problem>> ListPublicAsync(
        string id, EventLookup events, TicketKeyStore store, CancellationToken cancellationToken)
    {
        var found = await events.RequireVisibleAsync(id);
        return found.Problem is null ? await ShowAsync(store, found.Terms!.EventId, cancellationToken) : found.Problem;
    }

    /// <summary>
    /// POST /organisations/{org}/events/{event}/ticket-keys: tickets are signed with a new key from now on, and those
    /// of earlier keys are refused where that is asked for.
    /// </summary>
    public static async Task<Results<Ok<TicketKeyList>, Problem>> ReplaceAsync(
        string @event, NewTicketKey request, OrganisationAccess access, EditedEvents events, TicketSigning signing,
        TicketKeyStore store, ActivityLog activities, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!row.IsOpened)
            return s_notPublished;
        await using (var connection = await store.OpenAsync(cancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            var number = (await TicketKeyStore.ListAsync(connection, row.Id)).Count;
            if (number == SignedCode.MaxKeys)
                return s_tooMany;
            if (!await signing.AddAsync(connection, row.Id, number))
                return s_changed;
            var revoked = request.RevokeEarlier
                ? await TicketKeyStore.RevokeBeforeAsync(connection, row.Id, number)
                : 0;
            await activities.AddAsync(
                connection,
                new Activity(access.Actor, "ticketKey.added", "ticketKey", $"{number}")
                {
                    EventId = row.Id,
                    After = new JsonObject { ["number"] = number, ["revoked"] = revoked },
                },
                cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
        }

        return await ShowAsync(store, row.Id, cancellationToken);
    }

    /// <summary>All keys of an event, the newest last.</summary>
    public static async Task<IReadOnlyList<TicketKey>> ReadAsync(
        TicketKeyStore store, Guid eventId, CancellationToken cancellationToken) =>
    [
        .. (await store.ListAsync(eventId, cancellationToken)).Select(row => new TicketKey(
            row.Number, Convert.ToBase64String(row.PublicKey), new DateTimeOffset(row.CreatedAt),
            row.RevokedAt is not null)),
    ];

    private static async Task<Ok<TicketKeyList>> ShowAsync(
        TicketKeyStore store, Guid eventId, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TicketKeyList(await ReadAsync(store, eventId, cancellationToken)));
}

using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>/organisations/{org}/events/{event}/transfers: whether tickets may change hands, and which have.</summary>
internal static class OrganiserTransfers
{
    public static async Task<Results<Ok<TransferSettings>, Problem>> GetAsync(
        string @event, OrganisationAccess access, EditedEvents events, TransferStore store,
        CancellationToken cancellationToken) =>
        await events.FindAsync(access.OrganisationId, @event, cancellationToken) is { } row
            ? TypedResults.Ok(new TransferSettings(await store.IsAllowedAsync(row.Id)))
            : Problem.EventNotFound();

    public static async Task<Results<Ok<TransferSettings>, Problem>> SetAsync(
        string @event, TransferSettings request, OrganisationAccess access, EditedEvents events, TransferStore store,
        ActivityLog activities, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var before = await store.IsAllowedAsync(row.Id);
        if (before == request.Allowed)
            return TypedResults.Ok(request);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TransferStore.SetAllowedAsync(connection, row.Id, request.Allowed);
        var activity = new Activity(access.Actor, "event.transfers-changed", "event", $"{row.Id}")
        {
            EventId = row.Id,
            Before = new() { ["allowed"] = before },
            After = new() { ["allowed"] = request.Allowed },
        };
        await activities.AddAsync(connection, activity, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(request);
    }

    public static async Task<Results<Ok<Page<TransferOfEvent>>, Problem>> ListAsync(
        string @event, string? page, string? limit, OrganisationAccess access, EditedEvents events,
        TransferStore store, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var (rows, total) = await store.ListOfEventAsync(row.Id, paging);
        return TypedResults.Ok(Page<TransferOfEvent>.Of([.. rows.Select(Show)], total, paging));
    }

    private static TransferOfEvent Show(TransferRow row) => new(
        row.Id, row.TicketId, row.BookingId, row.Counter, (TransferState)row.State, row.FromBuyerId, row.ToBuyerId,
        row.Email, row.Name, new DateTimeOffset(row.OfferedAt),
        row.EndedAt is { } at ? new DateTimeOffset(at) : null);
}

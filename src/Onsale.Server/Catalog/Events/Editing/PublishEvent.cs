using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>Makes an event visible, or a draft again. The first time makes its inventory.</summary>
internal static class PublishEvent
{
    private static readonly Problem s_cancelled = new(
        StatusCodes.Status409Conflict, "event-cancelled", "An event that was called off stays so.");

    public static async Task<Results<Ok<OwnEvent>, Problem>> PublishAsync(
        string @event, [FromHeader(Name = "If-Match")] string? ifMatch, OrganisationAccess access, HttpContext context,
        EditedEvents events, EventChanges changes, EventShowing showing, EventOpening opening,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!ChangeEvent.Matches(ifMatch, row))
            return EventChanges.ChangedMeanwhile;
        if (row.EventStatus == EventStatus.Cancelled)
            return s_cancelled;
        if (row.EventStatus == EventStatus.Published)
            return TypedResults.Ok(await showing.ShowAsync(row, context, cancellationToken));
        var shown = await showing.ShowAsync(row, context, cancellationToken);
        if (NotReady(shown.Checklist) is { } refusal)
            return refusal;
        var problem = row.IsOpened
            ? await changes.ChangeAsync(
                access.Actor, row, row, "event.published", EventStatus.Published, cancellationToken)
            : await opening.OpenAsync(access.Actor, row, cancellationToken);
        return problem is null
            ? await ChangeEvent.ShowAsync(row.Id, access, context, events, showing, cancellationToken)
            : problem;
    }

    public static async Task<Results<Ok<OwnEvent>, Problem>> UnpublishAsync(
        string @event, [FromHeader(Name = "If-Match")] string? ifMatch, OrganisationAccess access, HttpContext context,
        EditedEvents events, EventChanges changes, EventShowing showing, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!ChangeEvent.Matches(ifMatch, row))
            return EventChanges.ChangedMeanwhile;
        if (row.EventStatus == EventStatus.Cancelled)
            return s_cancelled;
        return await changes.ChangeAsync(
            access.Actor, row, row, "event.unpublished", EventStatus.Draft, cancellationToken) is { } problem
            ? problem
            : await ChangeEvent.ShowAsync(row.Id, access, context, events, showing, cancellationToken);
    }

    /// <summary>409 <c>not-ready</c> with what is missing; null: nothing is.</summary>
    private static Problem? NotReady(IReadOnlyList<ChecklistItem> checklist)
    {
        var missing = checklist.Where(item => item.IsBlocking).ToList();
        return missing.Count == 0 ? null : new Problem(
            StatusCodes.Status409Conflict, "not-ready", string.Join(' ', missing.Select(item => item.Message)),
            writer =>
            {
                writer.WriteStartArray("missing");
                foreach (var item in missing)
                {
                    writer.WriteStartObject();
                    writer.WriteString("code", item.Code);
                    writer.WriteString("message", item.Message);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
    }
}

/// <summary>Publishes an event for the first time: with its inventory, a row a seat and a pool a tier.</summary>
internal sealed class EventOpening(NpgsqlDataSource dataSource, SeatingPlanCache plans, ActivityLog activities)
{
    private const string PublishSql = """
        update events set status = 1, edit_version = edit_version + 1
        where id = @Id and status = 0 and edit_version = @EditVersion
            and not exists (select from inventory where event_id = @Id)
        """;

    /// <summary>Null: it is done.</summary>
    public async Task<Problem?> OpenAsync(Actor actor, EditedEvent row, CancellationToken cancellationToken)
    {
        var plan = row.SeatingPlanId is { } planId ? await plans.GetAsync(planId, cancellationToken) : null;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // The version that was checked is the one that is published, and its tiers cannot change behind this.
        if (await connection.ExecuteAsync(new CommandDefinition(
            PublishSql, row, cancellationToken: cancellationToken)) == 0)
        {
            return EventChanges.ChangedMeanwhile;
        }

        var tiers = await EditedEvents.TiersAsync(connection, row.Id, cancellationToken);
        var errors = NewEventRules.Check(ToNewEvent(row, tiers), plan);
        if (errors.Count > 0)
            return Problem.Validation([.. errors]);
        await using var batch = new NpgsqlBatch(connection);
        var pools = tiers.Where(tier => tier.TierKind == TierKind.Quantity)
            .Select(tier => (tier.Number, tier.PlannedCapacity ?? 0)).ToList();
        foreach (var command in InventoryCreation.Commands(row.Id, plan?.SeatCount ?? 0, pools))
            batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(activities.CommandOf(
            new Activity(actor, "event.published", "event", $"{row.Id}")
            {
                EventId = row.Id,
                Before = new() { ["status"] = 0 },
                After = new() { ["status"] = 1 },
            }));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private static NewEvent ToNewEvent(EditedEvent row, IReadOnlyList<EditedTier> tiers) => new()
    {
        Id = row.Id,
        OrganisationId = row.OrganisationId,
        VenueId = row.VenueId!.Value,
        SeatingPlanId = row.SeatingPlanId,
        Slug = row.Slug,
        Title = row.Title,
        Summary = row.Summary,
        Description = row.Description,
        Category = row.Category,
        StartsAt = row.StartsAt,
        EndsAt = row.EndsAt,
        TimeZone = row.TimeZone,
        Currency = row.Currency,
        Status = EventStatus.Published,
        OnSaleAt = row.OnSaleAt,
        OffSaleAt = row.OffSaleAt,
        HoldMinutes = row.HoldMinutes,
        HoldExtensions = row.HoldExtensions,
        MaxTicketsPerBuyer = row.MaxTicketsPerBuyer,
        OneBookingPerBuyer = row.OneBookingPerBuyer,
        OrphanRule = row.OrphanRule,
        CancellableUntil = row.CancellableUntil,
        CompanionsReleasedAt = row.CompanionsReleasedAt,
        Tiers = [.. tiers.Select(tier => new NewTier(
            tier.Id, tier.Name, tier.Price, tier.Colour, tier.Category,
            tier.TierKind == TierKind.Quantity ? tier.PlannedCapacity ?? 0 : null, tier.NeedsTier))],
    };
}

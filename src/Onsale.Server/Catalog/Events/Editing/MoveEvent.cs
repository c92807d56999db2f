using Microsoft.AspNetCore.Http.HttpResults;
using NpgsqlTypes;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>What happens to an event that buyers know of: it moves, or it is called off.</summary>
internal static class MoveEvent
{
    private const string RefundsSql = "update events set refunds_when_cancelled = $2 where id = $1";

    private static readonly Problem s_notPublished = new(
        StatusCodes.Status409Conflict, "not-published",
        "Only an event that was published is rescheduled or called off; change or delete the draft.");

    private static readonly Problem s_cancelled = new(
        StatusCodes.Status409Conflict, "event-cancelled", "The event was called off.");

    public static async Task<Results<Ok<OwnEvent>, Problem>> RescheduleAsync(
        string @event, Rescheduling request, OrganisationAccess access, HttpContext context, EditedEvents events,
        EventChanges changes, EventShowing showing, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (RefusalOf(row) is { } refusal)
            return refusal;
        var by = request.StartsAt - row.StartsAt;
        var after = row with
        {
            StartsAt = request.StartsAt,
            EndsAt = request.EndsAt ?? row.EndsAt + by,
            DoorsAt = request.DoorsAt ?? row.DoorsAt + by,
            OffSaleAt = request.OffSaleAt ?? row.OffSaleAt + by,
            CancellableUntil = row.CancellableUntil + by,
            PayLaterEndsAt = row.PayLaterEndsAt + by,
        };
        var validation = new Validation();
        validation.Require(after.StartsAt > row.Now, "startsAt", "Must be in the future.");
        validation.Require(after.EndsAt >= after.StartsAt, "endsAt", "Must not be before startsAt.");
        validation.Require(
            after.DoorsAt is null || after.DoorsAt <= after.EndsAt, "doorsAt", "Must not be after endsAt.");
        validation.Require(after.OffSaleAt > after.OnSaleAt, "offSaleAt", "Must be after onSaleAt.");
        if (validation.ToProblem() is { } invalid)
            return invalid;
        return await changes.ChangeAsync(
            access.Actor, row, after, "event.rescheduled", null, cancellationToken) is { } problem
            ? problem
            : await ChangeEvent.ShowAsync(row.Id, access, context, events, showing, cancellationToken);
    }

    /// <summary>
    /// The call-off is one transaction with what becomes of the bookings; paying back happens in the background, and
    /// goes on after a restart.
    /// </summary>
    public static async Task<Results<Ok<OwnEvent>, Problem>> CancelAsync(
        string @event, Cancellation request, OrganisationAccess access, HttpContext context, EditedEvents events,
        EventChanges changes, EventShowing showing, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (row.EventStatus == EventStatus.Cancelled)
            return TypedResults.Ok(await showing.ShowAsync(row, context, cancellationToken));
        if (!row.IsOpened)
            return s_notPublished;
        var activity = new Activity(access.Actor, "event.cancelled", "event", $"{row.Id}")
        {
            EventId = row.Id,
            Before = new() { ["status"] = row.Status },
            After = new() { ["status"] = (short)EventStatus.Cancelled, ["refund"] = request.Refund },
        };
        var refused = await changes.SubmitAsync(
            row.Id, new ChangeSettingsCommand(new SettingsPatch { Status = EventStatus.Cancelled }), activity,
            () => [Command(RefundsSql, Id(row.Id), Parameter(request.Refund, NpgsqlDbType.Boolean))]);
        if (refused is not null)
            return refused.Problem ?? s_cancelled;
        return await ChangeEvent.ShowAsync(row.Id, access, context, events, showing, cancellationToken);
    }

    private static Problem? RefusalOf(EditedEvent row) =>
        row.EventStatus == EventStatus.Cancelled ? s_cancelled : row.IsOpened ? null : s_notPublished;
}

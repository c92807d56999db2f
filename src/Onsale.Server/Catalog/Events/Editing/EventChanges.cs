using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>
/// Writes changed events. One that was never published is changed by a statement of its own; one that has an inventory
/// by a command to it, which takes what is not the inventory's along in its transaction.
/// </summary>
internal sealed class EventChanges(NpgsqlDataSource dataSource, ActivityLog activities, EventLanes lanes)
{
    internal static readonly Problem ChangedMeanwhile = new(
        StatusCodes.Status412PreconditionFailed, "changed-meanwhile",
        "Somebody else has changed this event since. Load it again and repeat your change.");

    internal static readonly Problem SlugTaken = new(
        StatusCodes.Status409Conflict, "slug-taken", "Another event has this slug.");

    // What the inventory does not decide by; the rest is its settings'.
    private const string TextsSql = """
        update events set title = $2, slug = $3, summary = $4, description = $5, category = $6, venue_id = $7,
            starts_at = $8, ends_at = $9, doors_at = $10, time_zone = $11, age_limit = $12, languages = $13,
            image_url = $14, image_focus_x = $15, image_focus_y = $16, image_colour = $17,
            edit_version = edit_version + 1
        where id = $1
        """;

    private const string DraftSql = """
        update events set title = $2, slug = $3, summary = $4, description = $5, category = $6, venue_id = $7,
            starts_at = $8, ends_at = $9, doors_at = $10, time_zone = $11, age_limit = $12, languages = $13,
            image_url = $14, image_focus_x = $15, image_focus_y = $16, image_colour = $17,
            edit_version = edit_version + 1, seating_plan_id = $18, currency = $19, on_sale_at = $20,
            off_sale_at = $21, hold_minutes = $22, max_tickets_per_buyer = $23, one_booking_per_buyer = $24,
            orphan_rule = $25, cancellable_until = $26, hold_extensions = $27,
            companions_released_at = $28
        where id = $1 and edit_version = $29 and not exists (select from inventory where event_id = $1)
        """;

    /// <summary>Changes an event; null: it is done.</summary>
    /// <param name="actor">Who changes it.</param>
    /// <param name="before">As the change starts from: another one since is not overwritten.</param>
    /// <param name="after">As it becomes.</param>
    /// <param name="action">For the activity log.</param>
    /// <param name="status">Its new status; null: the same.</param>
    /// <param name="cancellationToken">Ends the attempt of a draft; a command is not cancelled.</param>
    public async Task<Problem?> ChangeAsync(
        Actor actor, EditedEvent before, EditedEvent after, string action, EventStatus? status,
        CancellationToken cancellationToken)
    {
        if (status is { } next)
            after = after with { Status = (short)next };
        var activity = new Activity(actor, action, "event", $"{before.Id}") { EventId = before.Id }
            .Between(before, after, EditingJson.Default.EditedEvent);
        if (activity.IsEmpty)
            return null;
        return before.IsOpened
            ? await CommandAsync(before, after, status, activity)
            : await UpdateAsync(before, after, activity, cancellationToken);
    }

    /// <summary>Sends a command with the row of the activity log that tells of it; null: it is done.</summary>
    public async Task<Refused?> SubmitAsync(
        Guid eventId, InventoryCommand command, Activity activity, Func<IEnumerable<NpgsqlBatchCommand>>? more = null)
    {
        var note = new CommitNote(() => [.. more?.Invoke() ?? [], activities.CommandOf(activity)]);
        var reply = await lanes.SubmitAsync(eventId, command with { Note = note });
        if (reply.Status != LaneStatus.Decided)
            return new Refused(LaneProblems.ToProblem(reply.Status), null);
        return reply.Result.Refusal is { } refusal
            ? new Refused(refusal.Reason == RefusalReason.StaleSettings ? ChangedMeanwhile : null, refusal)
            : null;
    }

    private async Task<Problem?> UpdateAsync(
        EditedEvent before, EditedEvent after, Activity activity, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        var update = TextsOf(DraftSql, after);
        foreach (var parameter in SettingsOf(after))
            update.Parameters.Add(parameter);
        update.Parameters.Add(Number(before.EditVersion));
        batch.BatchCommands.Add(update);
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.ConstraintName == "events_slug_key")
        {
            return SlugTaken;
        }

        if (update.RecordsAffected == 0)
            return ChangedMeanwhile;
        await activities.AddAsync(connection, activity, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private async Task<Problem?> CommandAsync(
        EditedEvent before, EditedEvent after, EventStatus? status, Activity activity)
    {
        var patch = new SettingsPatch
        {
            Status = status,
            OnSaleAt = after.OnSaleAt,
            OffSaleAt = after.OffSaleAt,
            HoldMinutes = after.HoldMinutes,
            HoldExtensions = after.HoldExtensions,
            MaxTicketsPerBuyer = after.MaxTicketsPerBuyer,
            OneBookingPerBuyer = after.OneBookingPerBuyer,
            OrphanRule = after.OrphanRule,
            CancellableUntil = after.CancellableUntil,
            ForbidsCancelling = after.CancellableUntil is null,
            CompanionsReleasedAt = after.CompanionsReleasedAt,
            // It has a route of its own, and moves with the event here.
            PayLater = after is { PayLaterDays: { } days, PayLaterEndsAt: { } end, PayLaterInstructions: { } where }
                ? new PayLaterTerms(days, end, where)
                : null,
        };
        var refused = await SubmitAsync(
            before.Id, new ChangeSettingsCommand(patch, before.SettingsVersion), activity,
            () => [TextsOf(TextsSql, after)]);
        return refused is null ? null : refused.Problem ?? Problem.Validation(
            ("offSaleAt", "The inventory does not take these settings: sales must end after they begin."));
    }

    private static NpgsqlBatchCommand TextsOf(string sql, EditedEvent row) => Command(
        sql, Id(row.Id), Text(row.Title), Text(row.Slug), Text(row.Summary), Text(row.Description),
        Text(row.Category), Parameter(row.VenueId, NpgsqlDbType.Uuid), Instant(row.StartsAt), Instant(row.EndsAt),
        Parameter(row.DoorsAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz), Text(row.TimeZone),
        Parameter(row.AgeLimit, NpgsqlDbType.Smallint),
        Parameter(row.Languages, NpgsqlDbType.Array | NpgsqlDbType.Text), Parameter(row.ImageUrl, NpgsqlDbType.Text),
        Parameter(row.ImageFocusX, NpgsqlDbType.Smallint), Parameter(row.ImageFocusY, NpgsqlDbType.Smallint),
        Parameter(row.ImageColour, NpgsqlDbType.Text));

    private static IEnumerable<NpgsqlParameter> SettingsOf(EditedEvent row) =>
    [
        Parameter(row.SeatingPlanId, NpgsqlDbType.Uuid), Text(row.Currency), Instant(row.OnSaleAt),
        Instant(row.OffSaleAt), Parameter(row.HoldMinutes, NpgsqlDbType.Smallint),
        Parameter(row.MaxTicketsPerBuyer, NpgsqlDbType.Integer),
        Parameter(row.OneBookingPerBuyer, NpgsqlDbType.Boolean), Parameter(row.OrphanRule, NpgsqlDbType.Boolean),
        Parameter(row.CancellableUntil?.ToUniversalTime(), NpgsqlDbType.TimestampTz),
        Parameter(row.HoldExtensions, NpgsqlDbType.Smallint),
        Parameter(row.CompanionsReleasedAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz),
    ];

    private static NpgsqlParameter Text(string text) => Parameter(text, NpgsqlDbType.Text);

    private static NpgsqlParameter Instant(DateTimeOffset instant) =>
        Parameter(instant.ToUniversalTime(), NpgsqlDbType.TimestampTz);
}

/// <summary>Why a command did nothing.</summary>
/// <param name="Problem">The answer, where it does not depend on what was asked for.</param>
/// <param name="Refusal">The inventory's refusal, where it decided.</param>
internal sealed record Refused(Problem? Problem, Refusal? Refusal);

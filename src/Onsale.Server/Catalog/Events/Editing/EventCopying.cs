using System.Globalization;
using Dapper;
using Npgsql;
using Onsale.Platform.Contract;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Questions;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>
/// Copies an event to other dates. One list says of each column whether it is copied; a test compares it with the
/// tables, so that a new column cannot be forgotten.
/// </summary>
internal sealed class EventCopying(NpgsqlDataSource dataSource, ActivityLog activities, TimeProvider time)
{
    /// <summary>What a copy has of the event.</summary>
    public static readonly string[] CopiedColumns =
    [
        "organisation_id", "venue_id", "seating_plan_id", "summary", "description", "category", "time_zone",
        "currency", "hold_minutes", "hold_extensions", "max_tickets_per_buyer", "one_booking_per_buyer", "orphan_rule",
        "image_url", "image_focus_x", "image_focus_y", "image_colour",
        "age_limit", "languages", "waitlist_offer_minutes",
    ];

    /// <summary>What each copy has of its own: its times, as far from its start on the wall clock.</summary>
    public static readonly string[] OwnColumns =
    [
        "id", "slug", "title", "starts_at", "ends_at", "doors_at", "on_sale_at", "off_sale_at", "cancellable_until",
        "companions_released_at", "series_id",
    ];

    /// <summary>What a copy begins without: it is a draft that nobody has bought of; and what triggers fill.</summary>
    public static readonly string[] NotCopiedColumns =
    [
        "status", "created_at", "edit_version", "refunds_when_cancelled",
        "cancellation_settled_at", "city", "pay_later_days", "pay_later_ends_at", "pay_later_instructions",
        "lowest_price", "highest_price", "search", "title_key", "city_key", "category_key", "starts_on", "names_key",
    ];

    /// <summary>The same of tiers.</summary>
    public static readonly string[] CopiedTierColumns =
    [
        "number", "name", "kind", "category", "price", "colour", "fee_fixed", "fee_basis_points", "fee_from_buyer",
        "tax_basis_points", "tax_added", "needs_tier",
    ];

    /// <inheritdoc cref="OwnColumns"/>
    public static readonly string[] OwnTierColumns = ["event_id", "id", "planned_capacity", "full_price"];

    private static readonly string s_eventSql = $"""
        insert into events ({string.Join(", ", CopiedColumns)}, id, slug, title, starts_at, ends_at, doors_at,
            on_sale_at, off_sale_at, cancellable_until, companions_released_at, series_id)
        select {string.Join(", ", CopiedColumns)}, @Id, @Slug, @Title, @StartsAt, @EndsAt, @DoorsAt, @OnSaleAt,
            @OffSaleAt, @CancellableUntil, @CompanionsReleasedAt, @SeriesId
        from events where id = @source
        """;

    // A copy begins with the places that the event has now, not with those that it began with.
    private static readonly string s_tiersSql = $"""
        insert into tiers ({string.Join(", ", CopiedTierColumns)}, event_id, id, planned_capacity)
        select {string.Join(", ", CopiedTierColumns.Select(column => $"t.{column}"))}, @Id, @tierIds[t.number + 1],
            coalesce(p.capacity, t.planned_capacity)
        from tiers t left join pools p on p.event_id = t.event_id and p.tier = t.number
        where t.event_id = @source
        """;

    private const string JoinSeriesSql = "update events set series_id = @seriesId where id = @Id and series_id is null";

    private static readonly string[] s_localFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>A time by a wall clock, such as 2026-10-25T19:30; false: it is none.</summary>
    public static bool TryParseLocal(string text, out DateTime local) => DateTime.TryParseExact(
        text, s_localFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out local);

    /// <summary>The event at another start by the wall clock of its zone.</summary>
    /// <remarks>
    /// Each of its times is as far from the new start as it was from the old one on the wall clock: what began at 19:30
    /// and ended at 01:00 does so on the other side of a clock change too.
    /// </remarks>
    public static EditedEvent At(EditedEvent row, DateTime start)
    {
        var begin = LocalOf(row.StartsAt);
        return row with
        {
            StartsAt = InstantOf(start),
            EndsAt = Moved(row.EndsAt),
            DoorsAt = row.DoorsAt is { } doors ? Moved(doors) : null,
            OnSaleAt = Moved(row.OnSaleAt),
            OffSaleAt = Moved(row.OffSaleAt),
            CancellableUntil = row.CancellableUntil is { } until ? Moved(until) : null,
            CompanionsReleasedAt = row.CompanionsReleasedAt is { } released ? Moved(released) : null,
        };

        DateTimeOffset Moved(DateTimeOffset instant) => InstantOf(start + (LocalOf(instant) - begin));

        DateTime LocalOf(DateTimeOffset instant) =>
            (TimeZones.ToLocal(instant, row.TimeZone) ?? instant).DateTime;

        DateTimeOffset InstantOf(DateTime local) =>
            TimeZones.FromLocal(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), row.TimeZone)
                .ToUniversalTime();
    }

    /// <summary>Makes a draft for each start, all of them or none.</summary>
    public async Task<Guid?> CopyAsync(
        Actor actor, EditedEvent row, IReadOnlyList<EditedEvent> copies, CancellationToken cancellationToken)
    {
        var seriesId = row.SeriesId ?? (copies.Count > 1 ? NewId() : null);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var tiers = (await EditedEvents.TiersAsync(connection, row.Id, cancellationToken)).Count;
        foreach (var copy in copies)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                s_eventSql, ValuesOf(copy, row.Id, seriesId), cancellationToken: cancellationToken));
            Guid[] tierIds = [.. Enumerable.Range(0, tiers).Select(_ => NewId())];
            await connection.ExecuteAsync(new CommandDefinition(
                s_tiersSql, new { copy.Id, source = row.Id, tierIds }, cancellationToken: cancellationToken));
            await QuestionStore.CopyAsync(connection, row.Id, copy.Id, cancellationToken);
            await activities.AddAsync(
                connection,
                new Activity(actor, "event.duplicated", "event", $"{copy.Id}")
                {
                    EventId = copy.Id,
                    After = new() { ["from"] = $"{row.Id}" },
                },
                cancellationToken);
        }

        if (seriesId is not null)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                JoinSeriesSql, new { row.Id, seriesId }, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return seriesId;
    }

    /// <summary>An id for a copy or a tier of one.</summary>
    public Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    private static object ValuesOf(EditedEvent copy, Guid source, Guid? seriesId) => new
    {
        copy.Id,
        copy.Slug,
        copy.Title,
        StartsAt = copy.StartsAt.UtcDateTime,
        EndsAt = copy.EndsAt.UtcDateTime,
        DoorsAt = copy.DoorsAt?.UtcDateTime,
        OnSaleAt = copy.OnSaleAt.UtcDateTime,
        OffSaleAt = copy.OffSaleAt.UtcDateTime,
        CancellableUntil = copy.CancellableUntil?.UtcDateTime,
        CompanionsReleasedAt = copy.CompanionsReleasedAt?.UtcDateTime,
        SeriesId = seriesId,
        source,
    };
}

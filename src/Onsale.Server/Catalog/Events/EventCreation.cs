using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory.Engine.Journal;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Catalog.Events;

/// <summary>What became of an event's creation.</summary>
/// <param name="Errors">Why it was refused, by field; none where the event exists now.</param>
internal sealed record EventCreationResult(IReadOnlyList<(string Field, string Message)> Errors)
{
    public bool IsCreated => Errors.Count == 0;
}

/// <summary>
/// Creates an event with everything the selling path needs: its tiers, the inventory row every batch locks, one row a
/// numbered seat and one a pool. All of it or nothing.
/// </summary>
internal static class EventCreation
{
    private const string EventSql = """
        insert into events (
            id, organisation_id, venue_id, seating_plan_id, slug, title, summary, description, category, starts_at,
            ends_at, time_zone, currency, status, on_sale_at, off_sale_at, hold_minutes, max_tickets_per_buyer,
            one_booking_per_buyer, orphan_rule, cancellable_until, image_url, hold_extensions,
            companions_released_at, waitlist_offer_minutes, series_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23, $24, $25, $26)
        """;

    private const string TiersSql = """
        insert into tiers (event_id, number, id, name, kind, category, price, colour, needs_tier)
        select $1, number - 1, id, name, case when category is null then 1 else 0 end, category, price, colour,
            needs_tier
        from unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::smallint[])
            with ordinality as tier (id, name, category, price, colour, needs_tier, number)
        """;

    /// <summary>
    /// Validates and creates the event in one round trip: inside the connection's transaction if it has one, else in
    /// one of its own. A taken slug is a refusal too, but PostgreSQL then has aborted a surrounding transaction.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="event">The event.</param>
    /// <param name="plan">The compiled plan that <see cref="NewEvent.SeatingPlanId"/> names.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<EventCreationResult> CreateEventAsync(
        NpgsqlConnection connection, NewEvent @event, SeatingPlan? plan, CancellationToken cancellationToken = default)
    {
        var errors = NewEventRules.Check(@event, plan);
        if (errors.Count > 0)
            return new EventCreationResult(errors);

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(EventCommand(@event));
        batch.BatchCommands.Add(TiersCommand(@event));
        foreach (var command in InventoryCreation.Commands(@event.Id, plan?.SeatCount ?? 0, PoolsOf(@event)))
            batch.BatchCommands.Add(command);
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return new EventCreationResult([]);
        }
        catch (PostgresException exception) when (Refusal(exception) is { } refusal)
        {
            return new EventCreationResult([refusal]);
        }
    }

    private static (string, string)? Refusal(PostgresException exception) => exception.ConstraintName switch
    {
        "events_slug_key" => ("slug", "is the slug of another event."),
        "events_pkey" => ("id", "is the id of another event."),
        "events_venue_id_fkey" => ("venueId", "does not name a venue."),
        "events_organisation_id_fkey" => ("organisationId", "does not name an organisation."),
        "events_seating_plan_id_fkey" => ("seatingPlanId", "does not name a seating plan."),
        _ => null,
    };

    private static NpgsqlBatchCommand EventCommand(NewEvent @event) => Command(
        EventSql, @event.Id, @event.OrganisationId, @event.VenueId, Nullable(@event.SeatingPlanId, NpgsqlDbType.Uuid),
        @event.Slug, @event.Title, @event.Summary, @event.Description, @event.Category,
        @event.StartsAt.ToUniversalTime(), @event.EndsAt.ToUniversalTime(), @event.TimeZone, @event.Currency,
        (short)@event.Status, @event.OnSaleAt.ToUniversalTime(), @event.OffSaleAt.ToUniversalTime(),
        (short)@event.HoldMinutes, @event.MaxTicketsPerBuyer, @event.OneBookingPerBuyer, @event.OrphanRule,
        Nullable(@event.CancellableUntil?.ToUniversalTime(), NpgsqlDbType.TimestampTz),
        Nullable(@event.ImageUrl, NpgsqlDbType.Text), (short)@event.HoldExtensions,
        Nullable(@event.CompanionsReleasedAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz),
        Nullable((short?)@event.WaitlistOfferMinutes, NpgsqlDbType.Smallint),
        Nullable(@event.SeriesId, NpgsqlDbType.Uuid));

    private static NpgsqlBatchCommand TiersCommand(NewEvent @event) => Command(
        TiersSql, @event.Id,
        @event.Tiers.Select(tier => tier.Id).ToArray(),
        @event.Tiers.Select(tier => tier.Name).ToArray(),
        @event.Tiers.Select(tier => tier.PlanCategory).ToArray(),
        @event.Tiers.Select(tier => tier.Price).ToArray(),
        @event.Tiers.Select(tier => tier.Colour).ToArray(),
        @event.Tiers.Select(tier => (short?)tier.NeedsTier).ToArray());

    private static List<(short Tier, int Capacity)> PoolsOf(NewEvent @event) =>
    [
        .. @event.Tiers.Select((tier, number) => (Number: (short)number, tier.Capacity))
            .Where(pool => pool.Capacity is not null)
            .Select(pool => (pool.Number, pool.Capacity!.Value)),
    ];

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }
}

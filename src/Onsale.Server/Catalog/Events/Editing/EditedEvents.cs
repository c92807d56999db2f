using Dapper;
using Npgsql;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>Reads events of an organisation for those who edit them, drafts among them.</summary>
internal sealed class EditedEvents(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        select e.id, e.organisation_id, e.slug, e.title, e.summary, e.description, e.category, e.status,
            e.venue_id, e.seating_plan_id,
            e.starts_at, e.ends_at, e.doors_at, e.time_zone, e.currency, e.on_sale_at, e.off_sale_at, e.hold_minutes,
            e.hold_extensions,
            e.max_tickets_per_buyer, e.one_booking_per_buyer, e.orphan_rule, e.cancellable_until, e.age_limit,
            e.companions_released_at, e.waitlist_offer_minutes, e.languages, e.image_url, e.image_focus_x,
            e.image_focus_y, e.pay_later_days, e.pay_later_ends_at, e.pay_later_instructions, e.image_colour,
            e.series_id, e.edit_version, v.name as venue_name, v.city as venue_city,
            coalesce(i.settings_version, 0) as settings_version, i.event_id is not null as is_opened,
            coalesce(i.total, 0) as total, coalesce(i.available, 0) as available, now() as now
        """;

    private const string Joins = """
        from events e
        left join venues v on v.id = e.venue_id
        left join inventory i on i.event_id = e.id
        """;

    private const string FindSql =
        $"{Columns} {Joins} where e.organisation_id = @organisationId and (e.id = @id or e.slug = @slug)";

    private const string Filter = """
        where e.organisation_id = @organisationId
            and (@status::smallint is null or e.status = @status)
            and (@search::text is null or e.search @@ search_query(@search))
            and (@from::timestamptz is null or e.ends_at >= @from)
            and (@to::timestamptz is null or e.starts_at <= @to)
            and (@series::uuid is null or e.series_id = @series)
        """;

    private const string ListSql = $"{Columns} {Joins} {Filter} order by e.starts_at, e.id limit @limit offset @offset";

    private const string ListBackSql =
        $"{Columns} {Joins} {Filter} order by e.starts_at desc, e.id desc limit @limit offset @offset";

    private const string CountSql = $"select count(*) from events e {Filter}";

    private const string TiersSql = """
        select t.number, t.id, t.name, t.kind, t.category, t.price, t.colour, t.planned_capacity, t.fee_fixed,
            t.fee_basis_points, t.fee_from_buyer, t.tax_basis_points, t.tax_added, t.needs_tier, p.capacity,
            coalesce(p.held, 0) as held, coalesce(p.sold, 0) as sold, coalesce(p.blocked, 0) as blocked
        from tiers t left join pools p on p.event_id = t.event_id and p.tier = t.number
        where t.event_id = @eventId order by t.number
        """;

    /// <summary>An event of an organisation by id or slug; null: it has no such event.</summary>
    public async Task<EditedEvent?> FindAsync(
        Guid organisationId, string reference, CancellationToken cancellationToken)
    {
        Guid? id = Guid.TryParseExact(reference, "D", out var parsed) ? parsed : null;
        // What is no slug may hold what the database does not take as a text.
        var slug = id is null && reference.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? reference
            : null;
        if (id is null && slug is null)
            return null;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<EditedEvent>(new CommandDefinition(
            FindSql, new { organisationId, id, slug }, cancellationToken: cancellationToken));
    }

    public async Task<(IReadOnlyList<EditedEvent> Rows, long Total)> ListAsync(
        Guid organisationId, OwnEventQuery query, CancellationToken cancellationToken)
    {
        var values = new
        {
            organisationId,
            status = (short?)query.Status,
            search = query.Search,
            from = query.From?.UtcDateTime,
            to = query.To?.UtcDateTime,
            series = query.SeriesId,
            query.Paging.Limit,
            query.Paging.Offset,
        };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountSql, values, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<EditedEvent>(new CommandDefinition(
            query.IsDescending ? ListBackSql : ListSql, values, cancellationToken: cancellationToken));
        return (rows.AsList(), total);
    }

    public async Task<IReadOnlyList<EditedTier>> TiersAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await TiersAsync(connection, eventId, cancellationToken);
    }

    public static async Task<IReadOnlyList<EditedTier>> TiersAsync(
        NpgsqlConnection connection, Guid eventId, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<EditedTier>(new CommandDefinition(
            TiersSql, new { eventId }, cancellationToken: cancellationToken))).AsList();
}

/// <summary>Which events of an organisation are asked for.</summary>
internal sealed record OwnEventQuery(
    Onsale.Inventory.EventStatus? Status, string? Search, DateTimeOffset? From, DateTimeOffset? To, Guid? SeriesId,
    bool IsDescending, Paging Paging);

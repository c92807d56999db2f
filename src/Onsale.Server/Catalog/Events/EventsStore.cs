using Dapper;
using Npgsql;

namespace Onsale.Server.Catalog.Events;

/// <summary>Reads events for lists and pages.</summary>
internal sealed class EventsStore(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        select events.id, events.slug, title, summary, category, status, starts_at, ends_at, events.time_zone, currency,
               on_sale_at, off_sale_at, image_url, lowest_price, highest_price, now() as now,
               venues.id as venue_id, venues.slug as venue_slug, venues.name as venue_name, venues.city as venue_city,
               venues.country as venue_country, venues.address as venue_address
        """;

    private const string FindSql = $"""
        {Columns}, description, seating_plan_id, seating_plans.content_hash as seating_plan_hash, hold_minutes,
        max_tickets_per_buyer, one_booking_per_buyer, orphan_rule,
               cancellable_until, organisations.slug as organiser_slug, organisations.name as organiser_name
        from events
        join venues on venues.id = events.venue_id
        join organisations on organisations.id = events.organisation_id
        left join seating_plans on seating_plans.id = events.seating_plan_id
        """;

    private const string FindByIdSql = $"{FindSql} where events.id = @id and events.status in (1, 2)";

    private const string FindBySlugSql = $"{FindSql} where events.slug = @slug and events.status in (1, 2)";

    private const string TiersSql = """
        select number, id, name, kind, price, colour, category from tiers where event_id = @id order by number
        """;

    private const string FacetsSql = """
        select city as value, count(*)::int as count from events
        where status = 1 and ends_at >= now() and city <> '' group by city order by count desc, city limit @limit;
        select category as value, count(*)::int as count from events
        where status = 1 and ends_at >= now() group by category order by count desc, category limit @limit
        """;

    /// <summary>One page and the number of events on all pages.</summary>
    public async Task<(List<EventRow> Rows, long Total)> ListAsync(
        EventQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var (page, count) = ListSql(query);
        await using var results = await connection.QueryMultipleAsync(
            new CommandDefinition($"{page};\n{count}", Parameters(query), cancellationToken: cancellationToken));
        return ((await results.ReadAsync<EventRow>()).AsList(), await results.ReadSingleAsync<long>());
    }

    public async Task<EventRow?> FindAsync(string idOrSlug, CancellationToken cancellationToken)
    {
        var isId = Guid.TryParseExact(idOrSlug, "D", out var id);
        if (!isId && !IsSlug(idOrSlug))
            return null;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<EventRow>(new CommandDefinition(
            isId ? FindByIdSql : FindBySlugSql, new { id, slug = idOrSlug }, cancellationToken: cancellationToken));
    }

    public async Task<List<TierRow>> TiersAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<TierRow>(new CommandDefinition(
            TiersSql, new { id = eventId }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<EventFacets> FacetsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            FacetsSql, new { limit = EventListingLimits.MaxFacetValues }, cancellationToken: cancellationToken));
        return new EventFacets(
            (await results.ReadAsync<Facet>()).AsList(), (await results.ReadAsync<Facet>()).AsList());
    }

    /// <summary>
    /// The statements of a list, joined from the constants of the filters that are asked for: one statement with
    /// "or the filter is null" for each would keep the planner from the index that fits. No value is ever part of the
    /// text.
    /// </summary>
    internal static (string Page, string Count) ListSql(EventQuery query)
    {
        var where = $"""
            from events
            where events.status = 1
            {(query.Search is null ? "" : "and events.search @@ search_query(@search)")}
            {(query.City is null ? "" : "and lower(events.city) = lower(@city)")}
            {(query.Category is null ? "" : "and lower(events.category) = lower(@category)")}
            {(query.From is null
                ? "and events.starts_at >= now() - make_interval(days => @days) and events.ends_at >= now()"
                : "and events.starts_at >= @from")}
            {(query.To is null ? "" : "and events.starts_at <= @to")}
            """;
        // The page is cut before the venues are joined; both orders must be the same.
        var page = $"""
            {Columns}
            from (select events.* {where} {OrderBy(query)} limit @limit offset @offset) events
            join venues on venues.id = events.venue_id
            {OrderBy(query)}
            """;
        return (page, $"select count(*) {where}");
    }

    internal static object Parameters(EventQuery query) => new
    {
        search = query.Search,
        city = query.City,
        category = query.Category,
        from = query.From?.ToUniversalTime(),
        to = query.To?.ToUniversalTime(),
        days = EventListingLimits.MaxRunningEventDays,
        limit = query.Paging.Limit,
        offset = query.Paging.Offset,
    };

    private static string OrderBy(EventQuery query) => (query.Sort, query.Descending) switch
    {
        (EventSort.Date, false) => "order by events.starts_at, events.id",
        (EventSort.Date, true) => "order by events.starts_at desc, events.id desc",
        (EventSort.Price, false) => "order by events.lowest_price, events.id",
        (EventSort.Price, true) => "order by events.lowest_price desc, events.id desc",
        (EventSort.Title, false) => "order by lower(events.title), events.id",
        (EventSort.Title, true) => "order by lower(events.title) desc, events.id desc",
        _ => throw new ArgumentOutOfRangeException(nameof(query), query.Sort, message: null),
    };

    private static bool IsSlug(string value) =>
        value.Length is > 0 and <= EventListingLimits.MaxSlugCharacters
            && value.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)
                || character is '-');
}

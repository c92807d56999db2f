using Dapper;
using Npgsql;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>Reads events for lists and pages.</summary>
internal sealed class EventsStore(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        select events.id, events.slug, title, summary, category, status, starts_at, ends_at, events.time_zone, currency,
               on_sale_at, off_sale_at, image_url,
               image_focus_x, image_focus_y, image_colour, series_id, lowest_price, highest_price, now() as now,
               venues.id as venue_id, venues.slug as venue_slug, venues.name as venue_name, venues.city as venue_city,
               venues.country as venue_country, venues.address as venue_address
        """;

    private const string FindSql = $"""
        {Columns}, description, seating_plan_id, seating_plans.content_hash as seating_plan_hash, hold_minutes,
        hold_extensions, companions_released_at, waitlist_offer_minutes, pay_later_days, pay_later_ends_at,
        max_tickets_per_buyer, one_booking_per_buyer, orphan_rule,
               cancellable_until, coalesce(inventory.settings_version, 0) as settings_version,
               organisations.slug as organiser_slug, organisations.name as organiser_name
        from events
        join venues on venues.id = events.venue_id
        join organisations on organisations.id = events.organisation_id
        left join inventory on inventory.event_id = events.id
        left join seating_plans on seating_plans.id = events.seating_plan_id
        """;

    private const string FindByIdSql = $"{FindSql} where events.id = @id and events.status in (1, 2)";

    private const string FindBySlugSql = $"{FindSql} where events.slug = @slug and events.status in (1, 2)";

    private const string TiersSql = """
        select number, id, name, kind, price, colour, category, fee_fixed, fee_basis_points, fee_from_buyer,
            tax_basis_points, tax_added, needs_tier
        from tiers where event_id = @id order by number
        """;

    // The range in the event's row finds candidates by an index; a price between two tiers is no tier's.
    private const string PricesSql = """
        and events.lowest_price <= @maxPrice and events.highest_price >= @minPrice
        and exists (
            select from tiers
            where tiers.event_id = events.id and tiers.full_price between @minPrice and @maxPrice)
        """;

    // What is in the city, and what is not far from a venue there. A degree of latitude has 111 km: what is too far
    // north or south is left out by an index.
    private const string NearSql = """
        and (events.city_key = search_key(@near) or events.venue_id = any (array(
            select venue.id
            from venues centre
            join venues venue on venue.latitude between centre.latitude - @within / 111.0
                    and centre.latitude + @within / 111.0
                and 2 * 6371 * asin(least(1, sqrt(
                    sin(radians((venue.latitude - centre.latitude)::float8) / 2) ^ 2
                    + cos(radians(centre.latitude::float8)) * cos(radians(venue.latitude::float8))
                        * sin(radians((venue.longitude - centre.longitude)::float8) / 2) ^ 2))) <= @within
            where centre.latitude is not null and centre.id in (
                select there.venue_id from events there
                where there.city_key = search_key(@near) and there.status = 1))))
        """;

    private const string SuggestedColumns = """
        select events.id, events.slug, title, starts_at, events.time_zone, venues.name as venue, events.city
        from events join venues on venues.id = events.venue_id
        where events.status = 1 and events.ends_at >= now()
        """;

    private const string SuggestSql = $"""
        {SuggestedColumns} and events.search @@ search_query(@search) order by starts_at, events.id limit @limit;
        select city as value, count(*)::int as count from events
        where status = 1 and ends_at >= now() and city <> '' and city_key like search_key(@search) || '%'
        group by city order by count desc, city limit @limit;
        select category as value, count(*)::int as count from events
        where status = 1 and ends_at >= now() and category_key like search_key(@search) || '%'
        group by category order by count desc, category limit @limit
        """;

    private const string SuggestSimilarSql = $"""
        {SuggestedColumns} and search_key(@search) <% events.names_key
        order by word_similarity(search_key(@search), events.names_key) desc, starts_at, events.id limit @limit
        """;

    // Between "beethofen" and "beethoven" 0.6 of the trigrams agree, between "simfony" and "symphony" fewer than 0.3.
    private const string SimilaritySql =
        "select set_config('pg_trgm.word_similarity_threshold', '0.45', true)";

    private const string HasTrigramsSql = "select exists (select from pg_extension where extname = 'pg_trgm')";

    private const string FacetsSql = """
        select city as value, count(*)::int as count from events
        where status = 1 and ends_at >= now() and city <> '' group by city order by count desc, city limit @limit;
        select category as value, count(*)::int as count from events
        where status = 1 and ends_at >= now() group by category order by count desc, category limit @limit;
        select currency as value, count(*)::int as count from events
        where status = 1 and ends_at >= now() group by currency order by count desc, currency limit @limit;
        select currency, min(lowest_price) as min, max(highest_price) as max from events
        where status = 1 and ends_at >= now() and lowest_price is not null
        group by currency order by count(*) desc, currency limit @limit
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

    /// <summary>Whether there is an event of an id, drafts included.</summary>
    public async Task<bool> ExistsAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from events where id = @eventId)", new { eventId },
            cancellationToken: cancellationToken));
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
            (await results.ReadAsync<Facet>()).AsList(), (await results.ReadAsync<Facet>()).AsList(),
            (await results.ReadAsync<Facet>()).AsList(),
            [.. (await results.ReadAsync<(string Currency, long Min, long Max)>()).Select(prices => new PriceRange(
                new Money(prices.Min, prices.Currency), new Money(prices.Max, prices.Currency)))]);
    }

    /// <summary>Events, cities and categories that a search text may become while it is typed.</summary>
    public async Task<EventSuggestions> SuggestAsync(string search, CancellationToken cancellationToken)
    {
        var asked = new { search, limit = EventListingLimits.MaxSuggestions };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        List<SuggestedEvent> events;
        List<Facet> cities, categories;
        await using (var results = await connection.QueryMultipleAsync(
            new CommandDefinition(SuggestSql, asked, cancellationToken: cancellationToken)))
        {
            events = (await results.ReadAsync<SuggestedEvent>()).AsList();
            cities = (await results.ReadAsync<Facet>()).AsList();
            categories = (await results.ReadAsync<Facet>()).AsList();
        }

        if (events.Count + cities.Count + categories.Count > 0
            || !await connection.ExecuteScalarAsync<bool>(HasTrigramsSql))
        {
            return new EventSuggestions(events, cities, categories, IsSimilar: false);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(SimilaritySql, transaction: transaction);
        var similar = await connection.QueryAsync<SuggestedEvent>(new CommandDefinition(
            SuggestSimilarSql, asked, transaction, cancellationToken: cancellationToken));
        return new EventSuggestions(similar.AsList(), [], [], IsSimilar: true);
    }

    /// <summary>
    /// The statements of a list, joined from the constants of the filters that are asked for: one statement with
    /// "or the filter is null" for each would keep the planner from the index that fits. No value is ever part of the
    /// text.
    /// </summary>
    internal static (string Page, string Count) ListSql(EventQuery query)
    {
        var filters = $"""
            events.status = 1
            {(query.Search is null ? "" : "and events.search @@ search_query(@search)")}
            {(query.City is null ? "" : "and events.city_key = search_key(@city)")}
            {(query.Near is null ? "" : NearSql)}
            {(query.Category is null ? "" : "and events.category_key = search_key(@category)")}
            {(query.Ids is null ? "" : "and events.id = any (@ids)")}
            {(query.Venues is null ? ""
                : "and events.venue_id = any (array(select id from venues where slug = any (@venues)))")}
            {(query.Organiser is null ? ""
                : "and events.organisation_id = (select id from organisations where slug = @organiser)")}
            {(query.From is null
                ? "and events.starts_at >= now() - make_interval(days => @days) and events.ends_at >= now()"
                : "and events.starts_at >= greatest(@from, @hiddenUntil)")}
            {(query.From?.Day is null ? "" : "and events.starts_on >= @fromDay::date")}
            {(query.To is null ? "" : "and events.starts_at <= @to")}
            {(query.To?.Day is null ? "" : "and events.starts_on <= @toDay::date")}
            {(query.When is { } days ? DaysSql(days) : "")}
            {(query.Currency is null ? "" : "and events.currency = @currency")}
            {(query.MinPrice is null && query.MaxPrice is null ? "" : PricesSql)}
            {(query.Series is null ? "" : "and events.series_id = @series")}
            """;
        // The other dates of an event's series that fit: the same filters under another name.
        var dates = $"""
            from events dates where dates.series_id = events.series_id
            and {filters.Replace("events.", "dates.", StringComparison.Ordinal)}
            """;
        var isFirst = $"""
            and (events.series_id is null or not exists (
                select {dates} and (dates.starts_at, dates.id) < (events.starts_at, events.id)))
            """;
        var where = $"from events where {filters} {(query.IsGrouped ? isFirst : "")}";
        // The page is cut before the venues are joined; both orders must be the same.
        var page = $"""
            {Columns}, {(query.IsGrouped ? $"(select count(*)::int {dates})" : "null::int")} as dates
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
        near = query.Near,
        within = query.WithinKilometres,
        ids = query.Ids,
        series = query.Series,
        venues = query.Venues,
        organiser = query.Organiser,
        category = query.Category,
        from = query.From?.Earliest.ToUniversalTime(),
        hiddenUntil = EventLimits.HiddenEventsStartAt.AddDays(1),
        to = query.To?.Latest.ToUniversalTime(),
        fromDay = query.From?.Day?.ToDateTime(TimeOnly.MinValue),
        toDay = query.To?.Day?.ToDateTime(TimeOnly.MinValue),
        currency = query.Currency,
        minPrice = query.MinPrice ?? 0,
        maxPrice = query.MaxPrice ?? long.MaxValue,
        days = EventListingLimits.MaxRunningEventDays,
        limit = query.Paging.Limit,
        offset = query.Paging.Offset,
    };

    /// <summary>
    /// "Today" is another day at another venue: each event's own calendar is asked, of the few weeks that it can be.
    /// </summary>
    private static string DaysSql(EventDays days)
    {
        const string today = "local_day(now(), events.time_zone)";
        const string monday = $"date_trunc('week', {today})::date";
        var on = days switch
        {
            EventDays.Today => $"events.starts_on = {today}",
            EventDays.Tomorrow => $"events.starts_on = {today} + 1",
            EventDays.Weekend => $"events.starts_on between greatest({today}, {monday} + 5) and {monday} + 6",
            EventDays.NextWeek => $"events.starts_on between {monday} + 7 and {monday} + 13",
            _ => throw new ArgumentOutOfRangeException(nameof(days), days, message: null),
        };
        return $"and events.starts_at between now() - interval '2 days' and now() + interval '16 days' and {on}";
    }

    private static string OrderBy(EventQuery query) => (query.Sort, query.Descending) switch
    {
        (EventSort.Date, false) => "order by events.starts_at, events.id",
        (EventSort.Date, true) => "order by events.starts_at desc, events.id desc",
        // Amounts of different currencies have no order among themselves.
        (EventSort.Price, false) => "order by events.currency, events.lowest_price, events.id",
        (EventSort.Price, true) => "order by events.currency desc, events.lowest_price desc, events.id desc",
        (EventSort.Title, false) => "order by events.title_key, events.id",
        (EventSort.Title, true) => "order by events.title_key desc, events.id desc",
        _ => throw new ArgumentOutOfRangeException(nameof(query), query.Sort, message: null),
    };

    private static bool IsSlug(string value) =>
        value.Length is > 0 and <= EventListingLimits.MaxSlugCharacters
            && value.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)
                || character is '-');
}

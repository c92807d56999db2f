using Dapper;
using Npgsql;

namespace Onsale.Server.Operate.Reports;

/// <summary>Reads what reports are computed from: the rows themselves, never counters that could drift.</summary>
internal sealed class ReportStore(NpgsqlDataSource dataSource)
{
    // A hold whose time is up is over, whether or not a batch has said so since.
    private const string State =
        "case when b.state = 0 and b.held_until <= clock_timestamp() then 4::smallint else b.state end";

    private const string StatesSql = $"""
        select {State}::integer as state, count(*) as bookings from bookings b where b.event_id = @eventId group by 1
        """;

    private const string DeclinedSql = "select count(*) from payments where event_id = @eventId and state = 2";

    private const string TiersSql = $"""
        select place.tier::integer as tier, {State}::integer as state, count(*) as places,
            sum(place.price)::bigint as gross
        from bookings b cross join lateral unnest(b.tiers, b.prices) as place (tier, price)
        where b.event_id = @eventId and b.state in (0, 1, 2, 5) group by 1, 2
        """;

    private const string PlacesSql = """
        select coalesce(sum(total), 0)::bigint as total, coalesce(sum(held), 0)::bigint as held,
            coalesce(sum(sold), 0)::bigint as sold, coalesce(sum(blocked), 0)::bigint as blocked
        from (
            select count(*) as total, count(*) filter (where state = 1) as held,
                count(*) filter (where state = 2) as sold, count(*) filter (where state = 3) as blocked
            from seats where event_id = @eventId
            union all
            select capacity, held, sold, blocked from pools where event_id = @eventId) places
        """;

    private const string MoneySql = """
        select provider as method, count(*) as payments, sum(amount)::bigint as gross, sum(refunded)::bigint as refunded
        from payments where event_id = @eventId and state in (1, 3, 4) group by provider order by provider
        """;

    private const string SpanSql =
        "select min(issued_at) as first, max(issued_at) as last from tickets where event_id = @eventId";

    private const string SalesSql = """
        select date_trunc(@by, t.issued_at, @zone) as at, count(*) as tickets,
            sum(b.prices[t.line + 1])::bigint as gross
        from tickets t join bookings b on b.event_id = t.event_id and b.id = t.booking_id
        where t.event_id = @eventId group by 1 order by 1
        """;

    private const string OfSeatSql = """
        select b.id as booking_id, b.hold_version, b.version, c.order_code from bookings b
        left join booking_contacts c on c.event_id = b.event_id and c.booking_id = b.id
        where b.event_id = @eventId and @seat = any (b.seats) order by b.hold_version limit @limit
        """;

    private const string SeatSql = """
        select s.state::integer as state, s.booking_id,
            (select k.name from event_blocks k
                where k.event_id = s.event_id and s.ordinal = any (k.seats) limit 1) as block
        from seats s where s.event_id = @eventId and s.ordinal = @seat
        """;

    public async Task<ReportRows> ReadAsync(Guid eventId, string zone, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // One snapshot: the figures of one report fit one another.
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var keys = new { eventId };
        var states = (await connection.QueryAsync<(int State, long Bookings)>(
                Command(StatesSql, keys, cancellationToken)))
            .ToDictionary(row => row.State, row => row.Bookings);
        var declined = await connection.ExecuteScalarAsync<long>(Command(DeclinedSql, keys, cancellationToken));
        var tiers = await connection.QueryAsync<TierRow>(Command(TiersSql, keys, cancellationToken));
        var places = await connection.QuerySingleAsync<PlacesRow>(Command(PlacesSql, keys, cancellationToken));
        var money = await connection.QueryAsync<MoneyRow>(Command(MoneySql, keys, cancellationToken));
        var span = await connection.QuerySingleAsync<(DateTime? First, DateTime? Last)>(
            Command(SpanSql, keys, cancellationToken));
        var by = span.Last - span.First > TimeSpan.FromHours(ReportsLimits.HourlyHours) ? "day" : "hour";
        var sales = await connection.QueryAsync<SalesRow>(
            Command(SalesSql, new { eventId, by, zone }, cancellationToken));
        return new ReportRows(
            states, declined, tiers.AsList(), places, money.AsList(), by, sales.AsList());
    }

    /// <summary>Bookings that ever had a seat, in order.</summary>
    public async Task<IReadOnlyList<SeatBookingRow>> BookingsOfSeatAsync(
        Guid eventId, int seat, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<SeatBookingRow>(Command(
            OfSeatSql, new { eventId, seat, limit = ReportsLimits.MaxBookingsOfSeat }, cancellationToken))).AsList();
    }

    /// <summary>A seat as it is now; null: there is no such seat.</summary>
    public async Task<SeatRow?> SeatAsync(Guid eventId, int seat, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<SeatRow>(
            Command(SeatSql, new { eventId, seat }, cancellationToken));
    }

    private static CommandDefinition Command(string sql, object values, CancellationToken cancellationToken) =>
        new(sql, values, cancellationToken: cancellationToken);
}

/// <summary>What a report is made of.</summary>
internal sealed record ReportRows(
    IReadOnlyDictionary<int, long> States, long Declined, IReadOnlyList<TierRow> Tiers, PlacesRow Places,
    IReadOnlyList<MoneyRow> Money, string By, IReadOnlyList<SalesRow> Sales);

internal sealed record TierRow(int Tier, int State, long Places, long Gross);

internal sealed record PlacesRow(long Total, long Held, long Sold, long Blocked);

internal sealed record MoneyRow(string Method, long Payments, long Gross, long Refunded);

internal sealed record SalesRow(DateTime At, long Tickets, long Gross);

internal sealed record SeatBookingRow(Guid BookingId, long HoldVersion, long Version, string? OrderCode);

internal sealed record SeatRow(int State, Guid? BookingId, string? Block);

using Dapper;
using Npgsql;
using Onsale.Inventory;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Operate.Reports;

/// <summary>Reads what reports are computed from: the rows themselves, never counters that could drift.</summary>
internal sealed class ReportStore(NpgsqlDataSource dataSource)
{
    // One pass over the bookings for all that is asked of them. Bookings of the same places at the same prices are one
    // row of the answer, and of these there are few: a million bookings of a week come as some thousand rows. A hold
    // whose time is up is over, whether or not a batch has said so since.
    private const string GroupsSql = $"""
        select date_trunc('hour', b.created_at, @zone) as at,
            case when b.state = 0 and b.held_until <= now() then 4::smallint else b.state end as state,
            b.tiers, b.prices, count(*) as bookings
        from bookings b where b.event_id = @eventId and {KeptPlaces.AreLeftOut} group by 1, 2, 3, 4
        """;

    private const string DeclinedSql = "select count(*) from payments where event_id = @eventId and state = 2";

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

    private const string MoneySql = $"""
        select provider as method, count(*) as payments, sum(amount)::bigint as gross, sum(refunded)::bigint as refunded
        from payments where event_id = @eventId and {PaymentSql.WasTaken} group by provider order by provider
        """;

    private const string ViewsSql = """
        select coalesce(sum(views), 0)::bigint as views, min(hour) as since from event_views where event_id = @eventId
        """;

    private const string QueueSql = """
        select early + numbers as queued, served as let_in from waiting_rooms
        where event_id = @eventId and era > 0 and early + numbers > 0
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

    // The tickets of a booking are issued together, when it is confirmed, and keep that time when the booking is given
    // other seats. A seat that is free again or not for sale is in no confirmed booking.
    private const string SoldSeatsSql = """
        select s.ordinal as seat, t.issued_at as at from seats s
        join tickets t on t.event_id = s.event_id and t.booking_id = s.booking_id and t.line = 0
        where s.event_id = @eventId and s.state = 2 order by s.ordinal limit @limit
        """;

    public async Task<ReportRows> ReadAsync(Guid eventId, string zone, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // One snapshot: the figures of one report fit one another.
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var keys = new { eventId };
        var groups = await connection.QueryAsync<BookingGroup>(
            Command(GroupsSql, new { eventId, zone }, cancellationToken));
        var declined = await connection.ExecuteScalarAsync<long>(Command(DeclinedSql, keys, cancellationToken));
        var places = await connection.QuerySingleAsync<PlacesRow>(Command(PlacesSql, keys, cancellationToken));
        var money = await connection.QueryAsync<MoneyRow>(Command(MoneySql, keys, cancellationToken));
        var views = await connection.QuerySingleAsync<ViewsRow>(Command(ViewsSql, keys, cancellationToken));
        var queue = await connection.QuerySingleOrDefaultAsync<QueueRow>(Command(QueueSql, keys, cancellationToken));
        return new ReportRows(groups.AsList(), declined, places, money.AsList(), views, queue);
    }

    /// <summary>The numbered seats that are sold, by ordinal, and when each was paid for.</summary>
    public async Task<IReadOnlyList<SoldSeat>> SoldSeatsAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<SoldSeat>(new CommandDefinition(
            SoldSeatsSql, new { eventId, limit = SeatingPlanLimits.MaxPlanSeats },
            commandTimeout: ReportsLimits.SeatSalesSeconds, cancellationToken: cancellationToken))).AsList();
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
    IReadOnlyList<BookingGroup> Groups, long Declined, PlacesRow Places, IReadOnlyList<MoneyRow> Money,
    ViewsRow Views, QueueRow? Queue);

internal sealed record ViewsRow(long Views, DateTime? Since);

internal sealed record QueueRow(long Queued, long LetIn);

/// <summary>Bookings of one hour, state and kind: the same tiers at the same prices.</summary>
internal sealed record BookingGroup
{
    public DateTime At { get; init; }
    public short State { get; init; }
    public short[] Tiers { get; init; } = [];
    public long[] Prices { get; init; } = [];
    public long Bookings { get; init; }

    public BookingState BookingState => (BookingState)State;

    /// <summary>Places of a tier, in all these bookings.</summary>
    public long PlacesOf(int tier) => Bookings * Tiers.Count(one => one == tier);

    /// <summary>What the places of a tier cost, in all these bookings.</summary>
    public long GrossOf(int tier) => Bookings * Tiers.Zip(Prices).Where(place => place.First == tier)
        .Sum(place => place.Second);
}

internal sealed record PlacesRow(long Total, long Held, long Sold, long Blocked);

internal sealed record MoneyRow(string Method, long Payments, long Gross, long Refunded);

internal sealed record SeatBookingRow(Guid BookingId, long HoldVersion, long Version, string? OrderCode);

internal sealed record SoldSeat(int Seat, DateTime At);

internal sealed record SeatRow(int State, Guid? BookingId, string? Block);

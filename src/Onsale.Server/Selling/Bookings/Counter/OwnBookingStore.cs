using Dapper;
using Npgsql;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>Reads bookings of an event for those who sell it.</summary>
internal sealed class OwnBookingStore(NpgsqlDataSource dataSource)
{
    // A hold whose time is up is over, whether or not a batch has said so since.
    private const string State =
        "case when b.state = 0 and b.held_until <= clock_timestamp() then 4::smallint else b.state end";

    private const string Filter = $"""
        from bookings b
        where b.event_id = @eventId and {KeptPlaces.AreLeftOut}
            and (@state::smallint is null or {State} = @state)
            and (@tier::smallint is null or @tier = any (b.tiers))
            and (@from::timestamptz is null or b.created_at >= @from)
            and (@to::timestamptz is null or b.created_at <= @to)
            and (not @isSearch or b.id = any (@ids) or b.seats && @seats)
        """;

    private const string CountSql = $"select count(*) {Filter}";

    private const string PageColumns = $"""
        select b.event_id, b.id, b.buyer_id, {State} as state, cardinality(b.seats) as places,
            (select sum(price) from unnest(b.prices) price)::bigint as total, b.created_at, b.changed_at,
            case when {State} = 0 and b.extensions = @paidLater then b.held_until end as pay_until
        {Filter}
        """;

    private const string Details = $"""
        select p.id, p.state, p.places, p.total, p.created_at, p.changed_at, p.pay_until, c.order_code,
            coalesce(c.name, a.name) as name, coalesce(c.email, a.email) as email,
            pay.provider as method, coalesce(pay.refunded, 0) as refunded
        from page p
        left join booking_contacts c on c.event_id = p.event_id and c.booking_id = p.id
        left join accounts a on a.id = p.buyer_id
        left join lateral (
            select provider, refunded from payments
            where event_id = p.event_id and booking_id = p.id and {PaymentSql.WasTaken}
            order by attempt desc limit 1) pay on true
        """;

    private const string NewestSql = $"""
        with page as ({PageColumns} order by b.id desc limit @limit offset @offset) {Details} order by p.id desc
        """;

    private const string OldestSql = $"""
        with page as ({PageColumns} order by b.id limit @limit offset @offset) {Details} order by p.id
        """;

    private const string DearestSql = $"""
        with page as ({PageColumns} order by total desc, b.id limit @limit offset @offset)
        {Details} order by p.total desc, p.id
        """;

    // Whoever the words may mean: a code, an address, a name, a ticket; of the buyer, or who was given a ticket.
    private const string SearchSql = """
        select booking_id from booking_contacts
        where event_id = @eventId and (order_code = @code or starts_with(email_key, @email)
            or search_key(name) like @name)
        union
        select booking_id from tickets where event_id = @eventId and code = @ticket
        union
        select b.id from accounts a join bookings b on b.buyer_id = a.id and b.event_id = @eventId
        where starts_with(a.email_key, @email) or search_key(a.name) like @name
        union
        select booking_id from ticket_transfers
        where event_id = @eventId and state = 1
            and (code = @ticket or starts_with(lower(email), @address) or search_key(name) like @name)
        limit @limit
        """;

    private const string PaymentsSql = """
        select attempt::integer as attempt, provider as method, state::integer as state, amount, refunded, started_at,
            changed_at
        from payments where event_id = @eventId and booking_id = @bookingId order by attempt
        """;

    private const string RefundsSql = """
        select id, amount, items, reason, state = 1 as is_done, state = 2 as is_failed, created_at from refunds
        where event_id = @eventId and booking_id = @bookingId order by created_at, id
        """;

    private const string DisputesSql = """
        select reference, state::integer as state, amount, reason, answer_by, created_at from payment_disputes
        where event_id = @eventId and booking_id = @bookingId order by created_at, id
        """;

    // A booking's id is in each change of it as its sixteen bytes.
    private const string LogSql = """
        select version, at, changes from change_log
        where event_id = @eventId and version between @first and @last
            and position(uuid_send(@bookingId) in changes) > 0
        order by version limit @limit
        """;

    /// <summary>A page of an event's bookings, and how many there are.</summary>
    public async Task<(IReadOnlyList<OwnBookingRow> Rows, long Total)> ListAsync(
        Guid eventId, OwnBookingQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var values = new
        {
            eventId,
            state = (short?)query.State,
            tier = (short?)query.Tier,
            from = query.From?.UtcDateTime,
            to = query.To?.UtcDateTime,
            isSearch = query.Search is not null,
            ids = query.Search is { } search
                ? await SearchAsync(connection, eventId, search, cancellationToken) : [],
            seats = query.Search?.Seats ?? [],
            query.Paging.Limit,
            query.Paging.Offset,
            paidLater = InventoryLimits.PaidLaterExtensions,
        };
        var total = await connection.ExecuteScalarAsync<long>(Command(CountSql, values, cancellationToken));
        var sql = query.Order switch
        {
            OwnBookingOrder.Oldest => OldestSql,
            OwnBookingOrder.Dearest => DearestSql,
            _ => NewestSql,
        };
        var rows = await connection.QueryAsync<OwnBookingRow>(Command(sql, values, cancellationToken));
        return (rows.AsList(), total);
    }

    public async Task<IReadOnlyList<PaymentRow>> PaymentsAsync(
        Guid eventId, Guid bookingId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<PaymentRow>(
            Command(PaymentsSql, new { eventId, bookingId }, cancellationToken))).AsList();
    }

    public async Task<IReadOnlyList<RefundRow>> RefundsAsync(
        Guid eventId, Guid bookingId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<RefundRow>(
            Command(RefundsSql, new { eventId, bookingId }, cancellationToken))).AsList();
    }

    public async Task<IReadOnlyList<DisputeRow>> DisputesAsync(
        Guid eventId, Guid bookingId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DisputeRow>(
            Command(DisputesSql, new { eventId, bookingId }, cancellationToken))).AsList();
    }

    /// <summary>All that happened to a booking, oldest first.</summary>
    public Task<IReadOnlyList<BookingEvent>> HistoryAsync(
        Guid eventId, Booking booking, CancellationToken cancellationToken) =>
        HistoryAsync(eventId, booking.Id, booking.HoldVersion, booking.Version, cancellationToken);

    /// <inheritdoc cref="HistoryAsync(Guid, Booking, CancellationToken)"/>
    public async Task<IReadOnlyList<BookingEvent>> HistoryAsync(
        Guid eventId, Guid bookingId, long first, long last, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Version, DateTime At, byte[] Changes)>(Command(
            LogSql,
            new { eventId, bookingId, first, last, limit = CounterLimits.MaxHistoryEntries }, cancellationToken));
        var history = new List<BookingEvent>();
        foreach (var (version, at, changes) in rows)
        {
            foreach (var change in ChangeLogCodec.Read(changes))
            {
                if (WhatOf(change, bookingId) is { } what)
                    history.Add(new BookingEvent(new DateTimeOffset(at), version, what));
            }
        }

        return history;
    }

    private static string? WhatOf(Change change, Guid bookingId) => change switch
    {
        BookingReassigned { Booking: var booking } when booking.Id == bookingId => "transferred",
        BookingMoved { Booking: var booking } when booking.Id == bookingId => "moved",
        BookingChanged changed when changed.Booking.Id == bookingId => WhatOf(changed.From, changed.Booking),
        _ => null,
    };

    private static string? WhatOf(BookingState? from, Booking booking) => (from, booking.State) switch
    {
        (null, _) => "held",
        (BookingState.Held, BookingState.Held) => booking.IsPaidLater ? "payLater" : "extended",
        (BookingState.Paying, BookingState.Held) => "declined",
        (_, BookingState.Paying) => "paying",
        (_, BookingState.Confirmed) => "confirmed",
        (_, BookingState.Released) => "released",
        (_, BookingState.Expired) => "expired",
        (_, BookingState.Cancelled) => "cancelled",
        _ => null,
    };

    private static async Task<Guid[]> SearchAsync(
        NpgsqlConnection connection, Guid eventId, BookingSearch search, CancellationToken cancellationToken)
    {
        Guid[] named = search.Id is { } id ? [id] : [];
        if (search.Text.Length == 0)
            return named;
        var folded = await connection.ExecuteScalarAsync<string>(
            Command("select search_key(@text)", new { text = search.Text }, cancellationToken));
        var found = await connection.QueryAsync<Guid>(Command(
            SearchSql,
            new
            {
                eventId,
                code = search.OrderCode,
                ticket = search.Text.ToUpperInvariant(),
                // Nothing begins with a text that no address has.
                email = search.Text.Contains('@', StringComparison.Ordinal)
                    ? new EmailNormalizer().NormalizeEmail(search.Text) : "\u0001",
                address = search.Text.Contains('@', StringComparison.Ordinal)
                    ? search.Text.ToLowerInvariant() : "\u0001",
                name = string.IsNullOrEmpty(folded) ? null : $"%{folded}%",
                limit = CounterLimits.MaxSearchedBookings,
            },
            cancellationToken));
        return [.. named, .. found];
    }

    private static CommandDefinition Command(string sql, object values, CancellationToken cancellationToken) =>
        new(sql, values, cancellationToken: cancellationToken);
}

/// <summary>Which bookings of an event are asked for.</summary>
internal sealed record OwnBookingQuery(
    BookingSearch? Search, BookingState? State, int? Tier, DateTimeOffset? From, DateTimeOffset? To,
    OwnBookingOrder Order, Paging Paging);

/// <summary>What somebody typed, as the things that it may mean.</summary>
/// <param name="Text">A name, an address or a ticket's code.</param>
/// <param name="Id">A booking's id.</param>
/// <param name="OrderCode">Without hyphens.</param>
/// <param name="Seats">Seats whose labels have the words, by ordinal.</param>
internal sealed record BookingSearch(string Text, Guid? Id, string? OrderCode, int[] Seats);

internal enum OwnBookingOrder
{
    Newest,
    Oldest,
    Dearest,
}

/// <summary>A booking in a list, as it is stored.</summary>
internal sealed record OwnBookingRow
{
    public Guid Id { get; init; }
    public short State { get; init; }
    public int Places { get; init; }
    public long Total { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime ChangedAt { get; init; }
    public string? OrderCode { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Method { get; init; }
    public long Refunded { get; init; }

    /// <summary>While it is held to be paid later: until when.</summary>
    public DateTime? PayUntil { get; init; }

    public OwnBookingSummary ToSummary(string currency) => new(
        Id, OrderCode is null ? null : OrderCodes.Show(OrderCode), (BookingState)State, Name, Email, Places,
        new Money(Total, currency), new Money(Refunded, currency), Method, new DateTimeOffset(CreatedAt),
        new DateTimeOffset(ChangedAt), PayUntil is { } until ? new DateTimeOffset(until) : null);
}

/// <summary>A payment as it is stored.</summary>
internal sealed record PaymentRow(
    int Attempt, string Method, int State, long Amount, long Refunded, DateTime StartedAt, DateTime ChangedAt);

/// <summary>A dispute as it is stored.</summary>
internal sealed record DisputeRow(
    string Reference, int State, long Amount, string Reason, DateTime? AnswerBy, DateTime CreatedAt);

/// <summary>A refund as it is stored.</summary>
internal sealed record RefundRow
{
    public Guid Id { get; init; }
    public long Amount { get; init; }
    public Guid[] Items { get; init; } = [];
    public string Reason { get; init; } = "";
    public bool IsDone { get; init; }
    public bool IsFailed { get; init; }
    public DateTime CreatedAt { get; init; }
}

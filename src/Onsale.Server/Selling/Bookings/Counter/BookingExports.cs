using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>The three lists of an event as CSV: a row a booking, a row a ticket, a row a movement of money.</summary>
internal static class BookingExports
{
    private const string BookingsSql = """
        select b.id, c.order_code, case when b.state = 0 and b.held_until <= now() then 4::smallint else b.state end,
            b.created_at, b.changed_at, coalesce(c.name, a.name), coalesce(c.email, a.email), c.language,
            cardinality(b.seats), (select sum(price) from unnest(b.prices) price)::bigint, pay.provider,
            coalesce(pay.refunded, 0), code.text,
            coalesce((select sum(discount) from unnest(b.discounts) discount), 0)::bigint
        from bookings b
        left join codes code on code.event_id = b.event_id and code.number = b.code
        left join booking_contacts c on c.event_id = b.event_id and c.booking_id = b.id
        left join accounts a on a.id = b.buyer_id
        left join lateral (
            select provider, refunded from payments
            where event_id = b.event_id and booking_id = b.id and state in (1, 3, 4)
            order by attempt desc limit 1) pay on true
        where b.event_id = $1 order by b.id
        """;

    private const string TicketsSql = """
        select t.id, c.order_code, b.id, t.state, b.tiers[t.line + 1], b.seats[t.line + 1], b.prices[t.line + 1],
            coalesce(c.name, a.name), coalesce(c.email, a.email), t.issued_at, code.text,
            coalesce(b.discounts[t.line + 1], 0)
        from bookings b
        left join codes code on code.event_id = b.event_id and code.number = b.code
        join tickets t on t.event_id = b.event_id and t.booking_id = b.id
        left join booking_contacts c on c.event_id = b.event_id and c.booking_id = b.id
        left join accounts a on a.id = b.buyer_id
        where b.event_id = $1 order by b.id, t.line
        """;

    private const string LedgerSql = """
        select at, kind, booking_id, order_code, provider, reference, amount, done from (
            select p.started_at as at, 'payment' as kind, p.booking_id, p.provider, p.reference::text, p.amount,
                p.state in (1, 3, 4) as done
            from payments p where p.event_id = $1 and p.state not in (2, 5, 6)
            union all
            select r.created_at, 'refund', r.booking_id, p.provider, r.id::text, -r.amount, r.state = 1
            from refunds r join payments p
                on p.event_id = r.event_id and p.booking_id = r.booking_id and p.attempt = r.attempt
            where r.event_id = $1
            union all
            select p.changed_at, 'refund', p.booking_id, p.provider, p.reference::text,
                -(p.amount - coalesce((select sum(r.amount) from refunds r where r.event_id = p.event_id
                    and r.booking_id = p.booking_id and r.attempt = p.attempt), 0))::bigint, p.state = 4
            from payments p where p.event_id = $1 and p.state in (3, 4)) movements
        left join booking_contacts c using (booking_id)
        where c.event_id = $1 or c.event_id is null
        order by at, booking_id
        """;

    private static readonly string[] s_bookingColumns =
    [
        "Order code", "Booking", "State", "Made at", "Changed at", "Name", "E-mail", "Language", "Places", "Total",
        "Currency", "Method", "Refunded", "Code", "Discount",
    ];

    private static readonly string[] s_ticketColumns =
    [
        "Ticket", "Order code", "Booking", "Valid", "Tier", "Place", "Price", "Currency", "Name", "E-mail", "Issued at",
        "Code", "Discount",
    ];

    private static readonly string[] s_ledgerColumns =
        ["At", "Kind", "Booking", "Order code", "Method", "Reference", "Amount", "Currency", "Done"];

    public static Task<Results<CsvAnswer, Problem>> BookingsAsync(
        string @event, OrganisationAccess access, EditedEvents events, CsvExports exports,
        CancellationToken cancellationToken) =>
        ExportAsync(@event, access, events, exports, row => Export(
            row, "bookings", s_bookingColumns, BookingsSql, cells =>
        [
            CodeOf(cells, 1), $"{cells.GetGuid(0)}", StateOf(cells.GetInt16(2)), CsvCells.Instant(cells.GetDateTime(3)),
            CsvCells.Instant(cells.GetDateTime(4)), TextOf(cells, 5), TextOf(cells, 6), TextOf(cells, 7),
            $"{cells.GetInt32(8)}", CsvCells.Money(cells.GetInt64(9), row.Currency), row.Currency, TextOf(cells, 10),
            CsvCells.Money(cells.GetInt64(11), row.Currency), TextOf(cells, 12),
            CsvCells.Money(cells.GetInt64(13), row.Currency),
        ]), cancellationToken);

    public static async Task<Results<CsvAnswer, Problem>> TicketsAsync(
        string @event, OrganisationAccess access, EditedEvents events, CsvExports exports, SeatingPlanCache plans,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var plan = row.SeatingPlanId is { } planId ? await plans.GetAsync(planId, cancellationToken) : null;
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        return new CsvAnswer(
            Export(row, "tickets", s_ticketColumns, TicketsSql, cells =>
            {
                var (tier, seat) = (tiers[cells.GetInt16(4)].Name, cells.GetInt32(5));
                return
                [
                    $"{cells.GetGuid(0)}", CodeOf(cells, 1), $"{cells.GetGuid(2)}",
                    cells.GetInt16(3) == 0 ? "yes" : "no", CsvCells.Text(tier), CsvCells.Text(seat < 0 ? tier : plan?.LabelOf(seat)),
                    CsvCells.Money(cells.GetInt64(6), row.Currency), row.Currency, TextOf(cells, 7), TextOf(cells, 8),
                    CsvCells.Instant(cells.GetDateTime(9)), TextOf(cells, 10),
                    CsvCells.Money(cells.GetInt64(11), row.Currency),
                ];
            }),
            exports);
    }

    public static Task<Results<CsvAnswer, Problem>> LedgerAsync(
        string @event, OrganisationAccess access, EditedEvents events, CsvExports exports,
        CancellationToken cancellationToken) =>
        ExportAsync(@event, access, events, exports, row => Export(row, "ledger", s_ledgerColumns, LedgerSql, cells =>
        [
            CsvCells.Instant(cells.GetDateTime(0)), cells.GetString(1), $"{cells.GetGuid(2)}", CodeOf(cells, 3),
            TextOf(cells, 4), cells.GetString(5), CsvCells.Money(cells.GetInt64(6), row.Currency), row.Currency,
            cells.GetBoolean(7) ? "yes" : "no",
        ]), cancellationToken);

    private static async Task<Results<CsvAnswer, Problem>> ExportAsync(
        string @event, OrganisationAccess access, EditedEvents events, CsvExports exports,
        Func<EditedEvent, CsvExport> export, CancellationToken cancellationToken) =>
        await events.FindAsync(access.OrganisationId, @event, cancellationToken) is { } row
            ? new CsvAnswer(export(row), exports)
            : Problem.EventNotFound();

    private static CsvExport Export(
        EditedEvent row, string what, string[] columns, string sql,
        Func<NpgsqlDataReader, IEnumerable<string>> cells) =>
        new($"{row.Slug}-{what}.csv", columns, sql, [new NpgsqlParameter { Value = row.Id }], cells);

    private static string CodeOf(NpgsqlDataReader cells, int column) =>
        cells.IsDBNull(column) ? "" : OrderCodes.Show(cells.GetString(column));

    private static string TextOf(NpgsqlDataReader cells, int column) =>
        cells.IsDBNull(column) ? "" : CsvCells.Text(cells.GetString(column));

    private static string StateOf(short state) => ((BookingState)state).ToString().ToLowerInvariant();
}

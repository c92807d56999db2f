using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Catalog.Events.Questions;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>The lists of an event as CSV: a row a booking, or a row a ticket.</summary>
internal static class BookingExports
{
    private static string BookingsSql(string answers) => $"""
        select b.id, c.order_code, case when b.state = 0 and b.held_until <= now() then 4::smallint else b.state end,
            b.created_at, b.changed_at, coalesce(c.name, a.name), coalesce(c.email, a.email), c.language,
            cardinality(b.seats), (select sum(price) from unnest(b.prices) price)::bigint, pay.provider,
            coalesce(pay.refunded, 0), code.text,
            coalesce((select sum(discount) from unnest(b.discounts) discount), 0)::bigint, {answers}
        from bookings b
        left join codes code on code.event_id = b.event_id and code.number = b.code
        left join booking_contacts c on c.event_id = b.event_id and c.booking_id = b.id
        left join accounts a on a.id = b.buyer_id
        left join lateral (
            select provider, refunded from payments
            where event_id = b.event_id and booking_id = b.id and {PaymentSql.WasTaken}
            order by attempt desc limit 1) pay on true
        where b.event_id = $1 and {KeptPlaces.AreLeftOut} order by b.id
        """;

    private static string TicketsSql(string answers) => $"""
        select t.id, c.order_code, b.id, t.state, b.tiers[t.line + 1], b.seats[t.line + 1], b.prices[t.line + 1],
            coalesce(c.name, a.name), coalesce(c.email, a.email), t.issued_at, code.text,
            coalesce(b.discounts[t.line + 1], 0),
            case when h.counter is null then coalesce(c.name, a.name) else h.name end,
            case when h.counter is null then coalesce(c.email, a.email) else h.email end,
            coalesce(h.counter, 0)::integer, {answers}
        from bookings b
        left join codes code on code.event_id = b.event_id and code.number = b.code
        join tickets t on t.event_id = b.event_id and t.booking_id = b.id
        left join booking_contacts c on c.event_id = b.event_id and c.booking_id = b.id
        left join accounts a on a.id = b.buyer_id
        {TransferSql.HolderJoin}
        where b.event_id = $1 order by b.id, t.line
        """;

    private static readonly string[] s_bookingColumns =
    [
        "Order code", "Booking", "State", "Made at", "Changed at", "Name", "E-mail", "Language", "Places", "Total",
        "Currency", "Method", "Refunded", "Code", "Discount",
    ];

    private static readonly string[] s_ticketColumns =
    [
        "Ticket", "Order code", "Booking", "Valid", "Tier", "Place", "Price", "Currency", "Name", "E-mail", "Issued at",
        "Code", "Discount", "Holder", "Holder's e-mail", "Transfers",
    ];

    public static async Task<Results<CsvAnswer, Problem>> BookingsAsync(
        string @event, OrganisationAccess access, EditedEvents events, CsvExports exports, QuestionStore questions,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var answers = AnswerColumns.Of(await questions.ReadAsync(row.Id, cancellationToken), perTicket: false);
        return new CsvAnswer(
            Export(row, "bookings", [.. s_bookingColumns, .. answers.Names], BookingsSql(answers.Sql), cells =>
            [
                CodeOf(cells, 1), $"{cells.GetGuid(0)}", StateOf(cells.GetInt16(2)),
                CsvCells.Instant(cells.GetDateTime(3)), CsvCells.Instant(cells.GetDateTime(4)), TextOf(cells, 5),
                TextOf(cells, 6), TextOf(cells, 7), $"{cells.GetInt32(8)}",
                CsvCells.Money(cells.GetInt64(9), row.Currency), row.Currency, TextOf(cells, 10),
                CsvCells.Money(cells.GetInt64(11), row.Currency), TextOf(cells, 12),
                CsvCells.Money(cells.GetInt64(13), row.Currency), .. answers.Read(cells, 14),
            ]),
            exports);
    }

    public static async Task<Results<CsvAnswer, Problem>> TicketsAsync(
        string @event, OrganisationAccess access, EditedEvents events, CsvExports exports, SeatingPlanCache plans,
        QuestionStore questions, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var plan = row.SeatingPlanId is { } planId ? await plans.GetAsync(planId, cancellationToken) : null;
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        var answers = AnswerColumns.Of(await questions.ReadAsync(row.Id, cancellationToken), perTicket: true);
        return new CsvAnswer(
            Export(row, "tickets", [.. s_ticketColumns, .. answers.Names], TicketsSql(answers.Sql), cells =>
            {
                var (tier, seat) = (tiers[cells.GetInt16(4)].Name, cells.GetInt32(5));
                return
                [
                    $"{cells.GetGuid(0)}", CodeOf(cells, 1), $"{cells.GetGuid(2)}",
                    cells.GetInt16(3) == 0 ? "yes" : "no", CsvCells.Text(tier),
                    CsvCells.Text(seat < 0 ? tier : plan?.LabelOf(seat)),
                    CsvCells.Money(cells.GetInt64(6), row.Currency), row.Currency, TextOf(cells, 7), TextOf(cells, 8),
                    CsvCells.Instant(cells.GetDateTime(9)), TextOf(cells, 10),
                    CsvCells.Money(cells.GetInt64(11), row.Currency), TextOf(cells, 12), TextOf(cells, 13),
                    $"{cells.GetInt32(14)}", .. answers.Read(cells, 15),
                ];
            }),
            exports);
    }

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

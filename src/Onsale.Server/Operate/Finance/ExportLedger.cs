using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Selling.Bookings.Counter;
using Onsale.Server.Selling.Ledger;

namespace Onsale.Server.Operate.Finance;

/// <summary>The ledger as CSV, a row a posting: of an event, or an organisation's statement of a period.</summary>
internal static class ExportLedger
{
    private const string Columns = """
        select l.number, l.at, l.kind, e.title, l.booking_id, c.order_code, l.provider, l.reference, posting.account,
            posting.amount, l.currency
        from ledger_entries l
        cross join unnest(l.accounts, l.amounts) with ordinality as posting (account, amount, line)
        left join events e on e.id = l.event_id
        left join booking_contacts c on c.event_id = l.event_id and c.booking_id = l.booking_id
        """;

    private const string OfEventSql = $"{Columns} where l.event_id = $1 order by l.number, posting.line";

    private const string StatementSql = $"""
        {Columns}
        where l.organisation_id = $1 and l.at >= $2 and l.at < $3 order by l.at, l.number, posting.line
        """;

    private static readonly string[] s_columns =
    [
        "Entry", "At", "Kind", "Event", "Booking", "Order code", "Method", "Reference", "Account", "Amount", "Currency",
    ];

    public static async Task<Results<CsvAnswer, Problem>> OfEventAsync(
        string @event, OrganisationAccess access, EditedEvents events, CsvExports exports,
        CancellationToken cancellationToken) =>
        await events.FindAsync(access.OrganisationId, @event, cancellationToken) is { } row
            ? new CsvAnswer(Export($"{row.Slug}-ledger.csv", OfEventSql, row.Id), exports)
            : Problem.EventNotFound();

    public static Results<CsvAnswer, Problem> StatementAsync(
        [AsParameters] MoneyPeriod period, OrganisationAccess access, CsvExports exports)
    {
        var validation = new Validation();
        var (from, to) = period.Read(validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        return new CsvAnswer(Export("ledger.csv", StatementSql, access.OrganisationId, from, to), exports);
    }

    private static CsvExport Export(string name, string sql, params IEnumerable<object> values) => new(
        name, s_columns, sql, [.. values.Select(value => new NpgsqlParameter { Value = value })], cells =>
        [
            $"{cells.GetInt64(0)}", CsvCells.Instant(cells.GetDateTime(1)), LedgerKinds.NameOf(cells.GetInt16(2)),
            TextOf(cells, 3), cells.IsDBNull(4) ? "" : $"{cells.GetGuid(4)}",
            cells.IsDBNull(5) ? "" : OrderCodes.Show(cells.GetString(5)), TextOf(cells, 6), TextOf(cells, 7),
            cells.GetString(8), CsvCells.Money(cells.GetInt64(9), cells.GetString(10)), cells.GetString(10),
        ]);

    private static string TextOf(NpgsqlDataReader cells, int column) =>
        cells.IsDBNull(column) ? "" : CsvCells.Text(cells.GetString(column));
}

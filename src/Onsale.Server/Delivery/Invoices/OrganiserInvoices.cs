using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.Bookings.Counter;

namespace Onsale.Server.Delivery.Invoices;

/// <summary>An organisation's settings of invoices, and its documents.</summary>
internal static class OrganiserInvoices
{
    private const string ExportSql = """
        select number, content ->> 'reference', kind, refers_to, issued_at, content #>> '{buyer,name}',
            content #>> '{buyer,company}', content #>> '{buyer,vatId}', content ->> 'eventTitle', booking_id,
            content ->> 'orderCode', (line ->> 'taxBasisPoints')::integer, sum((line ->> 'net')::bigint)::bigint,
            sum((line ->> 'tax')::bigint)::bigint, sum((line ->> 'gross')::bigint)::bigint, currency
        from invoices cross join lateral jsonb_array_elements(content -> 'lines') line
        where organisation_id = $1 and issued_at >= $2 and issued_at < $3
        group by organisation_id, number, (line ->> 'taxBasisPoints')::integer
        order by number, (line ->> 'taxBasisPoints')::integer
        """;

    private static readonly string[] s_columns =
    [
        "Number", "Reference", "Kind", "Refers to", "Issued at", "Buyer", "Company", "VAT ID", "Event", "Booking",
        "Order code", "Tax rate", "Net", "Tax", "Gross", "Currency",
    ];

    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "invoice-not-found", "The organisation has no such document.");

    public static async Task<Ok<InvoiceSettings>> GetSettingsAsync(
        OrganisationAccess access, InvoiceStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(
            await store.SettingsAsync(access.OrganisationId, cancellationToken)
            ?? new InvoiceSettings(IsOn: false, "", "", ""));

    public static async Task<Results<Ok<InvoiceSettings>, Problem>> SetSettingsAsync(
        InvoiceSettings request, OrganisationAccess access, InvoiceStore store, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var settings = new InvoiceSettings(
            request.IsOn,
            validation.Text("legalName", request.LegalName, 1, InvoicesLimits.MaxLegalNameCharacters),
            validation.Text("address", request.Address, 1, InvoicesLimits.MaxSellerAddressCharacters),
            validation.Text("taxId", request.TaxId, 1, InvoicesLimits.MaxTaxIdCharacters),
            validation.Text("prefix", request.Prefix, 0, InvoicesLimits.MaxPrefixCharacters),
            validation.Text("footer", request.Footer, 0, InvoicesLimits.MaxFooterCharacters));
        if (validation.ToProblem() is { } invalid)
            return invalid;
        await store.SetAsync(access.Actor, settings, cancellationToken);
        return TypedResults.Ok(settings);
    }

    public static async Task<Results<Ok<Page<InvoiceSummary>>, Problem>> ListAsync(
        [AsParameters] Parameters parameters, OrganisationAccess access, EditedEvents events, InvoiceStore store,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var query = parameters.Read(validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (!string.IsNullOrEmpty(parameters.Event))
        {
            if (await events.FindAsync(access.OrganisationId, parameters.Event, cancellationToken) is not { } row)
                return Problem.EventNotFound();
            query = query with { EventId = row.Id };
        }

        var (documents, total) = await store.ListAsync(access.OrganisationId, query, cancellationToken);
        return TypedResults.Ok(Page<InvoiceSummary>.Of([.. documents.Select(SummaryOf)], total, query.Paging));
    }

    public static async Task<Results<Ok<Invoice>, Problem>> GetAsync(
        string number, OrganisationAccess access, InvoiceStore store, CancellationToken cancellationToken) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
        && await store.FindAsync(access.OrganisationId, wanted, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : s_notFound;

    public static Results<CsvAnswer, Problem> Export(
        string? from, string? to, OrganisationAccess access, CsvExports exports)
    {
        var validation = new Validation();
        var (first, last) = validation.Period(from, to);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        return new CsvAnswer(
            new CsvExport(
                "invoices.csv", s_columns, ExportSql,
                [
                    new NpgsqlParameter { Value = access.OrganisationId }, new NpgsqlParameter { Value = first },
                    new NpgsqlParameter { Value = last },
                ],
                CellsOf),
            exports);
    }

    private static IEnumerable<string> CellsOf(NpgsqlDataReader cells)
    {
        var currency = cells.GetString(15);
        return
        [
            $"{cells.GetInt64(0)}", CsvCells.Text(cells.GetString(1)), NameOf((InvoiceKind)cells.GetInt16(2)),
            cells.IsDBNull(3) ? "" : $"{cells.GetInt64(3)}", CsvCells.Instant(cells.GetDateTime(4)), TextOf(cells, 5),
            TextOf(cells, 6), TextOf(cells, 7), TextOf(cells, 8), $"{cells.GetGuid(9)}", TextOf(cells, 10),
            (cells.GetInt32(11) / 100m).ToString("0.##", CultureInfo.InvariantCulture),
            CsvCells.Money(cells.GetInt64(12), currency), CsvCells.Money(cells.GetInt64(13), currency),
            CsvCells.Money(cells.GetInt64(14), currency), currency,
        ];
    }

    private static string TextOf(NpgsqlDataReader cells, int column) =>
        cells.IsDBNull(column) ? "" : CsvCells.Text(cells.GetString(column));

    private static string NameOf(InvoiceKind kind) => kind switch
    {
        InvoiceKind.Invoice => "invoice",
        InvoiceKind.CreditNote => "creditNote",
        InvoiceKind.RefundReturned => "refundReturned",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of document."),
    };

    private static InvoiceSummary SummaryOf(Invoice invoice) => new(
        invoice.Number, invoice.Reference, invoice.Kind, invoice.RefersTo, invoice.IssuedAt,
        invoice.Buyer.Company ?? invoice.Buyer.Name, invoice.EventId, invoice.EventTitle, invoice.BookingId,
        invoice.OrderCode, new Money(invoice.Total, invoice.Currency), new Money(invoice.Tax, invoice.Currency));

    internal sealed class Parameters
    {
        [Description("Part of a number, a buyer's name or company, or an order code.")]
        [MaxLength(InvoicesLimits.MaxSearchCharacters)]
        [FromQuery(Name = "search")]
        public string? Search { get; init; }

        [AllowedValues("invoice", "creditNote", "refundReturned")]
        [FromQuery(Name = "kind")]
        public string? Kind { get; init; }

        [Description("Only documents of this event: an id or slug.")]
        [FromQuery(Name = "event")]
        public string? Event { get; init; }

        [Description("Only documents of this booking: an id.")]
        [FromQuery(Name = "booking")]
        public string? Booking { get; init; }

        [Description("Only documents issued at or after this instant.")]
        [FromQuery(Name = "from")]
        public string? From { get; init; }

        [Description("Only documents issued before this instant.")]
        [FromQuery(Name = "to")]
        public string? To { get; init; }

        [Description("The page. Default: 1.")]
        [Range(1, HostingLimits.MaxPageNumber)]
        [FromQuery(Name = "page")]
        public string? Page { get; init; }

        [Description("Documents a page. Default: 10.")]
        [Range(1, HostingLimits.MaxPageRows)]
        [FromQuery(Name = "limit")]
        public string? Limit { get; init; }

        public InvoiceQuery Read(Validation validation)
        {
            var (from, to) = validation.Period(From, To);
            var search = validation.Text("search", Search, 0, InvoicesLimits.MaxSearchCharacters);
            return new InvoiceQuery(
                from, to, ReadKind(validation), null, validation.Id("booking", Booking), RecipientRow.OrNull(search),
                Paging.Read(Page, Limit, validation));
        }

        private InvoiceKind? ReadKind(Validation validation)
        {
            switch (Kind)
            {
                case null or "":
                    return null;
                case "invoice":
                    return InvoiceKind.Invoice;
                case "creditNote":
                    return InvoiceKind.CreditNote;
                case "refundReturned":
                    return InvoiceKind.RefundReturned;
                default:
                    validation.Add("kind", "Must be invoice, creditNote or refundReturned.");
                    return null;
            }
        }
    }
}

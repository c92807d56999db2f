using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Invoices;

/// <summary>
/// Makes the documents of what the ledger says, a moment after it says so. The series of an organisation is the row
/// that it locks: numbers are given in the transaction that writes the documents, so that none is left out and none is
/// given twice, whichever node does it and wherever one dies.
/// </summary>
internal sealed partial class InvoiceIssuer(NpgsqlDataSource dataSource, ILogger<InvoiceIssuer> logger)
{
    // A payment from when invoices were turned on; whatever goes back of a payment that has an invoice, or will have
    // one.
    private const string IsDue = """
        l.kind in (1, 2, 3, 8) and l.amounts[1] <> 0
        and not exists (select from invoices i where i.event_id = l.event_id and i.entry_number = l.number)
        and case when l.kind in (1, 2) then l.at >= s.since
            else exists (select from invoices i
                where i.event_id = l.event_id and i.booking_id = l.booking_id and i.attempt = l.attempt and i.kind = 1)
            or exists (select from ledger_entries p
                where p.event_id = l.event_id and p.booking_id = l.booking_id and p.attempt = l.attempt
                    and p.kind in (1, 2) and p.at >= s.since) end
        """;

    private const string WaitingSql = $"""
        select s.organisation_id from invoice_settings s
        where exists (select from ledger_entries l
            where l.organisation_id = s.organisation_id
                and l.at > (select clock_timestamp()) - make_interval(mins => @minutes) and {IsDue})
            or exists (select from invoice_recipients r where r.organisation_id = s.organisation_id and r.is_pending)
        """;

    private const string LockSql = """
        select legal_name, address, tax_id, prefix, footer, next_number from invoice_settings
        where organisation_id = @organisationId for update skip locked
        """;

    // In the order of the ledger: what goes back after what was paid.
    private const string DueSql = $"""
        select l.event_id, l.number, l.booking_id, l.attempt::integer as attempt, l.kind::integer as kind, l.at,
            l.provider, l.currency, l.amounts[1] as total,
            coalesce(-l.amounts[array_position(l.accounts, 'tax')], 0) as tax, {InvoiceRow.Columns}
        from invoice_settings s
        join ledger_entries l on l.organisation_id = s.organisation_id
        {InvoiceRow.Joins}
        where s.organisation_id = @organisationId
            and l.at > (select clock_timestamp()) - make_interval(mins => @minutes) and {IsDue}
        order by l.number limit @limit
        """;

    private const string CorrectedSql = """
        select r.event_id, r.booking_id, r.name, r.company, r.address, r.vat_id from invoice_recipients r
        where r.organisation_id = @organisationId and r.is_pending
        order by r.changed_at limit @limit for update skip locked
        """;

    private const string SettledSql = """
        update invoice_recipients set is_pending = false where event_id = @EventId and booking_id = @BookingId
        """;

    // Of each payment the invoice that stands: the last one.
    private const string StandingSql = """
        select distinct on (attempt) number, attempt::integer as attempt, total, tax, currency, content
        from invoices where event_id = @eventId and booking_id = @bookingId and kind = 1
            and (@attempt::smallint is null or attempt = @attempt)
        order by attempt, number desc
        """;

    private const string BackSql = """
        select coalesce(-sum(total), 0)::bigint as gross, coalesce(-sum(tax), 0)::bigint as tax
        from invoices where event_id = @EventId and booking_id = @BookingId and attempt = @Attempt
            and kind in (2, 3) and entry_number is not null
        """;

    private const string AddSql = """
        insert into invoices (organisation_id, number, kind, event_id, booking_id, attempt, entry_number, refers_to,
            issued_at, currency, total, tax, content)
        values (@organisationId, @Number, @kind, @EventId, @BookingId, @attempt, @entryNumber, @refersTo,
            @issuedAt, @Currency, @Total, @Tax, @content::jsonb)
        """;

    private const string CountSql = """
        update invoice_settings set next_number = @next where organisation_id = @organisationId
        """;

    private bool _hasSwept;

    /// <summary>Issues what became due in the last minutes.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        IssueAllAsync(InvoicesLimits.LookBackMinutes, cancellationToken);

    /// <summary>Issues what no look has found: after nodes were away, or a transaction that took very long.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        const int week = InvoicesLimits.SweepLookBackDays * 24 * 60;
        await IssueAllAsync(_hasSwept ? week : int.MaxValue / 2, cancellationToken);
        _hasSwept = true;
    }

    private async Task IssueAllAsync(int minutes, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var waiting = (await connection.QueryAsync<Guid>(new CommandDefinition(
            WaitingSql, new { minutes }, cancellationToken: cancellationToken))).AsList();
        await connection.CloseAsync();
        foreach (var organisationId in waiting)
        {
            try
            {
                while (await IssueAsync(organisationId, minutes, cancellationToken) == InvoicesLimits.MaxIssuedTogether)
                {
                    // A full transaction: there is more.
                }
            }
            catch (Exception exception)
                when (exception is not OperationCanceledException && !Errors.IsDatabaseUnavailable(exception))
            {
                // One organisation's fault keeps no other from its invoices.
                LogFailed(exception, organisationId);
            }
        }
    }

    /// <summary>One transaction of an organisation's documents; how many entries it issued one for.</summary>
    private async Task<int> IssueAsync(Guid organisationId, int minutes, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var values = new { organisationId, minutes, limit = InvoicesLimits.MaxIssuedTogether };
        if (await connection.QuerySingleOrDefaultAsync<SeriesRow>(
            new CommandDefinition(LockSql, values, cancellationToken: cancellationToken)) is not { } series)
        {
            // Another node is at it.
            return 0;
        }

        var pass = new Pass(connection, organisationId, series);
        var due = (await connection.QueryAsync<InvoiceRow>(
            new CommandDefinition(DueSql, values, cancellationToken: cancellationToken))).AsList();
        foreach (var row in due)
            await pass.IssueAsync(row, cancellationToken);
        var issued = (int)(pass.Next - series.NextNumber);
        foreach (var changed in (await connection.QueryAsync<RecipientRow>(
            new CommandDefinition(CorrectedSql, values, cancellationToken: cancellationToken))).AsList())
        {
            await pass.CorrectAsync(changed, cancellationToken);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            CountSql, new { organisationId, next = pass.Next }, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return issued;
    }

    /// <summary>The documents of one transaction.</summary>
    private sealed class Pass(NpgsqlConnection connection, Guid organisationId, SeriesRow series)
    {
        public long Next { get; private set; } = series.NextNumber;

        public async Task IssueAsync(InvoiceRow row, CancellationToken cancellationToken)
        {
            if (row.Kind is 1 or 2)
            {
                var lines = InvoiceLines.OfPlaces(row.Places());
                await AddAsync(
                    row.ToInvoice(InvoiceKind.Invoice, row.ToDetails(), lines), row.Attempt, row.Number, null,
                    cancellationToken);
                return;
            }

            var keys = new { row.EventId, row.BookingId, Attempt = (short)row.Attempt };
            if (await connection.QuerySingleOrDefaultAsync<StandingRow>(
                new CommandDefinition(StandingSql, keys, cancellationToken: cancellationToken)) is not { } standing)
            {
                // Its invoice comes with a later look.
                return;
            }

            var invoice = standing.Read();
            var before = await connection.QuerySingleAsync<(long Gross, long Tax)>(
                new CommandDefinition(BackSql, keys, cancellationToken: cancellationToken));
            var after = (before.Gross - row.Total, before.Tax - row.Tax);
            var kind = row.Total < 0 ? InvoiceKind.CreditNote : InvoiceKind.RefundReturned;
            await AddAsync(
                row.ToInvoice(kind, invoice.Buyer, InvoiceLines.OfRefund(invoice.Lines, before, after)) with
                {
                    RefersTo = invoice.Reference,
                },
                row.Attempt, row.Number, standing.Number, cancellationToken);
        }

        /// <summary>Other details of the buyer: the invoice is taken back whole, and made out anew.</summary>
        public async Task CorrectAsync(RecipientRow changed, CancellationToken cancellationToken)
        {
            var buyer = changed.ToDetails();
            var keys = new { changed.EventId, changed.BookingId, attempt = (short?)null };
            foreach (var standing in (await connection.QueryAsync<StandingRow>(
                new CommandDefinition(StandingSql, keys, cancellationToken: cancellationToken))).AsList())
            {
                var invoice = standing.Read();
                if (invoice.Buyer == buyer)
                    continue;
                var again = invoice with { IsCorrection = true, RefersTo = invoice.Reference };
                await AddAsync(
                    again with
                    {
                        Kind = InvoiceKind.CreditNote,
                        Lines = InvoiceLines.Negated(invoice.Lines),
                        Net = -invoice.Net,
                        Tax = -invoice.Tax,
                        Total = -invoice.Total,
                    },
                    standing.Attempt, null, standing.Number, cancellationToken);
                await AddAsync(
                    again with { Buyer = buyer }, standing.Attempt, null, standing.Number, cancellationToken);
            }

            await connection.ExecuteAsync(
                new CommandDefinition(SettledSql, changed, cancellationToken: cancellationToken));
        }

        private async Task AddAsync(
            Invoice invoice, int attempt, long? entryNumber, long? refersTo, CancellationToken cancellationToken)
        {
            if (invoice.Lines.Sum(line => line.Gross) != invoice.Total
                || invoice.Lines.Sum(line => line.Tax) != invoice.Tax)
            {
                throw new InvalidOperationException(
                    $"The lines of booking {invoice.BookingId} do not sum to what the ledger says.");
            }

            var number = Next++;
            var digits = number.ToString($"D{InvoicesLimits.NumberDigits}", CultureInfo.InvariantCulture);
            var issued = invoice with
            {
                Number = number,
                Reference = $"{series.Prefix}{digits}",
                IssuedAt = new DateTimeOffset(await connection.ExecuteScalarAsync<DateTime>(
                    new CommandDefinition("select clock_timestamp()", cancellationToken: cancellationToken))),
                Seller = new InvoiceSeller(series.LegalName, series.Address, series.TaxId),
                Footer = series.Footer,
            };
            await connection.ExecuteAsync(new CommandDefinition(
                AddSql,
                new
                {
                    organisationId,
                    issued.Number,
                    kind = (short)issued.Kind,
                    issued.EventId,
                    issued.BookingId,
                    attempt = (short)attempt,
                    entryNumber,
                    refersTo,
                    issuedAt = issued.IssuedAt.UtcDateTime,
                    issued.Currency,
                    issued.Total,
                    issued.Tax,
                    content = JsonSerializer.Serialize(issued, InvoicesJson.Default.Invoice),
                },
                cancellationToken: cancellationToken));
        }
    }

    [LoggerMessage(EventId = 7301, Level = LogLevel.Error,
        Message = "ALARM: invoices of organisation {OrganisationId} could not be issued; they are tried again")]
    private partial void LogFailed(Exception exception, Guid organisationId);
}

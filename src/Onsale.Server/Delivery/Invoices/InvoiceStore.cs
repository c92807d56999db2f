using System.Text.Json;
using Dapper;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Delivery.Invoices;

/// <summary>What of an organisation's documents is asked for.</summary>
/// <param name="Search">Part of a reference, a buyer's name or company, an order code; null: all.</param>
internal sealed record InvoiceQuery(
    DateTimeOffset From, DateTimeOffset To, InvoiceKind? Kind, Guid? EventId, Guid? BookingId, string? Search,
    Paging Paging);

/// <summary>Reads documents, and writes settings and buyers' details.</summary>
internal sealed class InvoiceStore(NpgsqlDataSource dataSource, ActivityLog activities) : IBuyerContacts
{
    private const string SettingsSql = """
        select since is not null as is_on, legal_name, address, tax_id, prefix, footer from invoice_settings
        where organisation_id = @organisationId
        """;

    // A series that was on before goes on with its numbers; what was paid while it was off gets none.
    private const string SetSql = """
        insert into invoice_settings (organisation_id, legal_name, address, tax_id, prefix, footer, since)
        values (@organisationId, @LegalName, @Address, @TaxId, @Prefix, @Footer,
            case when @IsOn then clock_timestamp() end)
        on conflict (organisation_id) do update
        set legal_name = excluded.legal_name, address = excluded.address, tax_id = excluded.tax_id,
            prefix = excluded.prefix, footer = excluded.footer, changed_at = clock_timestamp(),
            since = case when @IsOn then coalesce(invoice_settings.since, clock_timestamp()) end
        """;

    private const string OfBookingSql = """
        select content from invoices where event_id = @eventId and booking_id = @bookingId order by number
        """;

    private const string DetailsSql = """
        select event_id, booking_id, name, company, address, vat_id from invoice_recipients
        where event_id = @eventId and booking_id = @bookingId
        """;

    // A pending row of the same content changes nothing at the issuer.
    private const string SetDetailsSql = """
        insert into invoice_recipients (event_id, booking_id, organisation_id, name, company, address, vat_id)
        select @eventId, @bookingId, e.organisation_id, @name, @company, @address, @vatId
        from events e where e.id = @eventId
            and (select count(*) from invoices i where i.event_id = @eventId and i.booking_id = @bookingId) < @most
        on conflict (event_id, booking_id) do update
        set name = excluded.name, company = excluded.company, address = excluded.address, vat_id = excluded.vat_id,
            is_pending = true, changed_at = clock_timestamp()
        """;

    private const string IsOfferedSql = """
        select exists (select from events e join invoice_settings s on s.organisation_id = e.organisation_id
            where e.id = @eventId and s.since is not null)
        """;

    private const string Filter = """
        from invoices i
        where i.organisation_id = @organisationId and i.issued_at >= @from and i.issued_at < @to
            and (@kind::smallint is null or i.kind = @kind) and (@eventId::uuid is null or i.event_id = @eventId)
            and (@bookingId::uuid is null or i.booking_id = @bookingId)
            and (@pattern::text is null or lower(concat_ws(' ', i.content ->> 'reference', i.content ->> 'orderCode',
                i.content #>> '{buyer,name}', i.content #>> '{buyer,company}')) like @pattern)
        """;

    private const string PageSql = $"select i.content {Filter} order by i.number desc limit @limit offset @offset";

    private const string CountSql = $"select count(*) {Filter}";

    private const string OneSql = """
        select content from invoices where organisation_id = @organisationId and number = @number
        """;

    private const string EraseSql = """
        delete from invoice_recipients r using bookings b
        where b.buyer_id = @buyerId and r.event_id = b.event_id and r.booking_id = b.id
        """;

    /// <summary>
    /// The audit: an organisation's numbers have no gap, and each entry's document says what the entry does.
    /// </summary>
    public const string Audit = """
        with series as (
            select s.organisation_id, s.next_number from invoice_settings s
            join events e on e.organisation_id = s.organisation_id where e.id = $1)
        select format('invoices of organisation %s: %s numbers are given and %s documents are there',
            s.organisation_id, s.next_number - 1, count(i.number))
        from series s left join invoices i on i.organisation_id = s.organisation_id
        group by s.organisation_id, s.next_number having s.next_number - 1 <> count(i.number)
        union all
        select format('document %s says %s with tax %s, ledger entry %s says %s', i.number, i.total, i.tax, l.number,
            l.amounts[1])
        from invoices i join ledger_entries l on l.event_id = i.event_id and l.number = i.entry_number
        where i.event_id = $1 and (i.total <> l.amounts[1] or i.currency <> l.currency
            or i.tax <> coalesce(-l.amounts[array_position(l.accounts, 'tax')], 0))
        union all
        select format('corrections of booking %s sum to %s', i.booking_id, sum(i.total))
        from invoices i where i.event_id = $1 and i.entry_number is null
        group by i.booking_id having sum(i.total) <> 0
        limit $2
        """;

    /// <summary>Null: nobody has set any.</summary>
    public async Task<InvoiceSettings?> SettingsAsync(Guid organisationId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<InvoiceSettings>(
            new CommandDefinition(SettingsSql, new { organisationId }, cancellationToken: cancellationToken));
    }

    public async Task SetAsync(Actor actor, InvoiceSettings settings, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            SetSql,
            new
            {
                actor.OrganisationId,
                settings.IsOn,
                settings.LegalName,
                settings.Address,
                settings.TaxId,
                settings.Prefix,
                settings.Footer,
            },
            cancellationToken: cancellationToken));
        await activities.AddAsync(
            connection,
            new Activity(actor, "invoices.changed", "organisation", $"{actor.OrganisationId}")
            {
                After = new()
                {
                    ["isOn"] = settings.IsOn,
                    ["legalName"] = settings.LegalName,
                    ["taxId"] = settings.TaxId,
                    ["prefix"] = settings.Prefix,
                },
            },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Whether the organiser of an event issues invoices now.</summary>
    public async Task<bool> IsOfferedAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(IsOfferedSql, new { eventId }, cancellationToken: cancellationToken));
    }

    /// <summary>Whom a booking's invoices are made out to, and its documents.</summary>
    public async Task<(InvoiceDetails? Details, IReadOnlyList<Invoice> Documents)> OfBookingAsync(
        Guid eventId, Guid bookingId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var details = await connection.QuerySingleOrDefaultAsync<RecipientRow>(new CommandDefinition(
            DetailsSql, new { eventId, bookingId }, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<string>(new CommandDefinition(
            OfBookingSql, new { eventId, bookingId }, cancellationToken: cancellationToken));
        return (details?.ToDetails(), [.. rows.Select(Read)]);
    }

    /// <summary>False: the booking has as many documents as it can have.</summary>
    public async Task<bool> SetDetailsAsync(
        Guid eventId, Guid bookingId, InvoiceDetails details, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            SetDetailsSql,
            new
            {
                eventId,
                bookingId,
                details.Name,
                company = details.Company ?? "",
                address = details.Address ?? "",
                vatId = details.VatId ?? "",
                most = InvoicesLimits.MaxDocumentsPerBooking,
            },
            cancellationToken: cancellationToken)) > 0;
    }

    /// <summary>A page of an organisation's documents, newest first, and how many there are.</summary>
    public async Task<(IReadOnlyList<Invoice> Documents, long Total)> ListAsync(
        Guid organisationId, InvoiceQuery query, CancellationToken cancellationToken)
    {
        var values = new
        {
            organisationId,
            from = query.From,
            to = query.To,
            kind = (short?)query.Kind,
            query.EventId,
            query.BookingId,
            pattern = PatternOf(query.Search),
            query.Paging.Limit,
            query.Paging.Offset,
        };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountSql, values, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<string>(
            new CommandDefinition(PageSql, values, cancellationToken: cancellationToken));
        return ([.. rows.Select(Read)], total);
    }

    /// <summary>Null: the organisation has no such document.</summary>
    public async Task<Invoice?> FindAsync(Guid organisationId, long number, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            OneSql, new { organisationId, number }, cancellationToken: cancellationToken)) is { } content
            ? Read(content)
            : null;
    }

    /// <summary>What was issued stays: the law asks for it for years.</summary>
    public Task EraseAsync(NpgsqlConnection connection, Guid buyerId, string? verifiedEmail) =>
        connection.ExecuteAsync(EraseSql, new { buyerId });

    private static Invoice Read(string content) => JsonSerializer.Deserialize(content, InvoicesJson.Default.Invoice)!;

    private static string? PatternOf(string? search) => search is null
        ? null
        : $"%{search.ToLowerInvariant()
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal)}%";
}

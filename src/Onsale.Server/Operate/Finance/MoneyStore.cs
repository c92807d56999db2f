using Dapper;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Operate.Finance;

/// <summary>Reads figures and entries of the ledger.</summary>
internal sealed class MoneyStore(NpgsqlDataSource dataSource)
{
    private const string FiguresSql = """
        with sums as (
            select event_id, currency,
                coalesce(sum(amounts[1]) filter (where kind in (1, 2)), 0) as gross,
                coalesce(-sum(amounts[1]) filter (where kind in (3, 4, 8)), 0) as refunds,
                coalesce(-sum(amounts[array_position(accounts, 'fees')]), 0) as fees,
                coalesce(-sum(amounts[array_position(accounts, 'tax')]), 0) as tax,
                coalesce(-sum(amounts[array_position(accounts, 'sales')]), 0) as net
            from ledger_entries
            where organisation_id = @organisationId and at >= @from and at < @to and booking_id is not null
            group by event_id, currency)
        select s.event_id, e.slug, e.title, e.starts_at, s.currency, s.gross::bigint as gross,
            s.refunds::bigint as refunds, s.fees::bigint as fees, s.tax::bigint as tax, s.net::bigint as net
        from sums s join events e on e.id = s.event_id
        order by e.starts_at desc, e.id desc
        """;

    private const string Filter = """
        l.organisation_id = @organisationId and l.at >= @from and l.at < @to
            and (@kind is null or l.kind = @kind) and (@eventId is null or l.event_id = @eventId)
        """;

    private const string EntriesSql = $"""
        select l.number, l.at, l.kind::integer as kind, e.id as event_id, e.title, l.booking_id, c.order_code,
            l.provider, l.reference, l.accounts, l.amounts, l.currency
        from ledger_entries l
        left join events e on e.id = l.event_id
        left join booking_contacts c on c.event_id = l.event_id and c.booking_id = l.booking_id
        where {Filter} order by l.at desc, l.number desc limit @limit offset @offset
        """;

    private const string CountSql = $"select count(*) from ledger_entries l where {Filter}";

    private const string OwedSql = $"""
        select o.event_id, e.title, o.booking_id, c.order_code, c.name, o.provider, o.currency, o.since, o.amount
        from (
            select owed.event_id, owed.booking_id, min(owed.provider) as provider, owed.currency,
                min(owed.since) as since, sum(owed.amount)::bigint as amount
            from ({PaymentSql.Owed}) owed group by owed.event_id, owed.booking_id, owed.currency) o
        join events e on e.id = o.event_id
        left join booking_contacts c on c.event_id = o.event_id and c.booking_id = o.booking_id
        where e.organisation_id = @organisationId
        order by o.since, o.booking_id limit @limit offset @offset
        """;

    private const string CountOwedSql = $"""
        select count(distinct (owed.event_id, owed.booking_id))
        from ({PaymentSql.Owed}) owed join events e on e.id = owed.event_id
        where e.organisation_id = @organisationId
        """;

    /// <summary>Bookings whose money has to be paid back by hand, and how many there are.</summary>
    public async Task<(IReadOnlyList<OwedRow> Rows, long Total)> OwedAsync(
        Guid organisationId, Paging paging, CancellationToken cancellationToken)
    {
        var values = new { organisationId, paging.Limit, paging.Offset };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountOwedSql, values, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<OwedRow>(
            new CommandDefinition(OwedSql, values, cancellationToken: cancellationToken));
        return (rows.AsList(), total);
    }

    /// <summary>One row an event and currency with entries in the period, the latest event first.</summary>
    public async Task<IReadOnlyList<FiguresRow>> FiguresAsync(
        Guid organisationId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<FiguresRow>(new CommandDefinition(
            FiguresSql, new { organisationId, from, to }, commandTimeout: FinanceLimits.QueryTimeoutSeconds,
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Entries, newest first, and how many there are.</summary>
    public async Task<(IReadOnlyList<EntryRow> Rows, long Total)> EntriesAsync(
        Guid organisationId, LedgerQuery query, CancellationToken cancellationToken)
    {
        var values = new
        {
            organisationId,
            from = query.From,
            to = query.To,
            kind = (short?)query.Kind,
            eventId = query.EventId,
            query.Paging.Limit,
            query.Paging.Offset,
        };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountSql, values, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<EntryRow>(
            new CommandDefinition(EntriesSql, values, cancellationToken: cancellationToken));
        return (rows.AsList(), total);
    }
}

/// <summary>Which entries are asked for.</summary>
internal sealed record LedgerQuery(
    DateTimeOffset From, DateTimeOffset To, Selling.Ledger.LedgerKind? Kind, Guid? EventId, Paging Paging);

/// <summary>Figures of one event.</summary>
internal sealed record FiguresRow(
    Guid EventId, string Slug, string Title, DateTime StartsAt, string Currency, long Gross, long Refunds, long Fees,
    long Tax, long Net);

/// <summary>An entry as it is stored.</summary>
internal sealed class EntryRow
{
    public long Number { get; init; }
    public DateTime At { get; init; }
    public int Kind { get; init; }
    public Guid? EventId { get; init; }
    public string? Title { get; init; }
    public Guid? BookingId { get; init; }
    public string? OrderCode { get; init; }
    public string Provider { get; init; } = "";
    public string Reference { get; init; } = "";
    public string[] Accounts { get; init; } = [];
    public long[] Amounts { get; init; } = [];
    public string Currency { get; init; } = "";
}

/// <summary>Money of a booking that is owed.</summary>
internal sealed record OwedRow(
    Guid EventId, string Title, Guid BookingId, string? OrderCode, string? Name, string Provider, string Currency,
    DateTime Since, long Amount);

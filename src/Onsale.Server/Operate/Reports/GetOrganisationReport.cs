using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Operate.Reports;

/// <summary>What each event of an organisation has sold, the latest first.</summary>
internal static class GetOrganisationReport
{
    private const string RowsSql = $"""
        with page as (
            select id, slug, title, status, starts_at, currency from events
            where organisation_id = @organisationId and exists (select from inventory where event_id = events.id)
            order by starts_at desc, id desc limit @limit offset @offset)
        select p.id, p.slug, p.title, p.status::integer as status, p.starts_at, p.currency, t.tickets, m.gross,
            m.refunded
        from page p
        cross join lateral (select count(*) as tickets from tickets where event_id = p.id and state = 0) t
        cross join lateral (
            select coalesce(sum(amount), 0)::bigint as gross, coalesce(sum(refunded), 0)::bigint as refunded
            from payments where event_id = p.id and {PaymentSql.WasTaken}) m
        order by p.starts_at desc, p.id desc
        """;

    private const string CountSql = """
        select count(*) from events
        where organisation_id = @organisationId and exists (select from inventory where event_id = events.id)
        """;

    public static async Task<Results<Ok<Page<EventFigures>>, Problem>> HandleAsync(
        string? page, string? limit, OrganisationAccess access, NpgsqlDataSource dataSource,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var values = new { access.OrganisationId, paging.Limit, paging.Offset };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountSql, values, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(RowsSql, values, cancellationToken: cancellationToken));
        return TypedResults.Ok(Page<EventFigures>.Of([.. rows.Select(row => row.ToFigures())], total, paging));
    }

    private sealed record Row(
        Guid Id, string Slug, string Title, int Status, DateTime StartsAt, string Currency, long Tickets, long Gross,
        long Refunded)
    {
        public EventFigures ToFigures() => new(
            Id, Slug, Title, (EventStatus)Status, new DateTimeOffset(StartsAt), Tickets, new Money(Gross, Currency),
            new Money(Refunded, Currency), new Money(Gross - Refunded, Currency));
    }
}

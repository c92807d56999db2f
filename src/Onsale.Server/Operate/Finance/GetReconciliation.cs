using Dapper;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Operate.Finance;

/// <summary>How the ledger compares with the payment providers' own books.</summary>
internal static class GetReconciliation
{
    private const string RunsSql = """
        select provider, begun_at, ended_at, compared from reconciliation_runs order by provider
        """;

    private const string DifferencesSql = """
        select d.provider, d.reference, d.event_id, e.title, d.booking_id, d.currency, d.our_taken, d.our_back,
            d.their_taken, d.their_back, d.found_at
        from reconciliation_differences d left join events e on e.id = d.event_id
        where d.organisation_id = @organisationId and d.resolved_at is null
        order by d.found_at desc, d.reference limit @limit
        """;

    public static async Task<MoneyReconciliation> HandleAsync(
        OrganisationAccess access, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var runs = await connection.QueryAsync<RunRow>(
            new CommandDefinition(RunsSql, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<DifferenceRow>(new CommandDefinition(
            DifferencesSql, new { access.OrganisationId, limit = FinanceLimits.MaxDifferences },
            cancellationToken: cancellationToken));
        return new MoneyReconciliation(
            [.. runs.Select(run => new ReconciliationRun(
                run.Provider, new DateTimeOffset(run.BegunAt), run.EndedAt is not null))],
            [.. rows.Select(row => row.ToDifference())]);
    }

    private sealed record RunRow(string Provider, DateTime BegunAt, DateTime? EndedAt, int Compared);

    private sealed record DifferenceRow(
        string Provider, Guid Reference, Guid? EventId, string? Title, Guid? BookingId, string Currency, long OurTaken,
        long OurBack, long TheirTaken, long TheirBack, DateTime FoundAt)
    {
        public MoneyDifference ToDifference() => new(
            Provider, Reference, EventId, Title, BookingId, new Money(OurTaken, Currency), new Money(OurBack, Currency),
            new Money(TheirTaken, Currency), new Money(TheirBack, Currency), new DateTimeOffset(FoundAt));
    }
}

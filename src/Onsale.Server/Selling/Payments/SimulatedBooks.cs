using Dapper;
using Npgsql;

namespace Onsale.Server.Selling.Payments;

/// <summary>The simulated provider's books.</summary>
internal sealed class SimulatedBooks(NpgsqlDataSource dataSource) : IProviderBooks
{
    // A payment changes when it is taken and when it goes back: each one since is among those that changed since.
    private const string ListSql = """
        select p.reference, p.amount as taken,
            (case p.state when 3 then p.amount else coalesce(sum(r.amount), 0) end)::bigint as given_back, p.currency
        from simulated_payments p left join simulated_refunds r on r.reference = p.reference
        where p.state in (1, 3) and p.changed_at >= @since
        group by p.reference
        """;

    public string Provider => "simulated";

    public async Task<IReadOnlyList<ProviderPayment>> ListAsync(
        DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<ProviderPayment>(
            new CommandDefinition(ListSql, new { since }, cancellationToken: cancellationToken))).AsList();
    }
}

using Dapper;
using Npgsql;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Reconciliation;

/// <summary>The tables <c>reconciliation_runs</c> and <c>reconciliation_differences</c>.</summary>
internal sealed class ReconciliationStore(NpgsqlDataSource dataSource)
{
    private const string BeginSql = """
        insert into reconciliation_runs as r (provider, begun_at) values (@provider, (select clock_timestamp()))
        on conflict (provider) do update set begun_at = excluded.begun_at, ended_at = null
        where r.begun_at < excluded.begun_at - make_interval(
            hours => case when r.ended_at is null then @retryHours else @hours end)
        returning begun_at
        """;

    // Ours: payments of the window and those that the provider names, with what the ledger has of them. What is being
    // settled is neither right nor wrong yet. A payment that was moved to another booking is that booking's.
    private const string CompareSql = """
        with theirs as (
            select * from unnest(@references, @taken, @back, @currencies) as t (reference, taken, back, currency)),
        settling as (
            select p.reference from payments p
            where p.provider = @provider and (p.state in (0, 3) or p.changed_at >= @until)
                and (p.started_at >= @since or p.reference = any (@references))),
        ours as (
            select p.reference, e.organisation_id, p.event_id, p.booking_id, p.currency,
                coalesce(sum(l.amounts[1]) filter (where l.kind = 1), 0)::bigint as taken,
                coalesce(-sum(l.amounts[1]) filter (where l.kind in (3, 8)), 0)::bigint as back
            from payments p join events e on e.id = p.event_id
            left join ledger_entries l
                on l.event_id = p.event_id and l.booking_id = p.booking_id and l.attempt = p.attempt
            where p.provider = @provider and p.state <> 5
                and ((p.started_at >= @since and p.state in (1, 4, 7)) or p.reference = any (@references))
            group by p.event_id, p.booking_id, p.attempt, e.organisation_id),
        different as (
            select coalesce(o.reference, t.reference) as reference, o.organisation_id, o.event_id, o.booking_id,
                coalesce(o.currency, t.currency) as currency, coalesce(o.taken, 0) as our_taken,
                coalesce(o.back, 0) as our_back, coalesce(t.taken, 0) as their_taken,
                coalesce(t.back, 0) as their_back
            from ours o full join theirs t on t.reference = o.reference
            where (o.taken, o.back, o.currency) is distinct from (t.taken, t.back, t.currency)
                and coalesce(o.reference, t.reference) not in (select reference from settling)
                and not (coalesce(o.taken, 0) = 0 and coalesce(t.taken, 0) = 0))
        insert into reconciliation_differences as d (provider, reference, organisation_id, event_id, booking_id,
            currency, our_taken, our_back, their_taken, their_back, found_at, seen_at)
        select @provider, reference, organisation_id, event_id, booking_id, currency, our_taken, our_back, their_taken,
            their_back, @begunAt, @begunAt
        from different
        on conflict (provider, reference) do update set our_taken = excluded.our_taken, our_back = excluded.our_back,
            their_taken = excluded.their_taken, their_back = excluded.their_back, seen_at = excluded.seen_at,
            resolved_at = null,
            found_at = case when d.resolved_at is null then d.found_at else excluded.found_at end
        returning reference, our_taken, our_back, their_taken, their_back, currency
        """;

    // What was not looked at this time, being older than the window, stays open until somebody sees to it.
    private const string ResolveSql = """
        update reconciliation_differences d set resolved_at = @begunAt
        where provider = @provider and resolved_at is null and seen_at < @begunAt
            and (reference = any (@references)
                or exists (select from payments p where p.reference = d.reference and p.started_at >= @since))
        """;

    private const string EndSql = """
        update reconciliation_runs set ended_at = (select clock_timestamp()), compared = @compared
        where provider = @provider and begun_at = @begunAt
        """;

    private const string OpenSql =
        "select count(*) from reconciliation_differences where provider = @provider and resolved_at is null";

    /// <summary>When the comparison that is due begins; null: none is, or another node does it.</summary>
    public async Task<DateTime?> BeginAsync(string provider, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<DateTime?>(new CommandDefinition(
            BeginSql,
            new
            {
                provider,
                hours = ReconciliationLimits.PauseHours,
                retryHours = ReconciliationLimits.RetryHours,
            },
            cancellationToken: cancellationToken));
    }

    /// <summary>How many differences of a provider are open.</summary>
    public async Task<long> CountOpenAsync(string provider, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(OpenSql, new { provider }, cancellationToken: cancellationToken));
    }

    /// <summary>Writes what differs and what no longer does.</summary>
    /// <returns>What differs.</returns>
    public async Task<IReadOnlyList<Difference>> CompareAsync(
        string provider, DateTime begunAt, DateTimeOffset since, IReadOnlyList<ProviderPayment> theirs,
        CancellationToken cancellationToken)
    {
        var values = new
        {
            provider,
            begunAt,
            since,
            until = new DateTimeOffset(begunAt).AddMinutes(-ReconciliationLimits.SettlingMinutes),
            references = theirs.Select(payment => payment.Reference).ToArray(),
            taken = theirs.Select(payment => payment.Taken).ToArray(),
            back = theirs.Select(payment => payment.GivenBack).ToArray(),
            currencies = theirs.Select(payment => payment.Currency).ToArray(),
            compared = theirs.Count,
        };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var found = (await connection.QueryAsync<Difference>(Command(CompareSql))).AsList();
        await connection.ExecuteAsync(Command(ResolveSql));
        await connection.ExecuteAsync(Command(EndSql));
        await transaction.CommitAsync(cancellationToken);
        return found;

        CommandDefinition Command(string sql) => new(
            sql, values, commandTimeout: ReconciliationLimits.TimeoutSeconds, cancellationToken: cancellationToken);
    }
}

/// <summary>A payment of which the provider says something else than the ledger. Minor units.</summary>
internal sealed record Difference(
    Guid Reference, long OurTaken, long OurBack, long TheirTaken, long TheirBack, string Currency);

using Dapper;
using Npgsql;

namespace Onsale.Server.Operate.ReadOnly;

/// <summary>Times in which nothing can be changed, in the database.</summary>
internal sealed class ReadOnlyStore(NpgsqlDataSource dataSource)
{
    private const string UnsettledSql = """
        select id, begun_at, ended_at, reason from read_only_periods where settled_at is null order by begun_at
        """;

    private const string BeginSql = """
        insert into read_only_periods (id, begun_at, reason, begun_by) values (@id, clock_timestamp(), @reason, @by)
        on conflict ((true)) where ended_at is null do update set reason = excluded.reason
        """;

    private const string EndSql = """
        update read_only_periods set ended_at = greatest(clock_timestamp(), begun_at), ended_by = @by
        where ended_at is null
        """;

    // Every node reports the same outage: the first one's report stands for all that it covers, and an operator's
    // period for what happened during it.
    private const string ReportSql = """
        insert into read_only_periods (id, begun_at, ended_at)
        select @id, clock_timestamp() - @outage, clock_timestamp()
        where not exists (
            select from read_only_periods
            where begun_at <= clock_timestamp() - @outage + @tolerance
                and coalesce(ended_at, 'infinity') >= clock_timestamp() - @tolerance)
        """;

    private const string SettleSql = "update read_only_periods set settled_at = clock_timestamp() where id = @id";

    private const string EventsWithHoldsSql = """
        select event_id from inventory where next_due_at is not null and event_id > @after
        order by event_id limit @limit
        """;

    /// <summary>Periods that still bind the nodes, the oldest first.</summary>
    public async Task<IReadOnlyList<ReadOnlyPeriod>> UnsettledAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<PeriodRow>(
            new CommandDefinition(UnsettledSql, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToPeriod())];
    }

    /// <summary>Begins a period by hand, or gives the one that goes on another reason.</summary>
    public async Task BeginAsync(Guid id, string reason, Guid by)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(BeginSql, new { id, reason, by });
    }

    /// <summary>Ends the period that was begun by hand, if there is one.</summary>
    public async Task EndAsync(Guid by)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(EndSql, new { by });
    }

    /// <summary>Reports an outage that has just ended.</summary>
    public async Task ReportAsync(Guid id, TimeSpan outage, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var tolerance = TimeSpan.FromSeconds(ReadOnlyLimits.SameOutageSeconds);
        await connection.ExecuteAsync(
            new CommandDefinition(ReportSql, new { id, outage, tolerance }, cancellationToken: cancellationToken));
    }

    /// <summary>The holds of a period are prolonged: it binds nobody any more.</summary>
    public async Task SettleAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(SettleSql, new { id }, cancellationToken: cancellationToken));
    }

    /// <summary>Events in which something is held or being paid for, by id.</summary>
    public async Task<IReadOnlyList<Guid>> EventsWithHoldsAsync(Guid after, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<Guid>(new CommandDefinition(
            EventsWithHoldsSql, new { after, limit = ReadOnlyLimits.EventsAtATime },
            cancellationToken: cancellationToken))];
    }

    private sealed record PeriodRow(Guid Id, DateTime BegunAt, DateTime? EndedAt, string? Reason)
    {
        public ReadOnlyPeriod ToPeriod() =>
            new(Id, new DateTimeOffset(BegunAt), EndedAt is { } at ? new(at) : null, Reason);
    }
}

/// <summary>A time in which nothing can be changed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="BegunAt">By the database's clock.</param>
/// <param name="EndedAt">Null: it goes on.</param>
/// <param name="Reason">The operator's; null: noticed by the program.</param>
internal sealed record ReadOnlyPeriod(Guid Id, DateTimeOffset BegunAt, DateTimeOffset? EndedAt, string? Reason);

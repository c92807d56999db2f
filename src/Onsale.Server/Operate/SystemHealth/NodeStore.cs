using Dapper;
using Npgsql;

namespace Onsale.Server.Operate.SystemHealth;

/// <summary>What a node says of itself.</summary>
internal sealed record NodeReport(
    Guid Id, string Name, string Version, DateTimeOffset StartedAt, bool ReadOnly, int Lanes, int Queued,
    DateTimeOffset? AuditedAt, int? AuditedEvents, int? AuditFaults);

/// <summary>The table <c>nodes</c>.</summary>
internal sealed class NodeStore(NpgsqlDataSource dataSource)
{
    private const string ReportSql = """
        insert into nodes (id, name, version, started_at, read_only, lanes, queued, audited_at, audited_events,
            audit_faults)
        values (@Id, @Name, @Version, @StartedAt, @ReadOnly, @Lanes, @Queued, @AuditedAt, @AuditedEvents, @AuditFaults)
        on conflict (id) do update set seen_at = clock_timestamp(), read_only = excluded.read_only,
            lanes = excluded.lanes, queued = excluded.queued, audited_at = excluded.audited_at,
            audited_events = excluded.audited_events, audit_faults = excluded.audit_faults
        """;

    private const string DeleteSql =
        "delete from nodes where seen_at < clock_timestamp() - make_interval(hours => @hours)";

    private const string ListSql = """
        select id, name, version, started_at, seen_at, read_only, lanes, queued, audited_at, audited_events,
            audit_faults
        from nodes where seen_at > clock_timestamp() - make_interval(mins => @minutes) order by name, started_at
        """;

    private const string TitlesSql = "select id, title from events where id = any (@ids)";

    public async Task ReportAsync(NodeReport report, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(ReportSql, report, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            DeleteSql, new { hours = SystemLimits.KeptHours }, cancellationToken: cancellationToken));
    }

    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from nodes where id = @id", new { id }, cancellationToken: cancellationToken));
    }

    /// <summary>Nodes that were heard of lately, and the titles of events.</summary>
    public async Task<(IReadOnlyList<NodeResponse> Nodes, Dictionary<Guid, string> Titles)> ReadAsync(
        Guid[] events, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var nodes = await connection.QueryAsync<Row>(new CommandDefinition(
            ListSql, new { minutes = SystemLimits.ShownMinutes }, cancellationToken: cancellationToken));
        var titles = await connection.QueryAsync<(Guid Id, string Title)>(new CommandDefinition(
            TitlesSql, new { ids = events }, cancellationToken: cancellationToken));
        return ([.. nodes.Select(ToResponse)], titles.ToDictionary(row => row.Id, row => row.Title));
    }

    private static NodeResponse ToResponse(Row row) => new(
        row.Id, row.Name, row.Version, new DateTimeOffset(row.StartedAt), new DateTimeOffset(row.SeenAt),
        row.ReadOnly, row.Lanes, row.Queued,
        row.AuditedAt is { } audited ? new DateTimeOffset(audited) : null, row.AuditedEvents, row.AuditFaults);

    private sealed record Row(
        Guid Id, string Name, string Version, DateTime StartedAt, DateTime SeenAt, bool ReadOnly, int Lanes,
        int Queued, DateTime? AuditedAt, int? AuditedEvents, int? AuditFaults);
}

using Dapper;
using Npgsql;
using NpgsqlTypes;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>The table <c>plan_drafts</c>. Saving is frequent and by machine: it is not in the activity log.</summary>
internal sealed class PlanDraftStore(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        d.id, d.name, d.version, d.parent_id, d.created_at, d.changed_at, d.changed_by, a.name as changed_by_name,
        octet_length(d.document::text) as bytes
        """;

    private const string ListSql = $"""
        select {Columns} from plan_drafts d left join accounts a on a.id = d.changed_by
        where d.organisation_id = @organisationId order by d.changed_at desc, d.id limit @limit offset @offset
        """;

    private const string CountSql = "select count(*) from plan_drafts where organisation_id = @organisationId";

    private const string FindSql = $"""
        select {Columns}, d.document::text as document
        from plan_drafts d left join accounts a on a.id = d.changed_by
        where d.id = @id and d.organisation_id = @organisationId
        """;

    // Two who make drafts at once may be one over the limit: it only keeps the table from growing without end.
    private const string AddSql = """
        insert into plan_drafts (id, organisation_id, name, document, parent_id, created_by, changed_by)
        select $1, $2, $3, $4, $5, $6, $6
        where (select count(*) from plan_drafts where organisation_id = $2) < $7
        on conflict (id) do nothing
        """;

    private const string ChangeSql = """
        update plan_drafts set name = $3, document = $4, parent_id = $5, changed_by = $6, version = version + 1,
            changed_at = clock_timestamp()
        where id = $1 and organisation_id = $2 and version = $7
        """;

    private const string DeleteSql = """
        delete from plan_drafts
        where id = @id and organisation_id = @organisationId and (@version::bigint is null or version = @version)
        """;

    public async Task<(IReadOnlyList<PlanDraftRow> Rows, long Total)> ListAsync(
        Guid organisationId, Paging paging, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountSql, new { organisationId }, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<PlanDraftRow>(new CommandDefinition(
            ListSql, new { organisationId, paging.Limit, paging.Offset }, cancellationToken: cancellationToken));
        return (rows.AsList(), total);
    }

    /// <summary>A draft with its document; null: the organisation has no such draft.</summary>
    public async Task<PlanDraftRow?> FindAsync(Guid organisationId, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<PlanDraftRow>(new CommandDefinition(
            FindSql, new { id, organisationId }, cancellationToken: cancellationToken));
    }

    /// <summary>Stores a new draft; false: there is one of this id, or there are as many as may be.</summary>
    public Task<bool> AddAsync(Actor actor, Guid id, PlanDraftRequest draft, CancellationToken cancellationToken) =>
        WriteAsync(AddSql, actor, id, draft, SeatingPlanLimits.MaxDrafts, cancellationToken);

    /// <summary>Replaces a draft if it is still at a version; false: it is not.</summary>
    public Task<bool> ChangeAsync(
        Actor actor, Guid id, PlanDraftRequest draft, long version, CancellationToken cancellationToken) =>
        WriteAsync(ChangeSql, actor, id, draft, version, cancellationToken);

    /// <summary>Deletes a draft; false: there is none, or none at that version.</summary>
    public async Task<bool> DeleteAsync(
        Guid organisationId, Guid id, long? version, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            DeleteSql, new { id, organisationId, version }, cancellationToken: cancellationToken)) > 0;
    }

    private async Task<bool> WriteAsync(
        string sql, Actor actor, Guid id, PlanDraftRequest draft, long last, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = actor.OrganisationId });
        command.Parameters.Add(new() { Value = draft.Name.Trim() });
        command.Parameters.Add(new() { Value = draft.Document.GetRawText(), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new()
        {
            Value = draft.ParentId ?? (object)DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Uuid,
        });
        command.Parameters.Add(new() { Value = actor.AccountId });
        command.Parameters.Add(new() { Value = last });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}

/// <summary>A draft as it is stored.</summary>
internal sealed record PlanDraftRow
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public long Version { get; init; }
    public Guid? ParentId { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime ChangedAt { get; init; }
    public Guid ChangedBy { get; init; }
    public string? ChangedByName { get; init; }
    public int Bytes { get; init; }
    public string? Document { get; init; }

    public PlanDraftSummary ToSummary() => new(
        Id, Name, Version, ParentId, Bytes, new DateTimeOffset(CreatedAt), new DateTimeOffset(ChangedAt), ChangedBy,
        ChangedByName);
}

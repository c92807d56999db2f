using Dapper;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>The table <c>organisation_plans</c>: which organisation works with which plan.</summary>
internal sealed class OrganisationPlanStore(NpgsqlDataSource dataSource, ActivityLog activities)
{
    private const string AddSql = """
        insert into organisation_plans (organisation_id, plan_id, venue_id, parent_id, created_by)
        values (@organisationId, @planId, @venueId, @parentId, @createdBy)
        on conflict (organisation_id, plan_id) do nothing
        """;

    private const string From = """
        from organisation_plans o join seating_plans p on p.id = o.plan_id where o.organisation_id = @organisationId
        """;

    private const string Columns = """
        select p.id, p.name, p.content_hash, p.seat_count as seats, o.venue_id, o.parent_id, o.created_at
        """;

    private const string ListSql =
        $"{Columns} {From} order by o.created_at desc, p.id limit @limit offset @offset";

    private const string CountSql = $"select count(*) {From}";

    private const string FindSql = $"{Columns} {From} and p.id = @planId";

    /// <summary>Notes that an organisation works with a plan.</summary>
    public static async Task<bool> AddAsync(
        NpgsqlConnection connection, Guid organisationId, Guid planId, Guid? venueId, Guid? parentId, Guid? createdBy,
        CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(new CommandDefinition(
            AddSql, new { organisationId, planId, venueId, parentId, createdBy },
            cancellationToken: cancellationToken)) > 0;

    /// <summary>Stores a plan for an organisation, or finds that it has it already.</summary>
    public async Task<(Guid Id, bool IsNew)> AddAsync(
        Actor actor, Guid id, PlanDocument document, Guid? venueId, Guid? parentId,
        CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var stored = await SeatingPlanStore.AddAsync(connection, id, document, venueId: null, cancellationToken);
        var isNew = await AddAsync(
            connection, actor.OrganisationId, stored, venueId, parentId, actor.AccountId, cancellationToken);
        if (isNew)
        {
            await activities.AddAsync(
                connection, new Activity(actor, "plan.added", "plan", $"{stored}"), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return (stored, isNew);
    }

    /// <summary>The plans of an organisation, newest first.</summary>
    public async Task<(IReadOnlyList<PlanRecord> Rows, long Total)> ListAsync(
        Guid organisationId, Paging paging, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountSql, new { organisationId }, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<PlanRecord>(new CommandDefinition(
            ListSql, new { organisationId, paging.Limit, paging.Offset }, cancellationToken: cancellationToken));
        return (rows.AsList(), total);
    }

    /// <summary>A plan of an organisation; null: it has no such plan.</summary>
    public async Task<PlanRecord?> FindAsync(
        Guid organisationId, Guid planId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<PlanRecord>(new CommandDefinition(
            FindSql, new { organisationId, planId }, cancellationToken: cancellationToken));
    }
}

/// <summary>A plan of an organisation as it is stored.</summary>
internal sealed record PlanRecord(
    Guid Id, string Name, string ContentHash, int Seats, Guid? VenueId, Guid? ParentId, DateTime CreatedAt)
{
    public PlanSummary ToSummary() =>
        new(Id, Name, ContentHash, Seats, VenueId, ParentId, new DateTimeOffset(CreatedAt));
}

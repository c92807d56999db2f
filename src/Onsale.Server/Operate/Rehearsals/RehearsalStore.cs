using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dapper;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>A rehearsal as it is stored.</summary>
/// <param name="CopyId">The event that it sells, which nobody but the program needs to know.</param>
internal sealed record StoredRehearsal(Guid OrganisationId, Guid CopyId, RehearsalResponse Shown);

/// <summary>The table <c>rehearsals</c>.</summary>
internal sealed class RehearsalStore(NpgsqlDataSource dataSource, ActivityLog activities, IOptions<JsonOptions> json)
{
    private const string OneAtATime = "rehearsals_one_at_a_time";

    private const string Columns = """
        select id, organisation_id, event_id, copy_id, state, plan, progress, report, audit, failure, is_stopping,
            created_at, started_at, ended_at, copy_removed_at
        from rehearsals
        """;

    private const string AddSql = """
        insert into rehearsals (id, organisation_id, event_id, copy_id, started_by, plan)
        values (@id, @organisationId, @eventId, @copyId, @startedBy, @plan::jsonb)
        """;

    // Reports of long ago say little about the program of today.
    private const string ForgetSql = """
        delete from rehearsals where copy_removed_at is not null and id in (
            select id from rehearsals where event_id = @eventId order by id desc offset @most)
        """;

    private const string FindSql =
        $"{Columns} where organisation_id = @organisationId and event_id = @eventId and id = @id";

    private const string ListSql = $"""
        {Columns} where organisation_id = @organisationId and event_id = @eventId order by id desc limit @limit
        """;

    private const string WithCopySql = $"{Columns} where copy_removed_at is null order by id";

    private const string IsAnySql = "select exists (select from rehearsals where copy_removed_at is null)";

    private const string TakeSql = """
        update rehearsals set state = 1, started_at = clock_timestamp() where state = 0 returning id
        """;

    private const string FindByIdSql = $"{Columns} where id = @id";

    private const string NoteSql = """
        update rehearsals set progress = @progress::jsonb where id = @id and state = 1 returning is_stopping
        """;

    private const string EndSql = """
        update rehearsals set state = @state, ended_at = clock_timestamp(), report = @report::jsonb, audit = @audit,
            failure = @failure
        where id = @id and ended_at is null
        """;

    private const string RemoveSql = """
        select remove_rehearsal_copy(copy_id) from rehearsals where id = @id;
        update rehearsals set copy_removed_at = clock_timestamp() where id = @id;
        """;

    // Of one that no node has taken there is no copy yet.
    private const string StopSql = """
        update rehearsals set is_stopping = true, state = case state when 0 then 3 else state end,
            ended_at = case state when 0 then clock_timestamp() end,
            copy_removed_at = case state when 0 then clock_timestamp() end
        where id = @id and ended_at is null and not is_stopping
        """;

    private const string IsSaleNearSql = """
        select exists (
            select from events e left join waiting_rooms r on r.event_id = e.id
            where e.status = 1 and not is_rehearsal_copy(e.id) and e.off_sale_at > now() and (
                (e.on_sale_at > now() and e.on_sale_at < now() + make_interval(mins => @minutes)) or r.phase = 2))
        """;

    private const string HouseSql = """
        select total, available, (select count(*)::integer from seats where event_id = @copyId) as seats
        from inventory where event_id = @copyId
        """;

    private const string AvailableSql = "select available from inventory where event_id = @copyId";

    private readonly JsonTypeInfo<StartRehearsalRequest> _plan = Form<StartRehearsalRequest>(json);
    private readonly JsonTypeInfo<RehearsalProgress> _progress = Form<RehearsalProgress>(json);
    private readonly JsonTypeInfo<RehearsalReport> _report = Form<RehearsalReport>(json);

    /// <summary>Whether a sale of this installation is under way behind a waiting room, or begins so soon.</summary>
    public Task<bool> IsSaleNearAsync(int minutes, CancellationToken cancellationToken) =>
        ScalarAsync<bool>(IsSaleNearSql, new { minutes }, cancellationToken);

    /// <summary>Adds one that waits for a node; false: there is one under way.</summary>
    public async Task<bool> AddAsync(
        Guid id, Guid organisationId, Guid eventId, Guid copyId, StartRehearsalRequest plan, Activity? activity,
        CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(
                AddSql,
                new
                {
                    id,
                    organisationId,
                    eventId,
                    copyId,
                    startedBy = activity?.Actor.AccountId,
                    plan = JsonSerializer.Serialize(plan, _plan),
                },
                cancellationToken: cancellationToken));
        }
        catch (PostgresException exception) when (exception.ConstraintName == OneAtATime)
        {
            return false;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            ForgetSql, new { eventId, most = RehearsalsLimits.MaxKept }, cancellationToken: cancellationToken));
        if (activity is not null)
            await activities.AddAsync(connection, activity, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public async Task<StoredRehearsal?> FindAsync(
        Guid organisationId, Guid eventId, Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(FindSql, new { organisationId, eventId, id }, cancellationToken)).SingleOrDefault();

    public async Task<StoredRehearsal?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(FindByIdSql, new { id }, cancellationToken)).SingleOrDefault();

    /// <summary>The latest first.</summary>
    public Task<IReadOnlyList<StoredRehearsal>> ListAsync(
        Guid organisationId, Guid eventId, CancellationToken cancellationToken) =>
        ReadAsync(ListSql, new { organisationId, eventId, limit = RehearsalsLimits.MaxKept }, cancellationToken);

    /// <summary>Whether any is to be run or cleaned up.</summary>
    public Task<bool> IsAnyAsync(CancellationToken cancellationToken) =>
        ScalarAsync<bool>(IsAnySql, new { }, cancellationToken);

    /// <summary>Those of which there may be a copy, and those that wait for a node.</summary>
    public Task<IReadOnlyList<StoredRehearsal>> WithCopyAsync(CancellationToken cancellationToken) =>
        ReadAsync(WithCopySql, new { }, cancellationToken);

    /// <summary>Takes the one that waits; null: none does.</summary>
    public async Task<StoredRehearsal?> TakeAsync(CancellationToken cancellationToken) =>
        await ScalarAsync<Guid?>(TakeSql, new { }, cancellationToken) is { } id
            ? await FindAsync(id, cancellationToken)
            : null;

    /// <summary>Notes how far it is; answers whether it is to stop, as it is when it is no longer this
    /// node's.</summary>
    public async Task<bool> NoteAsync(Guid id, RehearsalProgress progress, CancellationToken cancellationToken) =>
        await ScalarAsync<bool?>(
            NoteSql, new { id, progress = JsonSerializer.Serialize(progress, _progress) }, cancellationToken) ?? true;

    /// <summary>Ends it, if it has not ended.</summary>
    public async Task EndAsync(
        Guid id, RehearsalState state, RehearsalReport? report, string[]? audit, string? failure)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(EndSql, new
        {
            id,
            state = (short)state,
            report = report is null ? null : JsonSerializer.Serialize(report, _report),
            audit,
            failure = failure?[..Math.Min(failure.Length, RehearsalsLimits.MaxFailureChars)],
        });
    }

    /// <summary>Removes its copy with all that was written of it.</summary>
    public async Task RemoveCopyAsync(Guid id)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(RemoveSql, new { id }, commandTimeout: 300);
        await transaction.CommitAsync();
    }

    /// <summary>Tells the node that runs it to stop; false: it has ended, or was told before.</summary>
    public async Task<bool> StopAsync(Guid id, Activity? activity, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var isStopped = await connection.ExecuteAsync(new CommandDefinition(
            StopSql, new { id }, cancellationToken: cancellationToken)) == 1;
        if (isStopped && activity is not null)
            await activities.AddAsync(connection, activity, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return isStopped;
    }

    /// <summary>Places for sale, those that are free, and numbered seats.</summary>
    public async Task<(int Total, int Available, int Seats)> HouseAsync(
        Guid copyId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<(int, int, int)>(new CommandDefinition(
            HouseSql, new { copyId }, cancellationToken: cancellationToken));
    }

    /// <summary>Places that are free.</summary>
    public Task<int> AvailableAsync(Guid copyId, CancellationToken cancellationToken) =>
        ScalarAsync<int>(AvailableSql, new { copyId }, cancellationToken);

    private async Task<T?> ScalarAsync<T>(string sql, object values, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<T>(
            new CommandDefinition(sql, values, cancellationToken: cancellationToken));
    }

    private async Task<IReadOnlyList<StoredRehearsal>> ReadAsync(
        string sql, object values, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(sql, values, cancellationToken: cancellationToken));
        return [.. rows.Select(ToStored)];
    }

    private StoredRehearsal ToStored(Row row) => new(
        row.OrganisationId, row.CopyId,
        new RehearsalResponse(
            row.Id, row.EventId, (RehearsalState)row.State, row.IsStopping && row.EndedAt is null,
            new DateTimeOffset(row.CreatedAt), JsonSerializer.Deserialize(row.Plan, _plan)!,
            row.CopyRemovedAt is not null, Instant(row.StartedAt), Instant(row.EndedAt),
            row.Progress is null ? null : JsonSerializer.Deserialize(row.Progress, _progress),
            row.Report is null ? null : JsonSerializer.Deserialize(row.Report, _report), row.Audit, row.Failure));

    private static DateTimeOffset? Instant(DateTime? time) => time is { } set ? new DateTimeOffset(set) : null;

    private static JsonTypeInfo<T> Form<T>(IOptions<JsonOptions> json) =>
        (JsonTypeInfo<T>)json.Value.SerializerOptions.GetTypeInfo(typeof(T));

    private sealed record Row
    {
        public Guid Id { get; init; }
        public Guid OrganisationId { get; init; }
        public Guid EventId { get; init; }
        public Guid CopyId { get; init; }
        public short State { get; init; }
        public string Plan { get; init; } = "";
        public string? Progress { get; init; }
        public string? Report { get; init; }
        public string[]? Audit { get; init; }
        public string? Failure { get; init; }
        public bool IsStopping { get; init; }
        public DateTime CreatedAt { get; init; }
        public DateTime? StartedAt { get; init; }
        public DateTime? EndedAt { get; init; }
        public DateTime? CopyRemovedAt { get; init; }
    }
}

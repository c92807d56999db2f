using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Access.Organisations;

/// <summary>
/// The table <c>organisation_members</c>. Whatever may take an owner away locks the organisation first, so that of two
/// last owners who leave at once one stays. Where an account is locked too, it is locked before.
/// </summary>
internal sealed class MemberStore(NpgsqlDataSource dataSource, ActivityLog activities) : IAccountMemberships
{
    private const string LockAccountSql = "select id from accounts where id = @accountId for key share";

    // Events and venues refer to the organisation: their foreign keys do not wait for this lock.
    private const string LockSql = "select id from organisations where id = @organisationId for no key update";

    private const string LockAllOfSql = """
        select id from organisations
        where id in (select organisation_id from organisation_members where account_id = @accountId)
        order by id for no key update
        """;

    private const string IsLastOwnerSomewhereSql = """
        select exists (
            select from organisation_members own
            where own.account_id = @accountId and own.role = 1 and not exists (
                select from organisation_members other
                where other.organisation_id = own.organisation_id and other.role = 1
                    and other.account_id <> @accountId))
        """;

    private const string RoleSql = """
        select role from organisation_members where organisation_id = @organisationId and account_id = @accountId
        """;

    private const string HasOtherOwnerSql = """
        select exists (select from organisation_members
            where organisation_id = @organisationId and role = 1 and account_id <> @accountId)
        """;

    private const string AddSql = """
        insert into organisation_members (organisation_id, account_id, role)
        values (@organisationId, @accountId, @role) on conflict do nothing
        """;

    private const string ChangeSql = """
        update organisation_members set role = @role
        where organisation_id = @organisationId and account_id = @accountId
        """;

    private const string RemoveSql =
        "delete from organisation_members where organisation_id = @organisationId and account_id = @accountId";

    private const string RemoveAllSql =
        "delete from organisation_members where account_id = @accountId returning organisation_id, role";

    // They name the person by e-mail.
    private const string ForgetInvitationsSql = """
        delete from organisation_invitations
        where accepted_by = @accountId or email_key = (select email_key from accounts where id = @accountId)
        """;

    private const string ListSql = """
        select m.account_id as id, a.name, a.email, m.role, m.created_at as since
        from organisation_members m join accounts a on a.id = m.account_id
        where m.organisation_id = @organisationId
        order by a.name, a.id limit @limit offset @offset
        """;

    private const string CountSql = "select count(*) from organisation_members where organisation_id = @organisationId";

    private const string FindSql = """
        select m.account_id as id, a.name, a.email, m.role, m.created_at as since
        from organisation_members m join accounts a on a.id = m.account_id
        where m.organisation_id = @organisationId and m.account_id = @accountId
        """;

    /// <summary>Keeps an account from being deleted for the transaction; false: there is none.</summary>
    public static async Task<bool> LockAccountAsync(
        NpgsqlConnection connection, Guid accountId, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            LockAccountSql, new { accountId }, cancellationToken: cancellationToken)) is not null;

    /// <summary>Makes changes of one organisation's members wait for one another.</summary>
    public static Task LockAsync(
        NpgsqlConnection connection, Guid organisationId, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            LockSql, new { organisationId }, cancellationToken: cancellationToken));

    /// <summary>Makes an account a member; false: it is one.</summary>
    public static async Task<bool> AddAsync(
        NpgsqlConnection connection, Guid organisationId, Guid accountId, MemberRole role,
        CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(new CommandDefinition(
            AddSql, new { organisationId, accountId, role = (short)role }, cancellationToken: cancellationToken)) > 0;

    public async Task<(IReadOnlyList<MemberRow> Rows, long Total)> ListAsync(
        Guid organisationId, Paging paging, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountSql, new { organisationId }, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<MemberRow>(new CommandDefinition(
            ListSql, new { organisationId, paging.Limit, paging.Offset }, cancellationToken: cancellationToken));
        return (rows.AsList(), total);
    }

    public async Task<MemberRow?> FindAsync(
        Guid organisationId, Guid accountId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<MemberRow>(new CommandDefinition(
            FindSql, new { organisationId, accountId }, cancellationToken: cancellationToken));
    }

    /// <summary>Gives a member another role, or with null ends its membership.</summary>
    /// <param name="actor">Who does it; a member may end its own.</param>
    /// <param name="accountId">The member.</param>
    /// <param name="role">The new role; null: none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<MemberChanged> ChangeAsync(
        Actor actor, Guid accountId, MemberRole? role, CancellationToken cancellationToken)
    {
        var keys = new { actor.OrganisationId, accountId, role = (short?)role };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAsync(connection, actor.OrganisationId, cancellationToken);
        var before = await connection.ExecuteScalarAsync<short?>(
            new CommandDefinition(RoleSql, keys, cancellationToken: cancellationToken));
        if (before is null)
            return MemberChanged.NotFound;
        if ((MemberRole)before == role)
            return MemberChanged.Done;
        if ((MemberRole)before == MemberRole.Owner && !await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(HasOtherOwnerSql, keys, cancellationToken: cancellationToken)))
        {
            return MemberChanged.LastOwner;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            role is null ? RemoveSql : ChangeSql, keys, cancellationToken: cancellationToken));
        var action = role is not null ? "member.changed"
            : actor.AccountId == accountId ? "member.left" : "member.removed";
        await activities.AddAsync(
            connection, Told(actor, action, accountId, (MemberRole)before, role), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return MemberChanged.Done;
    }

    /// <inheritdoc/>
    public async Task<bool> EndAllAsync(
        NpgsqlConnection connection, Guid accountId, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            LockAllOfSql, new { accountId }, cancellationToken: cancellationToken));
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            IsLastOwnerSomewhereSql, new { accountId }, cancellationToken: cancellationToken)))
        {
            return false;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            ForgetInvitationsSql, new { accountId }, cancellationToken: cancellationToken));
        var ended = await connection.QueryAsync<(Guid OrganisationId, short Role)>(new CommandDefinition(
            RemoveAllSql, new { accountId }, cancellationToken: cancellationToken));
        foreach (var (organisationId, role) in ended)
        {
            var actor = new Actor(organisationId, accountId, IsOperator: false, Origin: null);
            await activities.AddAsync(
                connection, Told(actor, "member.left", accountId, (MemberRole)role, null), cancellationToken);
        }

        return true;
    }

    /// <summary>A change of a membership, for the activity log.</summary>
    public static Activity Told(
        Actor actor, string action, Guid accountId, MemberRole? before, MemberRole? after)
    {
        return new Activity(actor, action, "member", $"{accountId}")
        {
            Before = before is { } was ? RoleOf(was) : null,
            After = after is { } becomes ? RoleOf(becomes) : null,
        };

        static JsonObject RoleOf(MemberRole role) => new() { ["role"] = MemberRoles.NameOf(role) };
    }
}

/// <summary>A member as it is stored.</summary>
internal sealed record MemberRow(Guid Id, string Name, string Email, short Role, DateTime Since)
{
    public Member ToMember(Guid caller) =>
        new(Id, Name, Email, (MemberRole)Role, new DateTimeOffset(Since), Id == caller);
}

/// <summary>What became of changing a membership.</summary>
internal enum MemberChanged
{
    Done,

    /// <summary>There is no such member.</summary>
    NotFound,

    /// <summary>The organisation would be left without an owner.</summary>
    LastOwner,
}

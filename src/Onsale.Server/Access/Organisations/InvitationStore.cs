using System.Security.Cryptography;
using Dapper;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Access.Organisations;

/// <summary>The table <c>organisation_invitations</c>.</summary>
internal sealed class InvitationStore(NpgsqlDataSource dataSource, ActivityLog activities, TimeProvider time)
{
    private const string IsMemberSql = """
        select exists (select from organisation_members m join accounts a on a.id = m.account_id
            where m.organisation_id = @OrganisationId and a.email_key = normalize(@emailKey, NFC))
        """;

    private const string CountSql = """
        select (select count(*) from organisation_members where organisation_id = @OrganisationId)
            + (select count(*) from organisation_invitations
                where organisation_id = @OrganisationId and accepted_at is null and withdrawn_at is null
                    and expires_at > clock_timestamp())
        """;

    private const string WithdrawEarlierSql = """
        update organisation_invitations set withdrawn_at = clock_timestamp()
        where organisation_id = @OrganisationId and email_key = normalize(@emailKey, NFC)
            and accepted_at is null and withdrawn_at is null
        """;

    private const string AddSql = """
        insert into organisation_invitations (
            id, organisation_id, email, email_key, role, token_hash, invited_by, expires_at)
        values (@id, @OrganisationId, @email, normalize(@emailKey, NFC), @role, @tokenHash, @AccountId,
            clock_timestamp() + make_interval(days => @days))
        returning id, email, role, created_at, expires_at
        """;

    private const string OpenOf = """
        from organisation_invitations
        where organisation_id = @organisationId and accepted_at is null and withdrawn_at is null
            and expires_at > clock_timestamp()
        """;

    private const string ListSql = $"""
        select id, email, role, created_at, expires_at {OpenOf}
        order by created_at desc, id limit @limit offset @offset
        """;

    private const string CountOpenSql = $"select count(*) {OpenOf}";

    private const string WithdrawSql = """
        update organisation_invitations set withdrawn_at = clock_timestamp()
        where id = @id and organisation_id = @OrganisationId and accepted_at is null and withdrawn_at is null
        """;

    private const string FindSql = """
        select i.id, i.organisation_id, o.name as organisation, o.slug, i.email, i.email_key, i.role, i.expires_at,
            i.expires_at <= clock_timestamp() as is_expired, i.accepted_at is not null as is_used,
            i.withdrawn_at is not null as is_withdrawn
        from organisation_invitations i join organisations o on o.id = i.organisation_id
        where i.token_hash = @tokenHash
        """;

    private const string EmailKeySql = "select email_key from accounts where id = @accountId";

    private const string UseSql = """
        update organisation_invitations set accepted_at = clock_timestamp(), accepted_by = @accountId
        where id = @id and accepted_at is null and withdrawn_at is null
        """;

    /// <summary>Invites; an earlier open invitation of the same e-mail ends.</summary>
    public async Task<Invited> AddAsync(
        Actor actor, string email, MemberRole role, byte[] tokenHash, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var values = new
        {
            id,
            actor.OrganisationId,
            actor.AccountId,
            email,
            emailKey = new EmailNormalizer().NormalizeEmail(email),
            role = (short)role,
            tokenHash,
            days = OrganisationsLimits.InvitationDays,
        };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await MemberStore.LockAsync(connection, actor.OrganisationId, cancellationToken);
        if (await connection.ExecuteScalarAsync<bool>(Command(IsMemberSql, values, cancellationToken)))
            return new Invited.IsMember();
        await connection.ExecuteAsync(Command(WithdrawEarlierSql, values, cancellationToken));
        if (await connection.ExecuteScalarAsync<long>(Command(CountSql, values, cancellationToken))
            >= OrganisationsLimits.MaxMembers)
        {
            return new Invited.TooMany();
        }

        var row = await connection.QuerySingleAsync<InvitationRow>(Command(AddSql, values, cancellationToken));
        await activities.AddAsync(
            connection,
            new Activity(actor, "member.invited", "invitation", $"{id}")
            {
                After = new() { ["role"] = MemberRoles.NameOf(role) },
            },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Invited.Done(row);
    }

    /// <summary>Open invitations, newest first.</summary>
    public async Task<(IReadOnlyList<InvitationRow> Rows, long Total)> ListAsync(
        Guid organisationId, Paging paging, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            Command(CountOpenSql, new { organisationId }, cancellationToken));
        var rows = await connection.QueryAsync<InvitationRow>(
            Command(ListSql, new { organisationId, paging.Limit, paging.Offset }, cancellationToken));
        return (rows.AsList(), total);
    }

    /// <summary>Withdraws an open invitation; false: there is none.</summary>
    public async Task<bool> WithdrawAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(
            Command(WithdrawSql, new { id, actor.OrganisationId }, cancellationToken)) == 0)
        {
            return false;
        }

        await activities.AddAsync(
            connection, new Activity(actor, "invitation.withdrawn", "invitation", $"{id}"), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The invitation of a token's hash; null: there is none.</summary>
    public async Task<OfferRow?> FindAsync(byte[] tokenHash, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<OfferRow>(
            Command(FindSql, new { tokenHash }, cancellationToken));
    }

    /// <summary>Makes an account a member by an invitation, once.</summary>
    public async Task<Accepted> AcceptAsync(
        byte[] tokenHash, Guid accountId, string origin, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await MemberStore.LockAccountAsync(connection, accountId, cancellationToken))
            return Accepted.NoAccount;
        if (await connection.QuerySingleOrDefaultAsync<OfferRow>(
            Command(FindSql, new { tokenHash }, cancellationToken)) is not { } seen)
        {
            return Accepted.NotFound;
        }

        // Read again behind the lock: of two who accept at once the second finds it used.
        await MemberStore.LockAsync(connection, seen.OrganisationId, cancellationToken);
        var offer = await connection.QuerySingleAsync<OfferRow>(
            Command(FindSql, new { tokenHash }, cancellationToken));
        var emailKey = await connection.ExecuteScalarAsync<string>(
            Command(EmailKeySql, new { accountId }, cancellationToken));
        if (offer.Refusal(emailKey) is { } refusal)
            return refusal;
        await connection.ExecuteAsync(Command(UseSql, new { offer.Id, accountId }, cancellationToken));
        var role = (MemberRole)offer.Role;
        if (await MemberStore.AddAsync(connection, offer.OrganisationId, accountId, role, cancellationToken))
        {
            var actor = new Actor(offer.OrganisationId, accountId, IsOperator: false, origin);
            await activities.AddAsync(
                connection, MemberStore.Told(actor, "member.joined", accountId, null, role), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return Accepted.Done;
    }

    /// <summary>What is stored of a token.</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> token) => SHA256.HashData(token);

    private static CommandDefinition Command(string sql, object values, CancellationToken cancellationToken) =>
        new(sql, values, cancellationToken: cancellationToken);
}

/// <summary>An invitation as it is stored.</summary>
internal sealed record InvitationRow(Guid Id, string Email, short Role, DateTime CreatedAt, DateTime ExpiresAt)
{
    public Invitation ToInvitation() => new(
        Id, Email, (MemberRole)Role, new DateTimeOffset(CreatedAt), new DateTimeOffset(ExpiresAt));
}

/// <summary>An invitation with its organisation and where it stands.</summary>
internal sealed record OfferRow(
    Guid Id, Guid OrganisationId, string Organisation, string Slug, string Email, string EmailKey, short Role,
    DateTime ExpiresAt, bool IsExpired, bool IsUsed, bool IsWithdrawn)
{
    /// <summary>Why an account cannot accept; null: it can.</summary>
    /// <param name="emailKey">The account's e-mail; null: not asked for.</param>
    public Accepted? Refusal(string? emailKey)
    {
        if (IsWithdrawn)
            return Accepted.NotFound;
        if (emailKey is not null && emailKey != EmailKey)
            return Accepted.OtherAccount;
        if (IsUsed)
            return Accepted.Used;
        return IsExpired ? Accepted.Expired : null;
    }
}

/// <summary>What became of an invitation that was to be made.</summary>
internal abstract record Invited
{
    public sealed record Done(InvitationRow Row) : Invited;

    public sealed record IsMember : Invited;

    public sealed record TooMany : Invited;
}

/// <summary>What became of accepting an invitation.</summary>
internal enum Accepted
{
    Done,

    /// <summary>No such invitation, or it was withdrawn.</summary>
    NotFound,

    /// <summary>It was accepted before.</summary>
    Used,

    Expired,

    /// <summary>It is for another e-mail.</summary>
    OtherAccount,

    /// <summary>The account was deleted meanwhile.</summary>
    NoAccount,
}

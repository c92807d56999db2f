using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using Onsale.Platform.Identity;
using Onsale.Platform.Mail;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Accounts in PostgreSQL, for this module and for Identity's user manager. The user name is the e-mail.
/// </summary>
internal sealed class AccountStore(
    NpgsqlDataSource dataSource, EndedSessions endedSessions, IEnumerable<IBuyerContacts> contacts,
    IAccountMemberships memberships)
    : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>
{
    internal const string EmailTaken = "EmailTaken";
    internal const string IdTaken = "IdTaken";
    internal const string EmailTooLong = "EmailTooLong";

    private const string Columns =
        "id, email, email_key, name, password_hash, security_stamp, roles, "
        + "email_verified_at is not null as is_verified";

    // With the end of the guest that it is made of: two who take one guest's token meet at that row's key.
    private const string InsertSql = """
        with ended as (
            insert into guest_merges (guest_id, account_id, state) select @Id, @Id, 2 where @WasGuest)
        insert into accounts (id, email, email_key, name, password_hash, security_stamp, roles)
        values (@Id, @Email, normalize(@EmailKey, NFC), @Name,
                @PasswordHash, @SecurityStamp, @Roles)
        """;

    private const string UpdateSql = """
        update accounts
        set email = @Email, email_key = normalize(@EmailKey, NFC), name = @Name,
            password_hash = @PasswordHash, security_stamp = @SecurityStamp, roles = @Roles
        where id = @Id
        """;

    // What makes the account a member of something keeps its row until it has: so all of it is seen below.
    private const string LockSql = "select email_verified_at is not null from accounts where id = @Id for update";

    private const string DeleteSql = "delete from accounts where id = @Id and security_stamp = @SecurityStamp";

    public async Task<Account?> FindByIdAsync(Guid id, CancellationToken cancellationToken) =>
        await FindAsync($"select {Columns} from accounts where id = @id", new { id }, cancellationToken);

    /// <summary>Finds by the e-mail in lower case.</summary>
    public async Task<Account?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        await FindAsync(
            $"select {Columns} from accounts where email_key = normalize(@normalizedEmail, NFC)",
            new { normalizedEmail }, cancellationToken);

    public async Task<Account?> RenameAsync(Guid id, string name, CancellationToken cancellationToken) =>
        await FindAsync(
            $"update accounts set name = @name where id = @id returning {Columns}",
            new { id, name }, cancellationToken);

    /// <summary>
    /// Replaces a hash by a stronger one of the same password, unless the password changed meanwhile.
    /// </summary>
    public Task RehashAsync(Guid id, string oldHash, string newHash, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "update accounts set password_hash = @newHash where id = @id and password_hash = @oldHash",
            new { id, oldHash, newHash }, cancellationToken);

    /// <summary>
    /// Gives the account another password and security stamp, ends all its sessions but one, and lets that one go on.
    /// </summary>
    /// <param name="account">As it was when its password was compared.</param>
    /// <param name="passwordHash">Of the new password.</param>
    /// <param name="keptSession">The session that asks.</param>
    /// <returns>How many sessions ended; null: the account has changed since, and is left as it is.</returns>
    public async Task<int?> ChangePasswordAsync(Account account, string passwordHash, Guid keptSession)
    {
        var stamp = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // First, so that a sign-in with the old password either has its session deleted below or finds another stamp.
        var changed = await connection.ExecuteAsync(
            """
            update accounts set password_hash = @passwordHash, security_stamp = @stamp
            where id = @Id and security_stamp = @SecurityStamp
            """,
            new { passwordHash, stamp, account.Id, account.SecurityStamp }, transaction);
        if (changed == 0)
            return null;
        await connection.ExecuteAsync(
            "update sessions set account_stamp = @stamp where id = @keptSession and subject_id = @Id",
            new { stamp, keptSession, account.Id }, transaction);
        var ended = await SessionStore.EndAllAsync(connection, account.Id, keptSession, CancellationToken.None);
        await transaction.CommitAsync();
        endedSessions.Add(ended);
        return ended.Count;
    }

    /// <summary>Gives the account of a mailed link another password, and ends all its sessions.</summary>
    /// <param name="token">Of the link, which is used up. Mail to the account's address arrived by it.</param>
    /// <param name="passwordHash">Of the new password.</param>
    /// <returns>How many sessions ended; null: the link is not good any more.</returns>
    public async Task<int?> ResetPasswordAsync(string token, string passwordHash)
    {
        var stamp = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (await AccountLinks.TakeAsync(connection, token, AccountLinkKind.PasswordReset) is not { } id)
            return null;
        await connection.ExecuteAsync(
            """
            update accounts set password_hash = @passwordHash, security_stamp = @stamp,
                email_verified_at = coalesce(email_verified_at, clock_timestamp())
            where id = @id
            """,
            new { passwordHash, stamp, id }, transaction);
        var ended = await SessionStore.EndAllAsync(connection, id, Guid.Empty, CancellationToken.None);
        await transaction.CommitAsync();
        endedSessions.Add(ended);
        return ended.Count;
    }

    /// <summary>
    /// Notes that mail to the address of a link's account arrives; false: the link is not good any more.
    /// </summary>
    public async Task<bool> VerifyEmailAsync(string token)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (await AccountLinks.TakeAsync(connection, token, AccountLinkKind.EmailVerification) is not { } id)
            return false;
        await connection.ExecuteAsync(
            "update accounts set email_verified_at = clock_timestamp() where id = @id", new { id }, transaction);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Deletes an account, its memberships, its sessions and the contacts of its bookings.</summary>
    /// <param name="account">As it was when its password was compared.</param>
    public async Task<AccountDeleted> DeleteAsync(Account account)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var isVerified = await connection.QuerySingleOrDefaultAsync<bool>(LockSql, new { account.Id }, transaction);
        if (!await memberships.EndAllAsync(connection, account.Id, CancellationToken.None))
            return AccountDeleted.LastOwner;
        var deleted = await connection.ExecuteAsync(
            DeleteSql, new { account.Id, account.SecurityStamp }, transaction);
        if (deleted == 0)
            return AccountDeleted.Changed;
        foreach (var kept in contacts)
            await kept.EraseAsync(connection, account.Id, isVerified ? account.Email : null);
        // Links that were mailed to this account are its own in any case; other mails to the address may be another's.
        await MailQueue.EraseAsync(connection, account.Email, isVerified ? null : AccountMails.Kinds);
        var ended = await SessionStore.EndAllAsync(connection, account.Id, Guid.Empty, CancellationToken.None);
        await transaction.CommitAsync();
        endedSessions.Add(ended);
        return AccountDeleted.Deleted;
    }

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(InsertSql, user, cancellationToken);
            return IdentityResult.Success;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // The index, not a look before, decides between two who register one e-mail at once.
            var code = exception.ConstraintName is "accounts_pkey" or "guest_merges_pkey" ? IdTaken : EmailTaken;
            return Refused(code, exception);
        }
        catch (PostgresException exception) when (exception.ConstraintName == "accounts_email_key_check")
        {
            // A few characters of Devanagari and Hebrew grow when they are composed, past what was checked before.
            return Refused(EmailTooLong, exception);
        }
    }

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        await ExecuteAsync(UpdateSql, user, cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        await ExecuteAsync("delete from accounts where id = @Id", user, cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? await FindByIdAsync(id, cancellationToken) : null;

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) =>
        Set(() => user.Email = userName!);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.EmailKey);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) =>
        Set(() => user.EmailKey = normalizedName!);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) =>
        Set(() => user.PasswordHash = passwordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) =>
        Set(() => user.SecurityStamp = stamp);

    public void Dispose()
    {
        // The data source belongs to the database module; Identity asks every store to be disposable.
    }

    private static IdentityResult Refused(string code, PostgresException exception) =>
        IdentityResult.Failed(new IdentityError { Code = code, Description = exception.MessageText });

    private static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    private async Task<Account?> FindAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Account>(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }
}

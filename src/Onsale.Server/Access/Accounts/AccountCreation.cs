using Microsoft.AspNetCore.Identity;

using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>Makes accounts: for registering, and for demo data.</summary>
internal sealed class AccountCreation(
    UserManager<Account> users, PasswordHashingLimiter passwords, TimeProvider timeProvider)
{
    /// <summary>Checks and stores an account; one e-mail has one account, also when two register it at once.</summary>
    /// <param name="email">As its owner writes it.</param>
    /// <param name="password">In the clear; only its hash is stored.</param>
    /// <param name="name">What tickets and letters call its owner.</param>
    /// <param name="roles">At least one.</param>
    /// <param name="cancellationToken">Ends the wait for a turn to hash; the insert is not cancelled.</param>
    /// <param name="id">The guest that becomes this account, or nothing for a new id.</param>
    /// <param name="address">The caller's address range, for a fair turn to hash.</param>
    public async Task<AccountCreated> CreateAsync(
        string? email, string? password, string? name, IReadOnlyCollection<Role> roles,
        CancellationToken cancellationToken, Guid? id = null, UInt128 address = default)
    {
        List<(string Field, string Message)> errors = [];
        if (AccountRules.CheckEmail(email, out var checkedEmail) is { } badEmail)
            errors.Add(("email", badEmail));
        if (AccountRules.CheckName(name, out var checkedName) is { } badName)
            errors.Add(("name", badName));
        password = password is null ? null : PasswordRules.Normalize(password);
        if (PasswordRules.Check(password, checkedEmail, checkedName) is { } badPassword)
            errors.Add(("password", badPassword));
        if (errors.Count > 0)
            return new AccountCreated.Invalid([.. errors]);

        using var turn = await passwords.EnterAsync(address, cancellationToken);
        if (turn is null)
            return new AccountCreated.Overloaded();
        var account = new Account
        {
            Id = id ?? Guid.CreateVersion7(timeProvider.GetUtcNow()),
            Email = checkedEmail,
            Name = checkedName,
            WasGuest = id is not null,
            Roles = [.. roles.Distinct().Select(role => (short)role)],
        };
        var result = await users.CreateAsync(account, password!);
        return result.Errors.FirstOrDefault()?.Code switch
        {
            null => new AccountCreated.Account(account),
            AccountStore.EmailTaken => new AccountCreated.EmailTaken(),
            AccountStore.IdTaken => new AccountCreated.IdTaken(),
            AccountStore.EmailTooLong => new AccountCreated.Invalid([("email", AccountRules.EmailTooLong)]),
            _ => throw new InvalidOperationException($"The account was refused after its checks: {result}"),
        };
    }
}

/// <summary>What became of creating an account.</summary>
internal abstract record AccountCreated
{
    public sealed record Account(Accounts.Account Value) : AccountCreated;

    public sealed record Invalid((string Field, string Message)[] Errors) : AccountCreated;

    public sealed record EmailTaken : AccountCreated;

    /// <summary>The guest has become an account before.</summary>
    public sealed record IdTaken : AccountCreated;

    public sealed record Overloaded : AccountCreated;
}

using Microsoft.AspNetCore.Identity;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.Startup;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Operate.Demo;

/// <summary>
/// The people of the demo, all with one password: <c>Onsale:DemoPassword</c> where it is set. Otherwise it is a
/// published one while only this machine can connect, and a random one of this database as soon as others can.
/// </summary>
internal sealed partial class DemoAccounts(
    IConfiguration configuration, KeyedHash hash, IServiceScopeFactory scopes, NpgsqlDataSource dataSource,
    ILogger<DemoAccounts> logger)
{
    private const string KnownPassword = "lantern-demo-tickets";

    private const int RandomPasswordBytes = 10;

    private static readonly DemoPerson[] People =
    [
        new("organiser@example.com", "Orla Brandt", Role.Organiser, "owns the organisation", MemberRole.Owner),
        new("manager@example.com", "Mara Oyelaran", Role.Organiser, "plans and sells events", MemberRole.Manager),
        new("boxoffice@example.com", "Bruno Achterberg", Role.Buyer, "sells at the counter", MemberRole.BoxOffice),
        new("analyst@example.com", "Anouk Ferreira", Role.Buyer, "reads reports", MemberRole.Analyst),
        new("door@example.com", "Dora Whitcombe", Role.Door, "admits tickets", MemberRole.Door),
        new("buyer@example.com", "Ben Castell", Role.Buyer, "buys tickets"),
        new("operator@example.com", "Omar Lindqvist", Role.Operator, "runs the system"),
    ];

    public string Password =>
        configuration["Onsale:DemoPassword"] is { Length: > 0 } chosen ? chosen
        : ListenAddresses.AreOnlyLocal(configuration) ? KnownPassword
        : RandomPassword();

    /// <summary>Makes the accounts that are missing, and gives those that exist the password of this start.</summary>
    /// <returns>Whether all of them can sign in with <see cref="Password"/>.</returns>
    public async Task<bool> EnsureAsync(Guid organisationId, CancellationToken cancellationToken)
    {
        if (PasswordRules.Check(Password, People[0].Email, People[0].Name) is { } refusal)
            throw new StartupException($"Onsale:DemoPassword cannot be used: {refusal}");

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var creation = scope.ServiceProvider.GetRequiredService<AccountCreation>();
        // Passwords are changed in the other order, so the first tells for all whether that was finished.
        var first = await users.FindByNameAsync(People[0].Email);
        var isPresent = first is not null && await users.CheckPasswordAsync(first, Password);
        var complete = true;
        foreach (var person in People.Reverse())
        {
            if (await users.FindByNameAsync(person.Email) is not { } known)
                complete &= await CreateAsync(creation, person, organisationId, cancellationToken);
            else if (!isPresent)
                await ChangePasswordAsync(users, known);
        }

        return complete;
    }

    /// <summary>The same at every start and on every node: it comes from a secret of the database.</summary>
    private string RandomPassword()
    {
        var digits = Convert.ToHexStringLower(hash.Of("demo-password", "").AsSpan(0, RandomPasswordBytes));
        return string.Join('-', digits.Chunk(5).Select(group => new string(group)));
    }

    private async Task ChangePasswordAsync(UserManager<Account> users, Account account)
    {
        account.PasswordHash = users.PasswordHasher.HashPassword(account, Password);
        // Stores the hash too, and ends the sessions that the old password began.
        await users.UpdateSecurityStampAsync(account);
    }

    private async Task<bool> CreateAsync(
        AccountCreation creation, DemoPerson person, Guid organisationId, CancellationToken cancellationToken)
    {
        Role[] roles = person.Role == Role.Buyer ? [Role.Buyer] : [Role.Buyer, person.Role];
        switch (await creation.CreateAsync(person.Email, Password, person.Name, roles, cancellationToken))
        {
            case AccountCreated.Account { Value: var account }:
                if (person.Membership is { } role)
                {
                    await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                    await MemberStore.AddAsync(connection, organisationId, account.Id, role, cancellationToken);
                }

                return true;
            case AccountCreated.EmailTaken:
                return true; // another node was faster
            case var refused:
                LogRefused(person.Email, refused);
                return false;
        }
    }

    public string[] BannerLines() =>
        [.. People.Select(person => $"{person.Email,-24}{person.Purpose}"), $"password: {Password}"];

    [LoggerMessage(EventId = 5202, Level = LogLevel.Warning,
        Message = "The demo account {Email} could not be made: {Outcome}")]
    private partial void LogRefused(string email, AccountCreated outcome);
}

/// <summary>A person of the demo.</summary>
/// <param name="Email">To sign in with.</param>
/// <param name="Name">As it is shown.</param>
/// <param name="Role">The account's role beside that of a buyer.</param>
/// <param name="Purpose">What it is there for, on the banner.</param>
/// <param name="Membership">Its role in the demo's organisation; null: none.</param>
internal sealed record DemoPerson(
    string Email, string Name, Role Role, string Purpose, MemberRole? Membership = null);

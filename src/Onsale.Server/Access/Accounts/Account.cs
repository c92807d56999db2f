using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>A registered account as it is stored.</summary>
internal sealed class Account
{
    public Guid Id { get; init; }

    public required string Email { get; set; }

    /// <summary>The e-mail in lower case; the database composes it (NFC), because this process has no ICU.</summary>
    public string EmailKey { get; set; } = "";

    public required string Name { get; set; }

    public string? PasswordHash { get; set; }

    public string SecurityStamp { get; set; } = "";

    /// <summary>Whether mail to the address was shown to arrive. Not written with the account.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Whether it is being made of a guest, who ends with it. Not stored.</summary>
    public bool WasGuest { get; init; }

    public short[] Roles { get; set; } = [(short)Role.Buyer];

    public Profile ToProfile() => new(Id, BuyerKind.Account, Email, Name, [.. Roles.Select(role => (Role)role)]);
}

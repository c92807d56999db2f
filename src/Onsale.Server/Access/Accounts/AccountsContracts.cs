using System.Text.Json.Serialization;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

internal sealed record RegisterRequest(string Email, string Password, string Name);

internal sealed record LoginRequest(string Email, string Password);

internal sealed record ProfileChange(string Name);

/// <summary>Asks for a link to set another password.</summary>
/// <param name="Email">Of the account.</param>
internal sealed record ForgotPasswordRequest(string Email);

/// <summary>Sets another password.</summary>
/// <param name="Token">From the mailed link.</param>
/// <param name="NewPassword">The one from now on.</param>
internal sealed record ResetPasswordRequest(string Token, string NewPassword);

/// <summary>Confirms an e-mail address.</summary>
/// <param name="Token">From the mailed link.</param>
internal sealed record VerifyEmailRequest(string Token);

/// <summary>A new password for the signed-in account.</summary>
/// <param name="CurrentPassword">The one until now.</param>
/// <param name="NewPassword">The one from now on.</param>
internal sealed record PasswordChange(string CurrentPassword, string NewPassword);

/// <summary>Confirms the deletion of the signed-in account.</summary>
/// <param name="Password">The account's password.</param>
internal sealed record AccountDeletion(string Password);

/// <summary>A session of the caller.</summary>
/// <param name="Browser">As far as it says; left out when it is not known.</param>
/// <param name="OperatingSystem">As far as the browser says; left out when it is not known.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastUsedAt">When its access was last renewed, which happens every few minutes of use.</param>
/// <param name="IsCurrent">Whether it is the one that asks.</param>
internal sealed record SessionInfo(
    Guid Id, string? Browser, string? OperatingSystem, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt,
    bool IsCurrent);

/// <summary>An account or a guest as its owner sees it; a guest has no e-mail and no name.</summary>
internal sealed record Profile(Guid Id, BuyerKind Kind, string? Email, string? Name, IReadOnlyList<Role> Roles)
{
    public static Profile OfGuest(Guid id) => new(id, BuyerKind.Guest, Email: null, Name: null, [Role.Buyer]);
}

/// <summary>The answer to every way of signing in.</summary>
/// <param name="User">Who is signed in.</param>
/// <param name="AccessToken">For the header <c>Authorization: Bearer …</c>.</param>
/// <param name="ExpiresIn">Seconds the access token lives.</param>
internal sealed record SignedIn(Profile User, string AccessToken, int ExpiresIn);

/// <summary>On the wire by name.</summary>
internal enum BuyerKind
{
    Account = 0,
    Guest = 1,
}

[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(ProfileChange))]
[JsonSerializable(typeof(ForgotPasswordRequest))]
[JsonSerializable(typeof(ResetPasswordRequest))]
[JsonSerializable(typeof(VerifyEmailRequest))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(AccountDeletion))]
[JsonSerializable(typeof(Page<SessionInfo>))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(SignedIn))]
internal sealed partial class AccountsJson : JsonSerializerContext;

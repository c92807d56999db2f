using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace Onsale.Server.Accounts;

/// <summary>
/// Issues the framework's bearer tokens: claims encrypted and authenticated with the data-protection keys that all
/// nodes share. Nothing is looked up to accept one, so it stays valid for its
/// <see cref="AccountsLimits.AccessTokenMinutes"/> even when the session that it came from ends.
/// </summary>
internal sealed class AccessTokens(IOptionsMonitor<BearerTokenOptions> options, TimeProvider timeProvider)
{
    public const string SubjectClaim = "sub";
    public const string KindClaim = "kind";
    public const string NameClaim = "name";
    public const string RoleClaim = "role";
    public const string GuestKind = "guest";
    public const string AccountKind = "account";

    public const int LifetimeSeconds = AccountsLimits.AccessTokenMinutes * 60;

    public SignedIn Issue(Profile profile)
    {
        var ticket = TokenSerializer.Ticket(
            profile.Id, profile.Kind == BuyerKind.Guest,
            profile.Roles.Aggregate(0, (roles, role) => roles | TokenSerializer.Bit(role)),
            profile.Name ?? "", timeProvider.GetUtcNow().AddSeconds(LifetimeSeconds));
        var protector = options.Get(BearerTokenDefaults.AuthenticationScheme).BearerTokenProtector;
        return new SignedIn(profile, protector.Protect(ticket), LifetimeSeconds);
    }
}

/// <summary>Roles by the names that policies and claims use.</summary>
internal static class RoleNames
{
    public const string Buyer = "buyer";
    public const string Organiser = "organiser";
    public const string Door = "door";
    public const string Operator = "operator";

    public static string Of(Role role) => role switch
    {
        Role.Buyer => Buyer,
        Role.Organiser => Organiser,
        Role.Door => Door,
        Role.Operator => Operator,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };
}

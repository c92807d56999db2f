using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Issues the framework's bearer tokens: claims encrypted and authenticated with the data-protection keys that all
/// nodes share. Nothing is looked up to accept one, so it stays valid for its
/// <see cref="IdentityLimits.AccessTokenMinutes"/> even when the session that it came from ends.
/// </summary>
internal sealed class AccessTokens(IOptionsMonitor<BearerTokenOptions> options, TimeProvider timeProvider)
{
    public const int LifetimeSeconds = IdentityLimits.AccessTokenMinutes * 60;

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

using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Issues the framework's bearer tokens: claims encrypted and authenticated with the data-protection keys that all
/// nodes share. Nothing is looked up to accept one: it is valid for
/// <see cref="IdentityLimits.AccessTokenMinutes"/>, unless its session is among the <see cref="EndedSessions"/>.
/// </summary>
internal sealed class AccessTokens(IOptionsMonitor<BearerTokenOptions> options, TimeProvider timeProvider)
{
    public const int LifetimeSeconds = IdentityLimits.AccessTokenMinutes * 60;

    public SignedIn Issue(Profile profile, Guid sessionId)
    {
        var ticket = TokenSerializer.Ticket(
            profile.Id, profile.Kind == BuyerKind.Guest,
            profile.Roles.Aggregate(0, (roles, role) => roles | TokenSerializer.Bit(role)),
            profile.Name ?? "", timeProvider.GetUtcNow().AddSeconds(LifetimeSeconds), sessionId);
        var protector = options.Get(BearerTokenDefaults.AuthenticationScheme).BearerTokenProtector;
        return new SignedIn(profile, protector.Protect(ticket), LifetimeSeconds);
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Access.Accounts;

/// <summary>Another access token for the refresh cookie, which is replaced.</summary>
internal static class Refresh
{
    private static readonly Problem SignInAgain = new(
        StatusCodes.Status401Unauthorized, "unauthenticated", "The session has ended. Sign in again.");

    public static async Task<Results<Ok<SignedIn>, Problem>> HandleAsync(
        HttpContext context, Sessions sessions, AccessTokens accessTokens, SecurityEvents security,
        CancellationToken cancellationToken)
    {
        var cookie = RefreshCookie.Read(context.Request, out var isDoubled);
        if (isDoubled)
            security.CookieDoubled(AddressRange.Of(context.Connection.RemoteIpAddress));
        if (!RefreshToken.TryParse(cookie, out var presented)
            || await sessions.RefreshAsync(presented, cancellationToken) is not { } refreshed)
        {
            RefreshCookie.Clear(context.Response);
            context.Response.Headers.WWWAuthenticate = AuthorizationProblems.Challenge;
            return SignInAgain;
        }

        RefreshCookie.Write(context.Response, refreshed.Token);
        return TypedResults.Ok(accessTokens.Issue(refreshed.Profile, refreshed.Token.SessionId));
    }
}

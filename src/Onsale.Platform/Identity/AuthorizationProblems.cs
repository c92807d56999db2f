using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Onsale.Platform.Http;

namespace Onsale.Platform.Identity;

/// <summary>Answers a missing, forged or expired access token, and a missing right, with a problem.</summary>
internal sealed class AuthorizationProblems : IAuthorizationMiddlewareResultHandler
{
    /// <summary>What RFC 9110 wants with every 401: the scheme that would be taken.</summary>
    public const string Challenge = "Bearer";

    public static readonly Problem Forbidden = new(
        StatusCodes.Status403Forbidden, "forbidden", "Your account may not do this.");

    private static readonly Problem Missing = new(
        StatusCodes.Status401Unauthorized, "unauthenticated",
        "Sign in first: send an access token in the header Authorization: Bearer.");

    private static readonly Problem Invalid = new(
        StatusCodes.Status401Unauthorized, "unauthenticated",
        "The access token is not valid or has expired. Get another from /api/v1/auth/refresh, or sign in again.");

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult) =>
        authorizeResult switch
        {
            { Challenged: true } => Unauthenticated(context).ExecuteAsync(context),
            { Forbidden: true } => Forbidden.ExecuteAsync(context),
            _ => next(context),
        };

    /// <summary>401 <c>unauthenticated</c>; sets the challenge of RFC 6750 on the response.</summary>
    public static Problem Unauthenticated(HttpContext context)
    {
        var invalid = context.Request.Headers.Authorization.Count > 0;
        context.Response.Headers.WWWAuthenticate = invalid ? "Bearer error=\"invalid_token\"" : Challenge;
        return invalid ? Invalid : Missing;
    }
}

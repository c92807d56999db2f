using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;

namespace Onsale.Platform.Identity;

/// <summary>
/// Signs a request in by a token that the cache has, without the framework's handler: making one for each request, and
/// the event and the ticket it makes in turn, cost more than the lookup. Everything else is the handler's.
/// </summary>
internal sealed class KnownTokenAuthentication(
    IAuthenticationSchemeProvider schemes, IAuthenticationHandlerProvider handlers, IClaimsTransformation transform,
    IOptions<AuthenticationOptions> options, TokenCache tokens)
    : AuthenticationService(schemes, handlers, transform, options)
{
    public override Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) =>
        BearerHeader.TryRead(context.Request, out var token) && tokens.TryFind(token, out var known)
            ? known
            : base.AuthenticateAsync(context, scheme);
}

/// <summary>
/// Answers the one question that nearly all routes ask, whether anybody is signed in, without the authorization
/// service; a policy with any other requirement goes there.
/// </summary>
internal class SignedInEvaluator(IAuthorizationService authorization) : PolicyEvaluator(authorization)
{
    private static readonly Task<PolicyAuthorizationResult> Success =
        Task.FromResult(PolicyAuthorizationResult.Success());

    public override Task<PolicyAuthorizationResult> AuthorizeAsync(
        AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) =>
        policy.Requirements is [DenyAnonymousAuthorizationRequirement]
        && context.User.Identity is { IsAuthenticated: true }
            ? Success
            : base.AuthorizeAsync(policy, authenticationResult, context, resource);
}

using Microsoft.AspNetCore.Mvc;
using Onsale.Server.Hosting;
using Onsale.Server.Hosting.RateLimits;

namespace Onsale.Server.Accounts;

internal static class AccountsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi();
        var auth = api.MapGroup("/auth")
            .WithTags("Accounts")
            .WithMetadata(new RequestSizeLimitAttribute(AccountsLimits.RequestBytes))
            .AddEndpointFilter<SameOriginOnly>();
        auth.MapPost("/register", Register.HandleAsync).RequireRateLimit(RateLimitPolicy.Auth);
        auth.MapPost("/login", Login.HandleAsync).RequireRateLimit(RateLimitPolicy.Auth);
        auth.MapPost("/guest", GuestSignIn.HandleAsync).RequireRateLimit(RateLimitPolicy.Guest);
        auth.MapPost("/refresh", Refresh.HandleAsync).RequireRateLimit(RateLimitPolicy.Guest);
        auth.MapPost("/logout", Logout.HandleAsync).RequireRateLimit(RateLimitPolicy.Guest);

        var me = api.MapGroup("/me")
            .WithTags("Accounts")
            .WithMetadata(new RequestSizeLimitAttribute(AccountsLimits.RequestBytes))
            .RequireRateLimit(RateLimitPolicy.Reads)
            .RequireAuthorization();
        me.MapGet("/", Me.GetAsync);
        me.MapPatch("/", Me.ChangeAsync);
    }
}

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
        auth.MapPost("/register", Register.HandleAsync).RequireRateLimit(RateLimitPolicy.Auth)
            .WithName("register").WithSummary("A new account; with a guest's access token, the guest becomes it")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status409Conflict);
        auth.MapPost("/login", Login.HandleAsync).RequireRateLimit(RateLimitPolicy.Auth)
            .WithName("login").WithSummary("Signs in with e-mail and password")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        auth.MapPost("/guest", GuestSignIn.HandleAsync).RequireRateLimit(RateLimitPolicy.Guest)
            .WithName("guest").WithSummary("A guest session for quick buying");
        auth.MapPost("/refresh", Refresh.HandleAsync).RequireRateLimit(RateLimitPolicy.Guest)
            .WithName("refresh").WithSummary("Another access token for the refresh cookie, which is replaced")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        auth.MapPost("/logout", Logout.HandleAsync).RequireRateLimit(RateLimitPolicy.Guest)
            .WithName("logout").WithSummary("Ends the session of the refresh cookie");

        var me = api.MapGroup("/me")
            .WithTags("Accounts")
            .WithMetadata(new RequestSizeLimitAttribute(AccountsLimits.RequestBytes))
            .RequireRateLimit(RateLimitPolicy.Reads)
            .RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        me.MapGet("/", Me.GetAsync)
            .WithName("getMe").WithSummary("The signed-in buyer");
        me.MapPatch("/", Me.ChangeAsync)
            .WithName("changeMe").WithSummary("Changes the profile of an account")
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }
}

using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Onsale.Platform.Work;

namespace Onsale.Server.Access.Accounts;

internal static class AccountsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi();
        var auth = api.MapGroup("/auth")
            .WithTags("Accounts")
            .WithMetadata(new RequestSizeLimitAttribute(AccountsLimits.RequestBytes))
            .AddEndpointFilter<SameOriginOnly>()
            .Refuses(StatusCodes.Status403Forbidden, "cross-origin");
        auth.MapPost("/register", Register.HandleAsync).RequireRateLimit(RateLimitPolicy.Auth).AsksForWork()
            .WithName("register").WithSummary("A new account; with a guest's access token, the guest becomes it")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status401Unauthorized, "unauthenticated")
            .Refuses(StatusCodes.Status409Conflict, "email-taken", "already-registered")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        auth.MapPost("/login", Login.HandleAsync).RequireRateLimit(RateLimitPolicy.Auth).AsksForWork().WorksReadOnly()
            .WithName("login").WithSummary("Signs in with e-mail and password")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status401Unauthorized, "invalid-credentials")
            .Refuses(StatusCodes.Status429TooManyRequests, "too-many-attempts")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        auth.MapPost("/guest", GuestSignIn.HandleAsync).RequireRateLimit(RateLimitPolicy.Guest).AsksForWork()
            .WithName("guest").WithSummary("A guest session for quick buying");
        auth.MapPost("/refresh", Refresh.HandleAsync).RequireRateLimit(RateLimitPolicy.Guest).WorksReadOnly()
            .WithName("refresh").WithSummary("Another access token for the refresh cookie, which is replaced")
            .Refuses(StatusCodes.Status401Unauthorized, "unauthenticated");
        auth.MapPost("/password/forgot", ForgotPassword.HandleAsync).RequireRateLimit(RateLimitPolicy.Auth)
            .WithName("forgotPassword").WithSummary(
                "Mails a link to set another password; the same answer whether or not there is such an account")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status429TooManyRequests, "too-many-attempts");
        auth.MapPost("/password/reset", ResetPassword.HandleAsync).RequireRateLimit(RateLimitPolicy.Auth)
            .WithName("resetPassword").WithSummary("Sets another password with a mailed link; ends all sessions")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "link-invalid")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        auth.MapPost("/email/verify", VerifyEmail.HandleAsync).RequireRateLimit(RateLimitPolicy.Auth)
            .WithName("verifyEmail").WithSummary("Confirms an e-mail address with a mailed link")
            .Refuses(StatusCodes.Status404NotFound, "link-invalid");
        auth.MapPost("/logout", Logout.HandleAsync).RequireRateLimit(RateLimitPolicy.Guest).WorksReadOnly()
            .WithName("logout").WithSummary("Ends the session of the refresh cookie");

        var me = api.MapGroup("/me")
            .WithTags("Accounts")
            .WithMetadata(new RequestSizeLimitAttribute(AccountsLimits.RequestBytes))
            .RequireRateLimit(RateLimitPolicy.Reads)
            .RequireAuthorization()
            .NoStore();
        me.MapGet("/", Me.GetAsync)
            .WithName("getMe").WithSummary("The signed-in buyer");
        me.MapPatch("/", Me.ChangeAsync)
            .WithName("changeMe").WithSummary("Changes the profile of an account")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status403Forbidden, "forbidden");
        me.MapPatch("/password", ChangePassword.HandleAsync).RequireRateLimit(RateLimitPolicy.Auth)
            .WithName("changePassword").WithSummary("Changes the password and ends all other sessions of the account")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status403Forbidden, "forbidden", "invalid-credentials")
            .Refuses(StatusCodes.Status429TooManyRequests, "too-many-attempts")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        me.MapPost("/email-verification", VerifyEmail.SendAsync).RequireRateLimit(RateLimitPolicy.Auth)
            .WithName("sendEmailVerification").WithSummary("Mails another link to confirm the account's address")
            .Refuses(StatusCodes.Status403Forbidden, "forbidden")
            .Refuses(StatusCodes.Status429TooManyRequests, "too-many-attempts");
        me.MapDelete("/", DeleteAccount.HandleAsync).RequireRateLimit(RateLimitPolicy.Auth)
            .WithName("deleteMe").WithSummary(
                "Deletes the account with its personal data; bookings stay, without a name, and are not refunded")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status403Forbidden, "forbidden", "invalid-credentials")
            .Refuses(StatusCodes.Status409Conflict, "last-owner")
            .Refuses(StatusCodes.Status429TooManyRequests, "too-many-attempts")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        me.MapGet("/sessions", MySessions.ListAsync)
            .WithName("listMySessions").WithSummary("The caller's sessions, this one first, then the latest used")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        me.MapDelete("/sessions/{sessionId}", MySessions.EndAsync)
            .WithName("endMySession").WithSummary("Ends one of the caller's sessions at once")
            .Refuses(StatusCodes.Status404NotFound, "session-not-found");
        me.MapDelete("/sessions", MySessions.EndAllAsync)
            .WithName("endMySessions").WithSummary(
                "Ends all of the caller's sessions at once; with except=current all but the one that asks")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
    }
}

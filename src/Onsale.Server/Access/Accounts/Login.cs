using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;
using Onsale.Platform.Work;

namespace Onsale.Server.Access.Accounts;

/// <summary>Signs in with e-mail and password; <see cref="PasswordVerification"/> says what is compared how.</summary>
internal static class Login
{
    private static readonly Problem InvalidCredentials = new(
        StatusCodes.Status401Unauthorized, "invalid-credentials", "The e-mail address or the password is not right.");

    public static async Task<Results<Ok<SignedIn>, Problem>> HandleAsync(
        LoginRequest request, HttpContext context, WorkGate work, PasswordVerification passwords, KnownDevices devices,
        Sessions sessions, AccessTokens accessTokens, GuestMerges merges, SecurityEvents security,
        CancellationToken cancellationToken)
    {
        if (Check(request) is { Length: > 0 } errors)
            return Problem.Validation(errors);

        // Only failures count: who knows the password is asked for nothing.
        if (await work.CheckAsync(context, WorkAction.SignIn, counts: false) is { } asked)
            return asked;
        var verified = await passwords.VerifyAsync(
            context, request.Email, request.Password, "sign-in", session: null, cancellationToken);
        if (verified.Problem is { } refusal)
            return refusal;
        if (!verified.IsRight)
        {
            work.Note(context, WorkAction.SignIn);
            return Refuse(context);
        }

        var account = verified.Account;
        // Signing in in the middle of buying must not lose the hold. Written down before the session that replaces the
        // guest's: what the guest has can be reached by nothing else afterwards.
        if (Buyer.TryFrom(context.User) is { IsGuest: true } guest)
            await merges.SignedInAsync(guest.Id, account.Id);
        if (await sessions.StartAsync(
            account, DeviceDescription.Of(context.Request), cancellationToken) is not { } token)
            return Refuse(context); // The password was changed since it was compared.
        security.SignedIn(
            account.Id, token.SessionId, AddressRange.Of(context.Connection.RemoteIpAddress), verified.IsKnownDevice);
        devices.Remember(context, account);
        RefreshCookie.Write(context.Response, token);
        return TypedResults.Ok(accessTokens.Issue(account.ToProfile(), token.SessionId));
    }

    private static Problem Refuse(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = AuthorizationProblems.Challenge;
        return InvalidCredentials;
    }

    // Only what no account can have: anything else is answered as a wrong password.
    private static (string Field, string Message)[] Check(LoginRequest request)
    {
        List<(string Field, string Message)> errors = [];
        if (AccountRules.CheckEmail(request.Email, out _) is { } badEmail)
            errors.Add(("email", badEmail));
        if (CheckPassword(request.Password) is { } badPassword)
            errors.Add(("password", badPassword));
        return [.. errors];
    }

    /// <summary>Why no account can have this password; nothing: one could.</summary>
    internal static string? CheckPassword(string password) => password switch
    {
        "" => "Give a password.",
        { Length: > 2 * AccountsLimits.PasswordMaxCharacters } =>
            $"The password has at most {AccountsLimits.PasswordMaxCharacters} characters.",
        _ when !AccountRules.IsPlainText(password) => "The password has characters that cannot be typed.",
        _ => null,
    };
}

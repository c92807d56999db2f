using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Signs in with e-mail and password. Whether or not the e-mail has an account, the same steps run in the same order:
/// one statement that counts the attempt and looks, one hash, and the same answer. Too many attempts are refused for an
/// unknown e-mail too, so that a lock can be told openly without telling who has an account.
/// </summary>
internal static class Login
{
    private static readonly Problem InvalidCredentials = new(
        StatusCodes.Status401Unauthorized, "invalid-credentials", "The e-mail address or the password is not right.");

    public static async Task<Results<Ok<SignedIn>, Problem>> HandleAsync(
        LoginRequest request, HttpContext context, SignInAttempts attempts, PasswordHashingLimiter passwords,
        AccountStore accounts, Sessions sessions, AccessTokens accessTokens, GuestMerges merges,
        CancellationToken cancellationToken)
    {
        if (Check(request) is { Length: > 0 } errors)
            return Problem.Validation(errors);

        var attempt = await attempts.CountAsync(request.Email, cancellationToken);
        if (attempt.BlockedForSeconds is { } seconds)
            return TooManyAttempts(seconds);

        using (var turn = await passwords.EnterAsync(cancellationToken))
        {
            if (!turn.IsAcquired)
                return PasswordHashingLimiter.Overloaded;
            if (!await VerifyAsync(attempt.Account, request.Password, passwords, accounts, cancellationToken))
            {
                context.Response.Headers.WWWAuthenticate = AuthorizationProblems.Challenge;
                return InvalidCredentials;
            }
        }

        var account = attempt.Account!;
        await attempts.ForgetAsync(request.Email, cancellationToken);
        // Signing in in the middle of buying must not lose the hold. Written down before the session that replaces the
        // guest's: what the guest has can be reached by nothing else afterwards.
        if (Buyer.TryFrom(context.User) is { IsGuest: true } guest)
            await merges.SignedInAsync(guest.Id, account.Id);
        var token = await sessions.StartAsync(account.Id, account, cancellationToken);
        RefreshCookie.Write(context.Response, token);
        return TypedResults.Ok(accessTokens.Issue(account.ToProfile()));
    }

    private static async Task<bool> VerifyAsync(
        Account? account, string password, PasswordHashingLimiter passwords, AccountStore accounts,
        CancellationToken cancellationToken)
    {
        var verified = passwords.Verify(account, password);
        // Hashes made with weaker settings of the past are replaced while the password is at hand.
        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            var stronger = passwords.Hash(account!, password);
            await accounts.RehashAsync(account!.Id, account.PasswordHash!, stronger, cancellationToken);
        }

        return verified != PasswordVerificationResult.Failed;
    }

    // Only what no account can have: anything else is answered as a wrong password.
    private static (string Field, string Message)[] Check(LoginRequest request)
    {
        List<(string Field, string Message)> errors = [];
        if (AccountRules.CheckEmail(request.Email, out _) is { } badEmail)
            errors.Add(("email", badEmail));
        if (request.Password.Length == 0)
            errors.Add(("password", "Give a password."));
        else if (request.Password.Length > 2 * AccountsLimits.PasswordMaxCharacters)
            errors.Add(("password", $"The password has at most {AccountsLimits.PasswordMaxCharacters} characters."));
        else if (!AccountRules.IsPlainText(request.Password))
            errors.Add(("password", "The password has characters that cannot be typed."));
        return [.. errors];
    }

    private static Problem TooManyAttempts(int seconds) => new(
        StatusCodes.Status429TooManyRequests, "too-many-attempts",
        "There were too many attempts to sign in with this e-mail address. Try again later.")
    {
        RetryAfterSeconds = seconds,
    };
}

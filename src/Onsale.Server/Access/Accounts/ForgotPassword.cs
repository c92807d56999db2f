using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// POST /auth/password/forgot: mails a link to set another password, if there is such an account. The answer is the
/// same either way, and is sent before anything is looked up, so that its time tells nothing.
/// </summary>
internal static class ForgotPassword
{
    public static async Task<Results<Accepted, Problem>> HandleAsync(
        ForgotPasswordRequest request, HttpContext context, SignInAttempts attempts,
        AccountStore accounts, AccountMails mails, SecurityEvents security, CancellationToken cancellationToken)
    {
        if (AccountRules.CheckEmail(request.Email, out var email) is { } badEmail)
            return Problem.Validation(("email", badEmail));
        var emailKey = new EmailNormalizer().NormalizeEmail(email);
        var address = AddressRange.Of(context.Connection.RemoteIpAddress);
        // Whoever is mailed a thousand links is attacked too.
        var attempt = await attempts.CountAsync($"reset {emailKey}", address, knownDevice: null, cancellationToken);
        if (attempt.BlockedForSeconds is { } seconds)
        {
            security.AttemptBlocked(emailKey, address, attempt.Scope);
            return PasswordVerification.TooManyAttempts(seconds);
        }

        var language = Languages.Choose(context.Request);
        context.Response.OnCompleted(async () =>
        {
            if (await accounts.FindByEmailAsync(emailKey, CancellationToken.None) is { } account)
                await mails.SendPasswordResetAsync(account, language);
        });
        return TypedResults.Accepted((string?)null);
    }
}

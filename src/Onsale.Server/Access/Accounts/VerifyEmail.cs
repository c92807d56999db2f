using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Access.Accounts;

/// <summary>E-mail addresses of accounts, confirmed by a mailed link.</summary>
internal static class VerifyEmail
{
    /// <summary>POST /auth/email/verify.</summary>
    public static async Task<Results<NoContent, Problem>> HandleAsync(
        VerifyEmailRequest request, AccountStore accounts) =>
        await accounts.VerifyEmailAsync(request.Token) ? TypedResults.NoContent() : ResetPassword.LinkInvalid;

    /// <summary>POST /me/email-verification: mails another link.</summary>
    public static async Task<Results<Accepted, Problem>> SendAsync(
        Buyer buyer, HttpContext context, AccountStore accounts, AccountMails mails, SignInAttempts attempts,
        CancellationToken cancellationToken)
    {
        if (buyer.IsGuest)
            return Me.GuestHasNoProfile;
        if (await accounts.FindByIdAsync(buyer.Id, cancellationToken) is not { } account)
            return Me.NoSuchAccount;
        var attempt = await attempts.CountAsync(
            $"verify {account.EmailKey}", AddressRange.Of(context.Connection.RemoteIpAddress), knownDevice: null,
            cancellationToken);
        if (attempt.BlockedForSeconds is { } seconds)
            return PasswordVerification.TooManyAttempts(seconds);
        await mails.SendVerificationAsync(account, Languages.Choose(context.Request));
        return TypedResults.Accepted((string?)null);
    }
}

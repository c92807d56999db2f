using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// POST /auth/password/reset: sets another password with a mailed link, and ends all sessions of the account. The link
/// is used up only when the new password is taken.
/// </summary>
internal static class ResetPassword
{
    internal static readonly Problem LinkInvalid = new(
        StatusCodes.Status404NotFound, "link-invalid",
        "This link was used before or its time is over. Ask for a new one.");

    public static async Task<Results<NoContent, Problem>> HandleAsync(
        ResetPasswordRequest request, HttpContext context, AccountLinks links, AccountStore accounts,
        PasswordHashingLimiter hashing, SecurityEvents security, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(request.Token, AccountLinkKind.PasswordReset, cancellationToken) is not { } accountId
            || await accounts.FindByIdAsync(accountId, cancellationToken) is not { } account)
        {
            return LinkInvalid;
        }

        var password = PasswordRules.Normalize(request.NewPassword);
        if (PasswordRules.Check(password, account.Email, account.Name) is { } refusal)
            return Problem.Validation(("newPassword", refusal));
        string hash;
        using (var turn = await hashing.EnterAsync(
            AddressRange.Of(context.Connection.RemoteIpAddress), cancellationToken))
        {
            if (turn is null)
                return PasswordHashingLimiter.Overloaded;
            hash = hashing.Hash(account, password);
        }

        if (await accounts.ResetPasswordAsync(request.Token, hash) is not { } ended)
            return LinkInvalid;
        security.PasswordChanged(account.Id, ended);
        return TypedResults.NoContent();
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Another password for the account: the way to take it back from somebody else who knows the old one. All other
/// sessions end at once, and no device counts as known any more but by its next sign-in.
/// </summary>
internal static class ChangePassword
{
    /// <summary>The token is good, so it is not 401, which asks for a new one.</summary>
    internal static readonly Problem WrongPassword = new(
        StatusCodes.Status403Forbidden, "invalid-credentials", "The present password is not right.");

    public static async Task<Results<NoContent, Problem>> HandleAsync(
        PasswordChange change, Caller caller, HttpContext context, AccountStore accounts,
        PasswordVerification passwords, PasswordHashingLimiter hashing, SecurityEvents security,
        CancellationToken cancellationToken)
    {
        if (caller.Buyer.IsGuest)
            return Me.GuestHasNoProfile;
        if (await accounts.FindByIdAsync(caller.Buyer.Id, cancellationToken) is not { } account)
            return Me.NoSuchAccount;
        var password = PasswordRules.Normalize(change.NewPassword);
        if (PasswordRules.Check(password, account.Email, account.Name) is { } refusal)
            return Problem.Validation(("newPassword", refusal));
        if (Login.CheckPassword(change.CurrentPassword) is { } malformed)
            return Problem.Validation(("currentPassword", malformed));

        var verified = await passwords.VerifyAsync(
            context, account.Email, change.CurrentPassword, "password-change", caller.SessionId, cancellationToken);
        if (verified.Problem is { } problem)
            return problem;
        if (!verified.IsRight)
            return WrongPassword;

        string hash;
        using (var turn = await hashing.EnterAsync(
            AddressRange.Of(context.Connection.RemoteIpAddress), cancellationToken))
        {
            if (turn is null)
                return PasswordHashingLimiter.Overloaded;
            hash = hashing.Hash(account, password);
        }

        if (await accounts.ChangePasswordAsync(verified.Account, hash, caller.SessionId) is not { } ended)
            return WrongPassword; // Somebody else changed it since it was compared.
        security.PasswordChanged(account.Id, ended);
        return TypedResults.NoContent();
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Deletes the account with everything that names a person: e-mail, name, password, sessions, memberships, contacts of
/// bookings. Bookings and payments stay in the books under an id that belongs to nobody: tickets remain valid and can
/// no longer be shown or cancelled, holds run out, nothing is refunded.
/// </summary>
internal static class DeleteAccount
{
    private static readonly Problem LastOwner = new(
        StatusCodes.Status409Conflict, "last-owner",
        "You are the only owner of an organisation. Make somebody else an owner first.");

    public static async Task<Results<NoContent, Problem>> HandleAsync(
        [FromBody] AccountDeletion deletion, Caller caller, HttpContext context, AccountStore accounts,
        PasswordVerification passwords, SecurityEvents security, CancellationToken cancellationToken)
    {
        if (caller.Buyer.IsGuest)
            return Me.GuestHasNoProfile;
        if (await accounts.FindByIdAsync(caller.Buyer.Id, cancellationToken) is not { } account)
            return Me.NoSuchAccount;
        if (Login.CheckPassword(deletion.Password) is { } malformed)
            return Problem.Validation(("password", malformed));

        var verified = await passwords.VerifyAsync(
            context, account.Email, deletion.Password, "account-deletion", caller.SessionId, cancellationToken);
        if (verified.Problem is { } problem)
            return problem;
        if (!verified.IsRight)
            return ChangePassword.WrongPassword;

        switch (await accounts.DeleteAsync(verified.Account))
        {
            case AccountDeleted.LastOwner:
                return LastOwner;
            case AccountDeleted.Changed:
                return ChangePassword.WrongPassword;
            default:
                security.AccountDeleted(account.Id);
                RefreshCookie.Clear(context.Response);
                return TypedResults.NoContent();
        }
    }
}

/// <summary>What became of deleting an account.</summary>
internal enum AccountDeleted
{
    Deleted,

    /// <summary>Its password was changed, or it was deleted, since the password was compared.</summary>
    Changed,

    /// <summary>An organisation would be left without an owner.</summary>
    LastOwner,
}

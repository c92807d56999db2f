using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>The signed-in buyer's own profile.</summary>
internal static class Me
{
    public const string Path = "/api/v1/me";

    internal static readonly Problem NoSuchAccount = new(
        StatusCodes.Status401Unauthorized, "unauthenticated", "This account does not exist any more.");

    internal static readonly Problem GuestHasNoProfile = new(
        StatusCodes.Status403Forbidden, "forbidden",
        "A guest session has no profile and no password. Register to have them.");

    public static async Task<Results<Ok<Profile>, Problem>> GetAsync(
        Buyer buyer, AccountStore accounts, CancellationToken cancellationToken)
    {
        if (buyer.IsGuest)
            return TypedResults.Ok(Profile.OfGuest(buyer.Id));
        return await accounts.FindByIdAsync(buyer.Id, cancellationToken) is { } account
            ? TypedResults.Ok(account.ToProfile())
            : NoSuchAccount;
    }

    public static async Task<Results<Ok<Profile>, Problem>> ChangeAsync(
        ProfileChange change, Buyer buyer, AccountStore accounts, CancellationToken cancellationToken)
    {
        if (buyer.IsGuest)
            return GuestHasNoProfile;
        if (AccountRules.CheckName(change.Name, out var name) is { } refusal)
            return Problem.Validation(("name", refusal));
        return await accounts.RenameAsync(buyer.Id, name, cancellationToken) is { } account
            ? TypedResults.Ok(account.ToProfile())
            : NoSuchAccount;
    }
}

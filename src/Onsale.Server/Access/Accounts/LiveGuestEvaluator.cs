using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Refuses the token of a guest who has become an account or was merged into one, as if it had expired. Every route
/// that asks for a buyer asks here; a guest is looked up in the database, except on routes marked with
/// <see cref="GuestInMemory"/>.
/// </summary>
internal sealed class LiveGuestEvaluator(
    IAuthorizationService authorization, EndedGuests ended, GuestMergeStore merges) : SignedInEvaluator(authorization)
{
    public override Task<PolicyAuthorizationResult> AuthorizeAsync(
        AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource)
    {
        if (Buyer.TryFrom(context.User) is not { IsGuest: true } guest)
            return base.AuthorizeAsync(policy, authenticationResult, context, resource);
        if (ended.Contains(guest.Id))
            return Task.FromResult(PolicyAuthorizationResult.Challenge());
        return context.GetEndpoint()?.Metadata.GetMetadata<GuestInMemory>() is null
            ? LookUpAsync(guest.Id, policy, authenticationResult, context, resource)
            : base.AuthorizeAsync(policy, authenticationResult, context, resource);
    }

    private async Task<PolicyAuthorizationResult> LookUpAsync(
        Guid guestId, AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context,
        object? resource)
    {
        if (await merges.IsEndedAsync(guestId, context.RequestAborted))
        {
            ended.Add(guestId);
            return PolicyAuthorizationResult.Challenge();
        }

        return await base.AuthorizeAsync(policy, authenticationResult, context, resource);
    }
}

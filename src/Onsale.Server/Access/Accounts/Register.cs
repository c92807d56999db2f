using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;
using Onsale.Platform.Work;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// A new account. With a guest's access token the guest becomes the account: it keeps its id, and so its bookings.
/// </summary>
internal static class Register
{
    private static readonly Problem EmailTaken = new(
        StatusCodes.Status409Conflict, "email-taken", "There is an account with this e-mail address. Sign in instead.");

    private static readonly Problem AlreadyRegistered = new(
        StatusCodes.Status409Conflict, "already-registered",
        "This guest has become an account before. Sign in instead.");

    public static async Task<Results<Created<SignedIn>, Problem>> HandleAsync(
        RegisterRequest request, HttpContext context, WorkGate work, AccountCreation creation, KnownDevices devices,
        Sessions sessions, AccessTokens accessTokens, SecurityEvents security, GuestMerges merges,
        AccountMails mails, CancellationToken cancellationToken)
    {
        var buyer = Buyer.TryFrom(context.User);
        // A guest whose token has just run out would silently get another id, and lose what it booked.
        if (buyer is null && context.Request.Headers.Authorization.Count > 0)
            return AuthorizationProblems.Unauthenticated(context);

        if (await work.CheckAsync(context, WorkAction.Register) is { } asked)
            return asked;
        var address = AddressRange.Of(context.Connection.RemoteIpAddress);
        Guid? guest = buyer is { IsGuest: true } ? buyer.Value.Id : null;
        var created = await creation.CreateAsync(
            request.Email, request.Password, request.Name, [Role.Buyer], cancellationToken, guest, address);
        switch (created)
        {
            case AccountCreated.Account(var account):
                // The guest's own session ends by itself: it is refused as soon as an account has its id.
                if (guest is { } ended)
                    merges.Registered(ended);
                var token = await sessions.StartAsync(
                    account, DeviceDescription.Of(context.Request), cancellationToken)
                    ?? throw new InvalidOperationException($"Account {account.Id} changed while it was registered.");
                security.Registered(account.Id, account.EmailKey, address, guest is not null);
                devices.Remember(context, account);
                await mails.SendVerificationAsync(account, Languages.Choose(context.Request));
                RefreshCookie.Write(context.Response, token);
                return TypedResults.Created(Me.Path, accessTokens.Issue(account.ToProfile(), token.SessionId));
            case AccountCreated.Invalid(var errors):
                return Problem.Validation(errors);
            case AccountCreated.EmailTaken:
                return EmailTaken;
            case AccountCreated.IdTaken:
                return AlreadyRegistered;
            case AccountCreated.Overloaded:
                return PasswordHashingLimiter.Overloaded;
            default:
                throw new InvalidOperationException("Unknown outcome.");
        }
    }
}

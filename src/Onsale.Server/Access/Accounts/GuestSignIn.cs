using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Work;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// A guest session for quick buying: an id, a token and one inserted row, no password and no account.
/// </summary>
internal static class GuestSignIn
{
    public static async Task<Results<Created<SignedIn>, Problem>> HandleAsync(
        HttpContext context, WorkGate work, Sessions sessions, AccessTokens accessTokens, TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        if (await work.CheckAsync(context, WorkAction.Guest) is { } asked)
            return asked;
        var id = Guid.CreateVersion7(timeProvider.GetUtcNow());
        var token = await sessions.StartGuestAsync(id, DeviceDescription.Of(context.Request), cancellationToken);
        RefreshCookie.Write(context.Response, token);
        return TypedResults.Created(Me.Path, accessTokens.Issue(Profile.OfGuest(id), token.SessionId));
    }
}

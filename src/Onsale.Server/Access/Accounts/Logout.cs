using Microsoft.AspNetCore.Http.HttpResults;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Ends the session of the refresh cookie. Without one there is nothing to end, and the answer is the same.
/// </summary>
internal static class Logout
{
    public static async Task<NoContent> HandleAsync(
        HttpContext context, Sessions sessions, CancellationToken cancellationToken)
    {
        if (RefreshToken.TryParse(RefreshCookie.Read(context.Request, out _), out var token))
            await sessions.EndAsync(token, cancellationToken);
        RefreshCookie.Clear(context.Response);
        return TypedResults.NoContent();
    }
}

using System.Security.Claims;

namespace Onsale.Platform.Identity;

/// <summary>
/// Who books: an account or a guest session, as the access token says. Bound from the request in a handler's
/// parameters; the route must require authorization.
/// </summary>
internal readonly record struct Buyer(Guid Id, bool IsGuest)
{
    /// <summary>Reads the two claims that say it: no lookup, no allocation.</summary>
    public static Buyer From(ClaimsPrincipal principal) =>
        TryFrom(principal)
        ?? throw new InvalidOperationException("A buyer is asked for on a route that does not require authorization.");

    /// <summary>The buyer, or nothing for a request without a valid access token.</summary>
    public static Buyer? TryFrom(ClaimsPrincipal principal) =>
        principal.FindFirst(TokenClaims.Subject) is { } subject && Guid.TryParse(subject.Value, out var id)
            ? new Buyer(id, principal.FindFirst(TokenClaims.Kind)?.Value == TokenClaims.GuestKind)
            : null;

    public static ValueTask<Buyer> BindAsync(HttpContext context) => ValueTask.FromResult(From(context.User));
}

using System.Security.Claims;

namespace Onsale.Platform.Identity;

/// <summary>Claims of an access token.</summary>
internal static class TokenClaims
{
    public const string Subject = "sub";
    public const string Kind = "kind";
    public const string Name = "name";
    public const string Role = "role";
    public const string Session = "sid";
    public const string GuestKind = "guest";
    public const string AccountKind = "account";

    /// <summary>The session that the token was issued for; empty: none.</summary>
    public static Guid SessionOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirst(Session)?.Value, out var id) ? id : Guid.Empty;
}

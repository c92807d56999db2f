namespace Onsale.Platform.Identity;

/// <summary>Claims of an access token.</summary>
internal static class TokenClaims
{
    public const string Subject = "sub";
    public const string Kind = "kind";
    public const string Name = "name";
    public const string Role = "role";
    public const string GuestKind = "guest";
    public const string AccountKind = "account";
}

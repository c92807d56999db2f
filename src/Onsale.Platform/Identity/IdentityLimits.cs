namespace Onsale.Platform.Identity;

/// <summary>Bounds of access tokens.</summary>
internal static class IdentityLimits
{
    /// <summary>How long an access token is valid.</summary>
    public const int AccessTokenMinutes = 15;
}

namespace Onsale.Platform.Identity;

/// <summary>Bounds of access tokens.</summary>
internal static class IdentityLimits
{
    /// <summary>How long an access token is valid.</summary>
    public const int AccessTokenMinutes = 15;

    /// <summary>
    /// How often a node reads which guests have ended at others: how long a dead token may still hold places.
    /// </summary>
    public const int EndedGuestsSeconds = 1;
}

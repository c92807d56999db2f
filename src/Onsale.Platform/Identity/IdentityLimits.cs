namespace Onsale.Platform.Identity;

/// <summary>Bounds of access tokens and of what is remembered about their callers.</summary>
internal static class IdentityLimits
{
    /// <summary>How long an access token is valid.</summary>
    public const int AccessTokenMinutes = 15;

    /// <summary>
    /// How often a node reads which guests have ended at others: how long a dead token may still hold places.
    /// </summary>
    public const int EndedGuestsSeconds = 1;

    /// <summary>How long the end of a session is remembered: longer than any of its access tokens is valid.</summary>
    public const int EndedSessionMinutes = AccessTokenMinutes + 2;

    /// <summary>
    /// Ended sessions in memory, about 100 bytes each; tokens of any more stay valid until they expire.
    /// </summary>
    public const int MaxEndedSessions = 500_000;

    /// <summary>Time between two log entries about one caller's refused requests.</summary>
    public const int RateLimitLogSeconds = 60;

    /// <summary>Callers whose last log entry about refused requests is remembered.</summary>
    public const int MaxRateLimitedCallers = 10_000;
}

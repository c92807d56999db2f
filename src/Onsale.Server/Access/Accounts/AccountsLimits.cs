namespace Onsale.Server.Access.Accounts;

/// <summary>Every limit of this module.</summary>
internal static class AccountsLimits
{
    public const int RefreshTokenDays = 7;

    /// <summary>However often it is refreshed, a session ends after this time and asks for a new sign-in.</summary>
    public const int SessionDays = 90;

    /// <summary>How long the token before the present one still gets the answer that it got at first.</summary>
    public const int RotationGraceSeconds = 30;

    /// <summary>Access tokens kept unprotected in memory: about 1.5 KB each.</summary>
    public const int CachedTokens = 32_768;

    public const int EmailCharacters = 254;

    public const int EmailLocalPartCharacters = 64;

    public const int NameCharacters = 100;

    public const int PasswordMinCharacters = 8;

    public const int PasswordMaxCharacters = 128;

    /// <summary>What OWASP advises for PBKDF2 with HMAC-SHA-512.</summary>
    public const int PasswordIterations = 210_000;

    /// <summary>Password hashes waiting for a processor; more are refused with 503.</summary>
    public const int PasswordQueue = 128;

    /// <summary>Attempts to sign in with one e-mail inside <see cref="SignInWindowSeconds"/>.</summary>
    public const int SignInAttempts = 10;

    public const int SignInWindowSeconds = 15 * 60;

    public const int RequestBytes = 16 * 1024;

    public const int CleanUpEverySeconds = 60;

    public const int CleanUpBatchRows = 1_000;

    /// <summary>Batches a round; the rest waits for the next, so that cleaning never competes with selling.</summary>
    public const int CleanUpBatches = 50;

    /// <summary>How long a sign-in waits for the guest's bookings to move.</summary>
    public const int MergeWaitMilliseconds = 1_000;

    /// <summary>How long one node's try at a merge keeps the others from it.</summary>
    public const int MergeLeaseSeconds = 30;

    /// <summary>
    /// Age of a merge at the last look for bookings: what was under way with the guest's last access token has ended.
    /// </summary>
    public const int MergeLastLookMinutes = 20;
}

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
    public const int PasswordQueue = 64;

    /// <summary>Of these, from one address range.</summary>
    public const int PasswordQueuePerAddress = 8;

    /// <summary>Longest wait for a processor; then 503.</summary>
    public const int PasswordWaitMilliseconds = 3_000;

    /// <summary>
    /// Wrong passwords of one address range within <see cref="SuspectSeconds"/> until others go first.
    /// </summary>
    public const int SuspectFailures = 3;

    public const int SuspectSeconds = 60;

    /// <summary>Address ranges whose failures are remembered.</summary>
    public const int MaxSuspects = 10_000;

    /// <summary>Of so many turns, one is for address ranges with failures, however many others wait.</summary>
    public const int TurnsPerSuspect = 4;

    /// <summary>
    /// Attempts at the password of one e-mail from one address range, or from one known device, inside
    /// <see cref="SignInWindowSeconds"/>.
    /// </summary>
    public const int SignInAttempts = 10;

    /// <summary>Attempts at the password of one e-mail from all unknown devices together.</summary>
    public const int SignInAttemptsPerEmail = 30;

    /// <summary>How long a link to set another password is good.</summary>
    public const int PasswordResetMinutes = 60;

    /// <summary>How long a link to confirm an e-mail address is good.</summary>
    public const int EmailVerificationMinutes = 3 * 24 * 60;

    /// <summary>How long a device is known after its last sign-in with a password.</summary>
    public const int KnownDeviceDays = 180;

    /// <summary>Sessions of one account; the sign-in after that ends the one that was not used for longest.</summary>
    public const int SessionsPerSubject = 100;

    /// <summary>How long a guest that never booked is kept after its last refresh.</summary>
    public const int TrialMinutes = 60;

    /// <summary>Time between two looks for sessions that other nodes ended.</summary>
    public const int EndedSessionsPollMilliseconds = 1_000;

    /// <summary>How far a look reaches back before the one before it: commits arrive out of order.</summary>
    public const int EndedSessionsOverlapSeconds = 15;

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

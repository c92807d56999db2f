using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Onsale.Platform.Identity;

/// <summary>
/// What somebody who watches for attacks needs: each event is one structured log entry of the category
/// <c>Onsale.Security</c> and one count of <c>onsale.security.events</c> by its name. Accounts and sessions appear by
/// id; e-mail addresses and network addresses only as keyed hashes, so that the log holds no personal data but lets
/// entries of one origin be put together.
/// </summary>
internal sealed partial class SecurityEvents
{
    public const string Category = "Onsale.Security";

    private readonly KeyedHash _hash;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Counter<long> _events;

    // One caller that is refused a thousand times a second is one entry a minute; the counter has them all.
    private readonly ConcurrentDictionary<(string Policy, UInt128 Caller), long> _rateLimited = new();

    public SecurityEvents(KeyedHash hash, IMeterFactory meters, TimeProvider time, ILoggerFactory loggers)
    {
        (_hash, _time, _logger) = (hash, time, loggers.CreateLogger(Category));
        _events = meters.Create(Category).CreateCounter<long>(
            "onsale.security.events", "{event}", "Security events, by kind.");
    }

    public void SignedIn(Guid accountId, Guid sessionId, UInt128 address, bool isKnownDevice)
    {
        Count("sign-in");
        LogSignedIn(accountId, sessionId, _hash.OfAddress(address), isKnownDevice);
    }

    public void PasswordRefused(string normalizedEmail, UInt128 address, string purpose)
    {
        Count("password-refused");
        LogPasswordRefused(_hash.OfEmail(normalizedEmail), _hash.OfAddress(address), purpose);
    }

    /// <summary>An attempt over the limit, refused without comparing the password.</summary>
    /// <param name="normalizedEmail">Hashed before it is logged.</param>
    /// <param name="address">Hashed before it is logged.</param>
    /// <param name="scope">What was counted: <c>device</c>, <c>address</c> or <c>email</c>.</param>
    public void AttemptBlocked(string normalizedEmail, UInt128 address, string scope)
    {
        Count("attempt-blocked");
        LogAttemptBlocked(_hash.OfEmail(normalizedEmail), _hash.OfAddress(address), scope);
    }

    public void Registered(Guid accountId, string normalizedEmail, UInt128 address, bool wasGuest)
    {
        Count("registration");
        LogRegistered(accountId, _hash.OfEmail(normalizedEmail), _hash.OfAddress(address), wasGuest);
    }

    /// <summary>Only counted: guests come by the thousand, and a guest alone means nothing.</summary>
    public void GuestStarted() => Count("guest");

    public void SignedOut(Guid subjectId, Guid sessionId)
    {
        Count("sign-out");
        LogSignedOut(subjectId, sessionId);
    }

    public void SessionsEnded(Guid subjectId, int sessions)
    {
        Count("sessions-ended");
        LogSessionsEnded(subjectId, sessions);
    }

    public void PasswordChanged(Guid accountId, int endedSessions)
    {
        Count("password-changed");
        LogPasswordChanged(accountId, endedSessions);
    }

    public void AccountDeleted(Guid accountId)
    {
        Count("account-deleted");
        LogAccountDeleted(accountId);
    }

    public void GuestMerged(Guid guestId, Guid accountId)
    {
        Count("guest-merged");
        LogGuestMerged(guestId, accountId);
    }

    public void RefreshTokenReused(Guid subjectId, Guid sessionId)
    {
        Count("refresh-token-reused");
        LogRefreshTokenReused(sessionId, subjectId);
    }

    public void RefreshTokenUnknown(Guid sessionId)
    {
        Count("refresh-token-unknown");
        LogRefreshTokenUnknown(sessionId);
    }

    public void CookieDoubled(UInt128 address)
    {
        Count("cookie-doubled");
        LogCookieDoubled(_hash.OfAddress(address));
    }

    /// <summary>A request over its rate limit.</summary>
    /// <param name="policy">The limit's name.</param>
    /// <param name="caller">The buyer's id or the address range, as a number.</param>
    public void RateLimited(string policy, UInt128 caller)
    {
        Count("rate-limited");
        var now = _time.GetTimestamp();
        if (_rateLimited.TryGetValue((policy, caller), out var logged)
            && _time.GetElapsedTime(logged, now).TotalSeconds < IdentityLimits.RateLimitLogSeconds)
        {
            return;
        }

        if (_rateLimited.Count >= IdentityLimits.MaxRateLimitedCallers)
            _rateLimited.Clear();
        _rateLimited[(policy, caller)] = now;
        LogRateLimited(_hash.OfAddress(caller), policy);
    }

    private void Count(string name) => _events.Add(1, KeyValuePair.Create("event", (object?)name));

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information,
        Message =
            "Account {AccountId} signed in: session {SessionId}, address {AddressHash}, known device {IsKnownDevice}")]
    private partial void LogSignedIn(Guid accountId, Guid sessionId, string addressHash, bool isKnownDevice);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Information,
        Message = "Password refused for e-mail {EmailHash} from address {AddressHash}, for {Purpose}")]
    private partial void LogPasswordRefused(string emailHash, string addressHash, string purpose);

    [LoggerMessage(EventId = 3103, Level = LogLevel.Warning,
        Message = "Password attempt blocked for e-mail {EmailHash} from address {AddressHash}: too many by {Scope}")]
    private partial void LogAttemptBlocked(string emailHash, string addressHash, string scope);

    [LoggerMessage(EventId = 3104, Level = LogLevel.Information,
        Message = "Account {AccountId} registered: e-mail {EmailHash}, address {AddressHash}, was a guest {WasGuest}")]
    private partial void LogRegistered(Guid accountId, string emailHash, string addressHash, bool wasGuest);

    [LoggerMessage(EventId = 3105, Level = LogLevel.Information,
        Message = "Buyer {SubjectId} signed out: session {SessionId}")]
    private partial void LogSignedOut(Guid subjectId, Guid sessionId);

    [LoggerMessage(EventId = 3106, Level = LogLevel.Information,
        Message = "Buyer {SubjectId} ended {Sessions} sessions")]
    private partial void LogSessionsEnded(Guid subjectId, int sessions);

    [LoggerMessage(EventId = 3107, Level = LogLevel.Information,
        Message = "Password of account {AccountId} changed, {EndedSessions} other sessions ended")]
    private partial void LogPasswordChanged(Guid accountId, int endedSessions);

    [LoggerMessage(EventId = 3108, Level = LogLevel.Information, Message = "Account {AccountId} deleted")]
    private partial void LogAccountDeleted(Guid accountId);

    [LoggerMessage(EventId = 3109, Level = LogLevel.Information,
        Message = "Guest {GuestId} merged into account {AccountId}")]
    private partial void LogGuestMerged(Guid guestId, Guid accountId);

    [LoggerMessage(EventId = 3110, Level = LogLevel.Warning,
        Message =
            "Refresh token of session {SessionId} used again after it was replaced: session of {SubjectId} revoked")]
    private partial void LogRefreshTokenReused(Guid sessionId, Guid subjectId);

    [LoggerMessage(EventId = 3111, Level = LogLevel.Warning,
        Message = "Refresh token with an unknown secret for session {SessionId} refused")]
    private partial void LogRefreshTokenUnknown(Guid sessionId);

    [LoggerMessage(EventId = 3112, Level = LogLevel.Warning,
        Message = "Request with two refresh cookies from address {AddressHash} refused")]
    private partial void LogCookieDoubled(string addressHash);

    [LoggerMessage(EventId = 3113, Level = LogLevel.Warning,
        Message = "Requests of caller {CallerHash} over rate limit {Policy} refused")]
    private partial void LogRateLimited(string callerHash, string policy);
}

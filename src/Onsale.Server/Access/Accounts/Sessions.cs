using System.Security.Cryptography;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Signed-in sessions: the refresh-token families of accounts and guests. Every refresh replaces the token; one that
/// was replaced before is proof that two parties hold it, and ends the session for both (OAuth 2.0 Security BCP, RFC
/// 9700 section 4.14.2). The reasons are in <c>docs/adr/0007-refresh-token-rotation.md</c>.
/// </summary>
internal sealed partial class Sessions(SessionStore store, TimeProvider timeProvider, ILogger<Sessions> logger)
{
    // Two refreshes at once settle in the second round; more rounds mean that something else is wrong.
    private const int Rounds = 3;

    /// <summary>Starts a session of an account, or with no account of a guest, in one round trip.</summary>
    public async Task<RefreshToken> StartAsync(Guid subjectId, Account? account, CancellationToken cancellationToken)
    {
        var token = RefreshToken.Create(Guid.CreateVersion7(timeProvider.GetUtcNow()));
        await store.InsertAsync(
            token, subjectId, account?.SecurityStamp, RefreshToken.CreateRotationKey(), cancellationToken);
        return token;
    }

    /// <summary>The successor of a refresh token and whom it signs in; nothing when it is no longer good.</summary>
    public async Task<(RefreshToken Token, Profile Profile)?> RefreshAsync(
        RefreshToken presented, CancellationToken cancellationToken)
    {
        var hash = presented.Hash;
        for (var round = 0; round < Rounds; round++)
        {
            if (await store.FindAsync(presented.SessionId, cancellationToken) is not { } session)
                return null;

            var successor = presented.Successor(session.RotationKey);
            switch (Decide(session, hash))
            {
                case RefreshDecision.Rotate:
                    if (await store.RotateAsync(session.Id, hash, successor.Hash, cancellationToken))
                        return (successor, session.Profile);
                    break; // Another request rotated it meanwhile: look again.
                case RefreshDecision.Repeat:
                    return (successor, session.Profile);
                case RefreshDecision.Reused:
                    LogReused(session.Id, session.SubjectId);
                    await store.DeleteAsync(session.Id, cancellationToken);
                    return null;
                case RefreshDecision.Ended:
                    await store.DeleteAsync(session.Id, cancellationToken);
                    return null;
                default:
                    throw new InvalidOperationException("Unknown decision.");
            }
        }

        throw new InvalidOperationException(
            $"Session {presented.SessionId} changed under every attempt to refresh it.");
    }

    /// <summary>Ends the session that a refresh token belongs to, whichever of its tokens it is.</summary>
    public Task EndAsync(RefreshToken token, CancellationToken cancellationToken) =>
        store.DeleteAsync(token.SessionId, cancellationToken);

    /// <summary>What to do with a presented refresh token: decided on the row alone, by the database's clock.</summary>
    internal static RefreshDecision Decide(SessionRow session, ReadOnlySpan<byte> presentedHash)
    {
        if (CryptographicOperations.FixedTimeEquals(presentedHash, session.TokenHash))
            return session.IsLive ? RefreshDecision.Rotate : RefreshDecision.Ended;
        if (session.WithinGrace && CryptographicOperations.FixedTimeEquals(presentedHash, session.PreviousHash))
            return session.IsLive ? RefreshDecision.Repeat : RefreshDecision.Ended;
        return RefreshDecision.Reused;
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning,
        Message = "A refresh token of session {Session} was used again: the session of {Subject} is revoked")]
    private partial void LogReused(Guid session, Guid subject);
}

internal enum RefreshDecision
{
    /// <summary>The present token: replace it.</summary>
    Rotate,

    /// <summary>The token replaced a moment ago, whose successor is still unused: the same answer again.</summary>
    Repeat,

    /// <summary>A token replaced earlier, or one that never was: revoke the session.</summary>
    Reused,

    /// <summary>Expired, or the account's security stamp changed, or the guest has become an account.</summary>
    Ended,
}

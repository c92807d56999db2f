using System.Security.Cryptography;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Signed-in sessions: the refresh-token families of accounts and guests. Every refresh replaces the token; one that
/// was replaced before is proof that two parties hold it, and ends the session for both (OAuth 2.0 Security BCP, RFC
/// 9700 section 4.14.2). The reasons are in <c>docs/adr/0007-refresh-token-rotation.md</c>.
/// </summary>
internal sealed class Sessions(SessionStore store, SecurityEvents security, TimeProvider timeProvider)
{
    // Two refreshes at once settle in the second round; more rounds mean that something else is wrong.
    private const int Rounds = 3;

    /// <summary>Starts the session of a new guest: one insert.</summary>
    public async Task<RefreshToken> StartGuestAsync(
        Guid guestId, DeviceDescription device, CancellationToken cancellationToken)
    {
        var token = RefreshToken.Create(Guid.CreateVersion7(timeProvider.GetUtcNow()));
        await store.InsertGuestAsync(token, guestId, RefreshToken.CreateRotationKey(), device, cancellationToken);
        security.GuestStarted();
        return token;
    }

    /// <summary>
    /// Starts a session of an account; null: its password was changed, or it was deleted, since it was read.
    /// </summary>
    public async Task<RefreshToken?> StartAsync(
        Account account, DeviceDescription device, CancellationToken cancellationToken)
    {
        var token = RefreshToken.Create(Guid.CreateVersion7(timeProvider.GetUtcNow()));
        return await store.InsertAsync(token, account, RefreshToken.CreateRotationKey(), device, cancellationToken)
            ? token
            : null;
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
            switch (Decide(session, presented))
            {
                case RefreshDecision.Rotate:
                    if (await store.RotateAsync(session.Id, hash, successor.Hash, cancellationToken))
                        return (successor, session.Profile);
                    break; // Another request rotated it meanwhile: look again.
                case RefreshDecision.Repeat:
                    return (successor, session.Profile);
                case RefreshDecision.Reused:
                    security.RefreshTokenReused(session.SubjectId, session.Id);
                    await store.EndAsync(session.Id, cancellationToken);
                    return null;
                case RefreshDecision.Ended:
                    await store.EndAsync(session.Id, cancellationToken);
                    return null;
                case RefreshDecision.Unknown:
                    security.RefreshTokenUnknown(session.Id);
                    return null;
                default:
                    throw new InvalidOperationException("Unknown decision.");
            }
        }

        throw new InvalidOperationException(
            $"Session {presented.SessionId} changed under every attempt to refresh it.");
    }

    /// <summary>
    /// Ends the session that a refresh token belongs to, whichever of its tokens it is; a secret that never was one of
    /// its tokens ends nothing.
    /// </summary>
    public async Task EndAsync(RefreshToken token, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(token.SessionId, cancellationToken) is not { } session)
            return;
        if (Decide(session, token) == RefreshDecision.Unknown)
        {
            security.RefreshTokenUnknown(session.Id);
            return;
        }

        await store.EndAsync(session.Id, cancellationToken);
        security.SignedOut(session.SubjectId, session.Id);
    }

    /// <summary>What to do with a presented refresh token: decided on the row alone, by the database's clock.</summary>
    internal static RefreshDecision Decide(SessionRow session, RefreshToken presented)
    {
        var hash = presented.Hash;
        if (CryptographicOperations.FixedTimeEquals(hash, session.TokenHash))
            return session.IsLive ? RefreshDecision.Rotate : RefreshDecision.Ended;
        var isPrevious = CryptographicOperations.FixedTimeEquals(hash, session.PreviousHash);
        if (isPrevious && session.WithinGrace)
            return session.IsLive ? RefreshDecision.Repeat : RefreshDecision.Ended;
        return isPrevious
            || presented.IsPredecessorOf(session.TokenHash, session.RotationKey, session.Rotations)
                ? RefreshDecision.Reused
                : RefreshDecision.Unknown;
    }
}

internal enum RefreshDecision
{
    /// <summary>The present token: replace it.</summary>
    Rotate,

    /// <summary>The token replaced a moment ago, whose successor is still unused: the same answer again.</summary>
    Repeat,

    /// <summary>A token replaced earlier: two parties hold it, revoke the session.</summary>
    Reused,

    /// <summary>A secret that never was one of this session's: refused, without effect on the session.</summary>
    Unknown,

    /// <summary>Expired, or the account's security stamp changed, or the guest has become an account.</summary>
    Ended,
}

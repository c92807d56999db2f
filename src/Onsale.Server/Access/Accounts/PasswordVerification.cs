using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Compares a password with an account's, for signing in and wherever else it is asked for. Whether or not the e-mail
/// has an account, the same steps run in the same order: look up, count the attempt, compare one hash. Too many
/// attempts are refused for an unknown e-mail too, so that a lock can be told openly without telling who has an
/// account.
/// </summary>
internal sealed class PasswordVerification(
    AccountStore accounts, SignInAttempts attempts, KnownDevices devices, PasswordHashingLimiter hashing,
    ILookupNormalizer normalizer, SecurityEvents security)
{
    /// <summary>Verifies a password.</summary>
    /// <param name="context">The request: whose address and device count.</param>
    /// <param name="email">As it was entered.</param>
    /// <param name="password">As it was entered.</param>
    /// <param name="purpose">For the log: <c>sign-in</c>.</param>
    /// <param name="session">A session of this very account, which is as good as a known device; or nothing.</param>
    /// <param name="cancellationToken">Ends the wait for a turn to hash.</param>
    public async Task<PasswordVerified> VerifyAsync(
        HttpContext context, string email, string password, string purpose, Guid? session,
        CancellationToken cancellationToken)
    {
        var key = normalizer.NormalizeEmail(email.Trim());
        var address = AddressRange.Of(context.Connection.RemoteIpAddress);
        var account = await accounts.FindByEmailAsync(key, cancellationToken);
        var device = devices.Find(context.Request, account) ?? session;
        var attempt = await attempts.CountAsync(key, address, device, cancellationToken);
        if (attempt.BlockedForSeconds is { } seconds)
        {
            security.AttemptBlocked(key, address, attempt.Scope);
            return PasswordVerified.Refused(TooManyAttempts(seconds));
        }

        using (var turn = await hashing.EnterAsync(address, cancellationToken))
        {
            if (turn is null)
            {
                await attempts.GiveBackAsync(attempt, CancellationToken.None);
                return PasswordVerified.Refused(PasswordHashingLimiter.Overloaded);
            }

            if (!await MatchesAsync(account, PasswordRules.Normalize(password), cancellationToken))
            {
                hashing.NoteFailure(address);
                security.PasswordRefused(key, address, purpose);
                return PasswordVerified.Wrong;
            }
        }

        await attempts.ForgetAsync(attempt, cancellationToken);
        return new PasswordVerified(account, Problem: null, device is not null);
    }

    private async Task<bool> MatchesAsync(Account? account, string password, CancellationToken cancellationToken)
    {
        var verified = hashing.Verify(account, password);
        // Hashes made with weaker settings of the past are replaced while the password is at hand.
        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            var stronger = hashing.Hash(account!, password);
            await accounts.RehashAsync(account!.Id, account.PasswordHash!, stronger, cancellationToken);
        }

        return verified != PasswordVerificationResult.Failed;
    }

    internal static Problem TooManyAttempts(int seconds) => new(
        StatusCodes.Status429TooManyRequests, "too-many-attempts",
        "There were too many attempts at the password of this e-mail address. Try again later.")
    {
        RetryAfterSeconds = seconds,
    };
}

/// <summary>
/// What became of a password: right with the account, refused with a problem, or neither: it was wrong.
/// </summary>
internal sealed record PasswordVerified(Account? Account, Problem? Problem, bool IsKnownDevice)
{
    public static readonly PasswordVerified Wrong = new(Account: null, Problem: null, IsKnownDevice: false);

    [MemberNotNullWhen(true, nameof(Account))]
    public bool IsRight => Account is not null;

    public static PasswordVerified Refused(Problem problem) => new(Account: null, problem, IsKnownDevice: false);
}

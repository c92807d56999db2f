using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Onsale.Platform.Http;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Hashing a password takes a processor for a good part of a tenth of a second, on purpose. Half of the processors at
/// most do it at a time, so that a rush of sign-ins leaves the rest to selling; what does not fit the queue is refused.
/// </summary>
internal sealed class PasswordHashingLimiter : IDisposable
{
    public static readonly Problem Overloaded = new(
        StatusCodes.Status503ServiceUnavailable, "overloaded", "Too many people are signing in. Try again in a moment.")
    {
        RetryAfterSeconds = 2,
    };

    private readonly IPasswordHasher<Account> _hasher;
    private readonly Account _nobody = new() { Email = "", Name = "" };
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = AccountsLimits.PasswordQueue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public PasswordHashingLimiter(IPasswordHasher<Account> hasher)
    {
        _hasher = hasher;
        _nobody.PasswordHash = hasher.HashPassword(_nobody, RandomNumberGenerator.GetHexString(32));
    }

    /// <summary>A turn at a processor, to be disposed after the work; not acquired when the queue is full.</summary>
    public ValueTask<RateLimitLease> EnterAsync(CancellationToken cancellationToken) =>
        _limiter.AcquireAsync(1, cancellationToken);

    /// <summary>
    /// Compares a password with an account's hash. Without an account it compares with a hash that nothing matches,
    /// made with the same settings, so that the time tells nobody whether there is one. To be called inside a turn.
    /// </summary>
    public PasswordVerificationResult Verify(Account? account, string password)
    {
        var subject = account ?? _nobody;
        var result = _hasher.VerifyHashedPassword(subject, subject.PasswordHash!, password);
        return account is null ? PasswordVerificationResult.Failed : result;
    }

    public string Hash(Account account, string password) => _hasher.HashPassword(account, password);

    public void Dispose() => _limiter.Dispose();
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Tests.Access.Accounts;

/// <summary>Identity's hasher with few iterations, counting what costs time: comparisons with a password.</summary>
internal sealed class CountingHasher : IPasswordHasher<Account>
{
    private readonly PasswordHasher<Account> _hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));
    private int _verified;

    public int Verified => Volatile.Read(ref _verified);

    public void Use(WebApplicationBuilder builder) => builder.Services.AddSingleton<IPasswordHasher<Account>>(this);

    public string HashPassword(Account user, string password) => _hasher.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _verified);
        return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Onsale.Platform.Identity;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class TokenCacheTests
{
    private readonly ShiftedClock _clock = new();
    private readonly CountingProtector _protector;

    public TokenCacheTests() => _protector = new CountingProtector(_clock);

    [Fact]
    public void A_token_seen_before_is_not_unprotected_again()
    {
        var cache = new TokenCache(_protector, new EndedSessions(_clock), new EndedGuests(_clock), _clock, limit: 10);

        var first = cache.Unprotect("good-1");
        var second = cache.Unprotect(new string("good-1"));

        second.ShouldBeSameAs(first);
        _protector.Unprotected.ShouldBe(1);
    }

    [Fact]
    public void A_forged_token_is_never_kept()
    {
        var cache = new TokenCache(_protector, new EndedSessions(_clock), new EndedGuests(_clock), _clock, limit: 10);

        for (var i = 0; i < 100; i++)
            cache.Unprotect($"forged-{i}").ShouldBeNull();

        cache.Count.ShouldBe(0);
        cache.Unprotect("forged-1").ShouldBeNull();
        _protector.Unprotected.ShouldBe(101);
    }

    [Fact]
    public void An_expired_token_is_not_kept_and_still_says_when_it_expired()
    {
        var cache = new TokenCache(_protector, new EndedSessions(_clock), new EndedGuests(_clock), _clock, limit: 10);

        cache.Unprotect("expired-1")!.Properties.ExpiresUtc!.Value.ShouldBeLessThan(_clock.GetUtcNow());

        cache.Count.ShouldBe(0);
    }

    [Fact]
    public void However_many_tokens_come_the_cache_stays_within_its_limit()
    {
        var cache = new TokenCache(_protector, new EndedSessions(_clock), new EndedGuests(_clock), _clock, limit: 100);

        for (var i = 0; i < 10_000; i++)
        {
            cache.Unprotect($"good-{i}").ShouldNotBeNull();
            cache.Count.ShouldBeLessThanOrEqualTo(100);
        }
    }

    [Fact]
    public void A_token_in_use_outlives_those_that_came_and_went()
    {
        var cache = new TokenCache(_protector, new EndedSessions(_clock), new EndedGuests(_clock), _clock, limit: 100);

        for (var i = 0; i < 1_000; i++)
        {
            cache.Unprotect("good-mine");
            cache.Unprotect($"good-{i}");
        }

        _protector.Unprotected.ShouldBe(1_001);
    }

    [Fact]
    public void A_token_nobody_sends_is_gone_after_two_lifetimes()
    {
        var cache = new TokenCache(_protector, new EndedSessions(_clock), new EndedGuests(_clock), _clock, limit: 100);
        cache.Unprotect("good-1");

        _clock.Shift = TimeSpan.FromMinutes(16);
        cache.Unprotect("good-2");
        _clock.Shift = TimeSpan.FromMinutes(32);
        cache.Unprotect("good-3");

        cache.Count.ShouldBe(2);
    }

    [Fact]
    public void Many_threads_share_one_cache()
    {
        var cache = new TokenCache(_protector, new EndedSessions(_clock), new EndedGuests(_clock), _clock, limit: 200);

        Parallel.For(0, 100_000, i =>
        {
            var token = $"good-{i % 500}";
            cache.Unprotect(token)!.Principal.Identity!.Name.ShouldBe(token);
        });

        // Each thread may be one step past the check when the generation turns.
        cache.Count.ShouldBeLessThanOrEqualTo(200 + (2 * Environment.ProcessorCount));
    }

    private sealed class CountingProtector(TimeProvider clock) : ISecureDataFormat<AuthenticationTicket>
    {
        private int _unprotected;

        public int Unprotected => _unprotected;

        public string Protect(AuthenticationTicket data) => throw new NotSupportedException();

        public string Protect(AuthenticationTicket data, string? purpose) => throw new NotSupportedException();

        public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, purpose: null);

        public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
        {
            Interlocked.Increment(ref _unprotected);
            if (protectedText!.StartsWith("forged", StringComparison.Ordinal))
                return null;
            var lifetime = TimeSpan.FromMinutes(
                protectedText.StartsWith("expired", StringComparison.Ordinal) ? -1 : 15);
            return new AuthenticationTicket(
                new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, protectedText)], "test")),
                new AuthenticationProperties { ExpiresUtc = clock.GetUtcNow() + lifetime }, "test");
        }
    }
}

using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform;

public sealed class RateLimiterTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_whole_budget_can_be_spent_at_once_and_comes_back_evenly()
    {
        var limiter = Limiter(permits: 5, seconds: 10);

        for (var i = 0; i < 5; i++)
            limiter.Take(1).ShouldBe(new RateLimitDecision(Allowed: true, 4 - i, 2 * (i + 1), 0));
        limiter.Take(1).ShouldBe(new RateLimitDecision(Allowed: false, 0, 10, 2));

        _time.Advance(TimeSpan.FromSeconds(2));
        limiter.Take(1).Allowed.ShouldBeTrue();
        limiter.Take(1).Allowed.ShouldBeFalse();
    }

    [Fact]
    public void Waiting_as_long_as_told_is_enough()
    {
        var limiter = Limiter(permits: 7, seconds: 3);
        for (var i = 0; i < 1_000; i++)
        {
            var decision = limiter.Take(1);
            if (!decision.Allowed)
            {
                _time.Advance(TimeSpan.FromSeconds(decision.RetryAfterSeconds));
                limiter.Take(1).Allowed.ShouldBeTrue();
            }
        }
    }

    /// <summary>Of two requests at once, the one that read the clock first may be decided last.</summary>
    [Fact]
    public void Clock_that_was_read_earlier_spoils_no_other_callers_field()
    {
        var clock = new SteppedClock { Seconds = 1000 };
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var security = new SecurityEvents(
            new KeyedHash(), services.GetRequiredService<IMeterFactory>(), clock, NullLoggerFactory.Instance);
        var budgets = new RateLimitBudgets(
            Options.Create(new RateLimitOptions { Booking = new() { PermitLimit = 10, WindowSeconds = 10 } }), security,
            clock, new RateLimitOverrides(clock), new LimitedCallers(clock));
        Take(partition: 1);
        clock.Seconds = 981;
        Take(partition: 1).ShouldBe("\"booking\";r=0;t=20");
        clock.Seconds = 2000;

        var fields = Enumerable.Range(0, 10).Select(_ => Take(partition: 2)).ToList();

        fields.ShouldBe(Enumerable.Range(1, 10).Select(taken => $"\"booking\";r={10 - taken};t={taken}"));

        string Take(UInt128 partition)
        {
            var context = new DefaultHttpContext();
            budgets.Take(context, RateLimitPolicy.Booking, partition);
            return context.Response.Headers["RateLimit"].ToString();
        }
    }

    private sealed class SteppedClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    [Fact]
    public void Refused_requests_spend_nothing()
    {
        var limiter = Limiter(permits: 1, seconds: 10);
        limiter.Take(1);
        for (var i = 0; i < 100; i++)
            limiter.Take(1).Allowed.ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(10));

        limiter.Take(1).Allowed.ShouldBeTrue();
    }

    [Fact]
    public void Partitions_do_not_share_a_budget()
    {
        var limiter = Limiter(permits: 1, seconds: 10);

        limiter.Take(1).Allowed.ShouldBeTrue();
        limiter.Take(2).Allowed.ShouldBeTrue();
        limiter.Take(1).Allowed.ShouldBeFalse();
    }

    [Fact]
    public void Concurrent_callers_never_get_more_than_the_budget()
    {
        var limiter = Limiter(permits: 1_000, seconds: 60);
        var allowed = 0;

        Parallel.For(0, 20_000, _ =>
        {
            if (limiter.Take(7).Allowed)
                Interlocked.Increment(ref allowed);
        });

        allowed.ShouldBe(1_000);
    }

    [Fact]
    public void Idle_partitions_are_dropped()
    {
        var limiter = Limiter(permits: 2, seconds: 1);
        for (var i = 0; i < 1_000; i++)
            limiter.Take((UInt128)i);
        limiter.Count.ShouldBe(1_000);

        _time.Advance(TimeSpan.FromSeconds(5));
        limiter.Take(5_000);

        limiter.Count.ShouldBe(1);
    }

    [Fact]
    public void A_flood_of_addresses_shares_one_budget_once_the_table_is_full()
    {
        var limiter = new RateLimiter(
            new RateLimitRule { PermitLimit = 3, WindowSeconds = 60 }, _time, maxPartitions: 10);
        for (var i = 0; i < 10; i++)
            limiter.Take((UInt128)i);

        var allowed = Enumerable.Range(100, 50).Count(i => limiter.Take((UInt128)i).Allowed);

        allowed.ShouldBe(3);
        limiter.Count.ShouldBe(10);
        limiter.Take(1).Allowed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("2001:db8:1:2:3::4", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "0.0.0.1", false)]
    public void An_address_is_a_partition(string one, string other, bool same) =>
        (AddressRange.Of(IPAddress.Parse(one))
                == AddressRange.Of(IPAddress.Parse(other)))
            .ShouldBe(same);

    private RateLimiter Limiter(int permits, int seconds) =>
        new(new RateLimitRule { PermitLimit = permits, WindowSeconds = seconds }, _time);
}

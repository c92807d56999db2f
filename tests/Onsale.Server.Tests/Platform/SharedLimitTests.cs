using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Onsale.Platform.Cluster;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform;

/// <summary>One node's budgets, as a node has them.</summary>
internal sealed class BudgetNode : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RedisConnection? _redis;

    public BudgetNode(RedisServer? redis, int permits, int seconds)
    {
        var rule = new RateLimitRule { PermitLimit = permits, WindowSeconds = seconds };
        var meters = _services.GetRequiredService<IMeterFactory>();
        if (redis is not null)
        {
            _redis = new RedisConnection(redis.ConnectionString, NullLogger.Instance);
            Shared = new SharedLimits(_redis, meters, TimeProvider.System, NullLogger<SharedLimits>.Instance);
        }

        Limited = new LimitedCallers(TimeProvider.System);
        Budgets = new RateLimitBudgets(
            Options.Create(new RateLimitOptions { Auth = rule, Booking = rule }),
            new SecurityEvents(new KeyedHash(), meters, TimeProvider.System, NullLoggerFactory.Instance),
            TimeProvider.System, new RateLimitOverrides(TimeProvider.System), Limited, Shared);
    }

    public RateLimitBudgets Budgets { get; }

    public LimitedCallers Limited { get; }

    public SharedLimits? Shared { get; }

    /// <summary>Asks before it answers.</summary>
    public async Task<bool> AskAsync(UInt128 caller) =>
        await Budgets.TakeOfAllAsync(new DefaultHttpContext(), RateLimitPolicy.Auth, caller) is null;

    /// <summary>Grants by what it knows.</summary>
    public bool Take(UInt128 caller) => Budgets.Take(new DefaultHttpContext(), RateLimitPolicy.Booking, caller) is null;

    public async Task<(Problem? Problem, IHeaderDictionary Headers)> AnswerAsync(UInt128 caller)
    {
        var context = new DefaultHttpContext();
        var problem = await Budgets.TakeOfAllAsync(context, RateLimitPolicy.Auth, caller);
        return (problem, context.Response.Headers);
    }

    public void Dispose()
    {
        Shared?.Dispose();
        _redis?.Dispose();
        _services.Dispose();
    }
}

/// <summary>What every kind of budget promises to one caller.</summary>
public abstract class BudgetCompliance : IAsyncLifetime
{
    private static UInt128 s_callers = (UInt128)TimeProvider.System.GetTimestamp() << 32;
    private readonly List<BudgetNode> _nodes = [];

    private protected RedisServer? Redis { get; set; }

    private protected static UInt128 NewCaller() => ++s_callers;

    private protected async Task<BudgetNode> StartAsync(int permits = 5, int seconds = 600)
    {
        var node = new BudgetNode(Redis, permits, seconds);
        _nodes.Add(node);
        if (node.Shared is { } shared)
            await Eventually.ShouldBeTrueAsync(() => shared.IsUp, "Redis is connected");
        return node;
    }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync()
    {
        foreach (var node in _nodes)
            node.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_budget_is_granted_and_no_more(bool asks)
    {
        var (node, caller) = (await StartAsync(), NewCaller());
        var granted = 0;
        for (var i = 0; i < 12; i++)
            granted += (asks ? await node.AskAsync(caller) : node.Take(caller)) ? 1 : 0;
        granted.ShouldBe(5);
        node.Limited.Top(10).Single(limited => limited.Partition == caller).Refused.ShouldBe(7);
        (asks ? await node.AskAsync(NewCaller()) : node.Take(NewCaller())).ShouldBeTrue();
    }

    [Fact]
    public async Task Answers_say_what_is_left_and_when_to_come_back()
    {
        var (node, caller) = (await StartAsync(permits: 2), NewCaller());
        var first = await node.AnswerAsync(caller);
        first.Problem.ShouldBeNull();
        first.Headers["RateLimit-Policy"].ToString().ShouldBe("\"auth\";q=2;w=600");
        first.Headers["RateLimit"].ToString().ShouldBe("\"auth\";r=1;t=300");
        (await node.AnswerAsync(caller)).Headers["RateLimit"].ToString().ShouldBe("\"auth\";r=0;t=600");
        var refused = await node.AnswerAsync(caller);
        refused.Problem!.Code.ShouldBe("rate-limited");
        refused.Problem.RetryAfterSeconds!.Value.ShouldBeInRange(299, 300);
    }

    [Fact]
    public async Task It_comes_back_evenly()
    {
        var (node, caller) = (await StartAsync(permits: 10, seconds: 2), NewCaller());
        for (var i = 0; i < 10; i++)
            (await node.AskAsync(caller)).ShouldBeTrue();
        (await node.AskAsync(caller)).ShouldBeFalse();
        var began = Stopwatch.GetTimestamp();
        await Eventually.ShouldBeTrueAsync(() => node.AskAsync(caller), "one permit is back");
        Stopwatch.GetElapsedTime(began).TotalSeconds.ShouldBeLessThan(1);
    }
}

public sealed class LocalBudgetTests : BudgetCompliance;

public sealed class SharedBudgetTests : BudgetCompliance
{
    public override async Task InitializeAsync() => Redis = await RedisServer.StartAsync();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Redis!.DisposeAsync();
    }

    [Fact]
    public async Task Nodes_that_ask_share_one_budget_exactly_also_at_the_same_moment()
    {
        var (first, second, caller) = (await StartAsync(permits: 20), await StartAsync(permits: 20), NewCaller());
        var answers = await Task.WhenAll(Enumerable.Range(0, 80).Select(
            i => Task.Run(() => (i % 2 == 0 ? first : second).AskAsync(caller))));
        answers.Count(granted => granted).ShouldBe(20);
    }

    [Fact]
    public async Task Without_Redis_each_node_would_grant_the_whole()
    {
        Redis!.ShouldNotBeNull();
        using var first = new BudgetNode(redis: null, 20, 600);
        using var second = new BudgetNode(redis: null, 20, 600);
        var caller = NewCaller();
        var granted = 0;
        for (var i = 0; i < 80; i++)
            granted += await (i % 2 == 0 ? first : second).AskAsync(caller) ? 1 : 0;
        granted.ShouldBe(40);
    }

    [Fact]
    public async Task Nodes_that_grant_by_what_they_know_are_wrong_by_little()
    {
        var (first, second, caller) = (await StartAsync(permits: 20), await StartAsync(permits: 20), NewCaller());
        var granted = 0;
        for (var i = 0; i < 60; i++)
        {
            var node = i % 2 == 0 ? first : second;
            granted += node.Take(caller) ? 1 : 0;
            // A caller's next request comes after the answer to this one; by then the count has been told.
            var told = first.Shared!.TakeAsync($"told:{i}", new() { PermitLimit = 1, WindowSeconds = 1 }, default);
            await told;
            await second.Shared!.TakeAsync($"told:{i}", new() { PermitLimit = 1, WindowSeconds = 1 }, default);
        }

        granted.ShouldBeInRange(20, 21);
    }

    [Fact]
    public async Task Killed_Redis_opens_no_limit_wide_and_shuts_none()
    {
        var (first, second) = (await StartAsync(permits: 20), await StartAsync(permits: 20));
        await Eventually.ShouldBeTrueAsync(
            () => first.Shared!.Nodes == 2 && second.Shared!.Nodes == 2, "both have heard of each other",
            TimeSpan.FromSeconds(20));
        var (busy, fresh) = (NewCaller(), NewCaller());
        for (var i = 0; i < 20; i++)
            (await first.AskAsync(busy)).ShouldBeTrue();

        await Redis!.KillAsync();

        // What was spent stays spent, and a newcomer gets the budget: each node its half of it.
        (await first.AskAsync(busy)).ShouldBeFalse();
        var granted = 0;
        for (var i = 0; i < 80; i++)
            granted += await (i % 2 == 0 ? first : second).AskAsync(fresh) ? 1 : 0;
        granted.ShouldBeInRange(18, 22);

        await Redis.RestartAsync();
        await Eventually.ShouldBeTrueAsync(() => first.Shared!.IsUp && second.Shared!.IsUp, "Redis is asked again");
        (await first.AskAsync(busy)).ShouldBeFalse();
        (await second.AskAsync(NewCaller())).ShouldBeTrue();
    }

    [Fact]
    public async Task Flushed_Redis_learns_again_what_the_nodes_know()
    {
        var (first, second, caller) = (await StartAsync(permits: 20), await StartAsync(permits: 20), NewCaller());
        for (var i = 0; i < 18; i++)
            (await first.AskAsync(caller)).ShouldBeTrue();
        await Redis!.CommandAsync("FLUSHALL");

        (await first.AskAsync(caller)).ShouldBeTrue();

        var granted = 0;
        for (var i = 0; i < 40; i++)
            granted += await second.AskAsync(caller) ? 1 : 0;
        granted.ShouldBe(1);
    }

    [Fact]
    public async Task Slow_Redis_keeps_nobody_waiting()
    {
        var (node, caller) = (await StartAsync(permits: 20), NewCaller());
        (await node.AskAsync(caller)).ShouldBeTrue();
        await Redis!.CommandAsync("CLIENT PAUSE 3000 ALL");
        var began = Stopwatch.GetTimestamp();

        var granted = 0;
        for (var i = 0; i < 60; i++)
            granted += await node.AskAsync(caller) ? 1 : 0;

        Stopwatch.GetElapsedTime(began).TotalSeconds.ShouldBeLessThan(1.5);
        granted.ShouldBeInRange(18, 19);
        await Eventually.ShouldBeTrueAsync(() => node.Shared!.IsUp, "Redis is asked again");
        (await node.AskAsync(caller)).ShouldBeFalse();
    }
}

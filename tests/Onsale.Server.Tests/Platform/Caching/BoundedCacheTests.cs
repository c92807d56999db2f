using Onsale.Platform.Caching;

namespace Onsale.Server.Tests.Platform.Caching;

public sealed class BoundedCacheTests
{
    [Fact]
    public async Task Many_who_ask_together_cause_one_loading()
    {
        var cache = new BoundedCache<int, string>(100, value => value.Length);
        var gate = new TaskCompletionSource();
        var loads = 0;

        var asked = Enumerable.Range(0, 50).Select(_ => cache.GetAsync(1, async _ =>
        {
            Interlocked.Increment(ref loads);
            await gate.Task;
            return "one";
        }, CancellationToken.None)).ToList();
        gate.SetResult();

        (await Task.WhenAll(asked)).ShouldAllBe(value => value == "one");
        loads.ShouldBe(1);
    }

    [Fact]
    public async Task The_least_recently_used_goes_when_the_weight_is_reached()
    {
        var cache = new BoundedCache<int, string>(10, value => value.Length);
        var loads = new List<int>();
        foreach (var key in (int[])[1, 2, 1, 3, 1, 2])
        {
            await cache.GetAsync(key, k =>
            {
                loads.Add(k);
                return Task.FromResult<string?>("fours");
            }, CancellationToken.None);
        }

        loads.ShouldBe([1, 2, 3, 2]);
        cache.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Failures_and_absence_are_not_kept_and_a_caller_may_stop_waiting()
    {
        var cache = new BoundedCache<int, string>(10, value => value.Length);
        await Assert.ThrowsAsync<IOException>(
            () => cache.GetAsync(1, _ => throw new IOException("no"), CancellationToken.None));
        (await cache.GetAsync(1, _ => Task.FromResult<string?>(null), CancellationToken.None)).ShouldBeNull();
        cache.Count.ShouldBe(0);

        var gate = new TaskCompletionSource<string?>();
        using var stop = new CancellationTokenSource();
        var impatient = cache.GetAsync(1, _ => gate.Task, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult("late");
        (await cache.GetAsync(1, _ => throw new IOException("again"), CancellationToken.None)).ShouldBe("late");
    }
}

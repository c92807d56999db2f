using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Onsale.Server.Selling.Live;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Live;

public sealed class SendingThreadsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(10_001)]
    public async Task Each_watcher_is_served_once_before_it_is_done_and_none_by_the_pool(int count)
    {
        using var threads = new SendingThreads();
        var watchers = Watchers(count);
        var served = new ConcurrentQueue<LiveConnection>();
        var byPool = 0;

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => threads.ForEachAsync(watchers, watcher =>
        {
            served.Enqueue(watcher);
            if (Thread.CurrentThread.IsThreadPoolThread)
                Interlocked.Increment(ref byPool);
        })));

        byPool.ShouldBe(0);
        served.GroupBy(watcher => watcher).Select(group => group.Count()).ShouldBe(Enumerable.Repeat(3, count));
    }

    [Fact]
    public async Task A_defect_is_told_to_the_feed_and_the_threads_go_on()
    {
        using var threads = new SendingThreads();
        var watchers = Watchers(1000);

        await Should.ThrowAsync<InvalidOperationException>(
            () => threads.ForEachAsync(watchers, _ => throw new InvalidOperationException("A defect.")));

        var served = 0;
        await threads.ForEachAsync(watchers, _ => Interlocked.Increment(ref served))
            .WaitAsync(TimeSpan.FromSeconds(30));
        served.ShouldBe(1000);
    }

    [Fact]
    public async Task Threads_that_wait_keep_nobody_alive()
    {
        using var threads = new SendingThreads();
        var watcher = await ServeAsync();

        await Eventually.ShouldBeTrueAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return !watcher.IsAlive;
        }, "the watchers of the last round are given up");

        async Task<WeakReference> ServeAsync()
        {
            var watchers = Watchers(1000);
            await threads.ForEachAsync(watchers, _ => { });
            return new WeakReference(watchers[0]);
        }
    }

    private static LiveConnection[] Watchers(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new LiveConnection(
            null!, null!, new FrameRing(), null!, since: null, TimeProvider.System, NullLogger.Instance))];
}

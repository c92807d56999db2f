using System.Diagnostics;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>Awaits a condition with a deadline, instead of sleeping and hoping.</summary>
internal static class Eventually
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Runs <paramref name="assertions"/> until they hold; past the deadline, their last failure is the test's.
    /// </summary>
    public static async Task ShouldPassAsync(Func<Task> assertions, TimeSpan? deadline = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await assertions();
                return;
            }
            catch (Exception) when (Stopwatch.GetElapsedTime(started) < (deadline ?? DefaultDeadline))
            {
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>The condition as a sentence: "the hold expires".</summary>
    public static Task ShouldBeTrueAsync(Func<Task<bool>> condition, string sentence, TimeSpan? deadline = null) =>
        ShouldPassAsync(async () => (await condition()).ShouldBeTrue(sentence), deadline);

    public static Task ShouldBeTrueAsync(Func<bool> condition, string sentence, TimeSpan? deadline = null) =>
        ShouldBeTrueAsync(() => Task.FromResult(condition()), sentence, deadline);

    public static Task ShouldBeAsync<T>(Func<Task<T>> actual, T expected, TimeSpan? deadline = null) =>
        ShouldPassAsync(async () => (await actual()).ShouldBe(expected), deadline);
}

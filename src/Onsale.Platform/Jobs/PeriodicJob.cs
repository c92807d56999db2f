namespace Onsale.Platform.Jobs;

/// <summary>Work in the background that is repeated until the program stops.</summary>
/// <param name="Name">Names it in log messages and metrics: lower case with hyphens.</param>
/// <param name="Interval">Pause between two rounds.</param>
/// <param name="RunRoundAsync">
/// One round. Whatever it throws is logged and counted, and the next round follows after a back-off: a round need not
/// catch anything to stay alive.
/// </param>
/// <param name="RunsAtStart">Whether the first round begins at once rather than after the first interval.</param>
internal sealed record PeriodicJob(
    string Name, TimeSpan Interval, Func<CancellationToken, Task> RunRoundAsync, bool RunsAtStart = false);

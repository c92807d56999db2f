namespace Onsale.Platform.Jobs;

/// <summary>Bounds of background jobs.</summary>
internal static class JobLimits
{
    /// <summary>Shortest pause after a failed round; each further failure in a row doubles it.</summary>
    public const int FirstBackoffMilliseconds = 100;

    /// <summary>Longest pause after failed rounds, unless the job's own interval is longer.</summary>
    public const int MaxBackoffMilliseconds = 30_000;
}

namespace Onsale.Server.Selling.Live;

/// <summary>When a feed may send again: at most ten times a second in the long run. For one thread at a time.</summary>
internal sealed class FeedPace(TimeProvider time)
{
    private readonly long _millisecond = time.TimestampFrequency / 1000;
    private long _due = time.GetTimestamp();

    /// <summary>How long to rest after a step that sent something; zero or less: not at all.</summary>
    /// <param name="began">When the step began, as a timestamp.</param>
    public TimeSpan RestAfter(long began)
    {
        // What a step was late by is given to the next: timers always are, and a commit now and then. Else all that
        // follow at the same pace would be as late as the latest.
        _due = Math.Max(_due, began - (LiveLimits.MaxLateMilliseconds * _millisecond))
            + (LiveLimits.MinFrameMilliseconds * _millisecond);
        return time.GetElapsedTime(time.GetTimestamp(), _due);
    }
}

namespace Onsale.Server.Delivery.Outbox;

internal static class OutboxLimits
{
    /// <summary>Milliseconds between two looks at the events that signalled a commit.</summary>
    public const int ReadEveryMilliseconds = 500;

    /// <summary>Seconds between two sweeps.</summary>
    public const int SweepEverySeconds = 30;

    /// <summary>Minutes that a sweep looks back, far longer than from one sweep to the next.</summary>
    public const int SweepLookBackMinutes = 60;

    /// <summary>Minutes that a node's first sweep looks back: all nodes may have been away for a week.</summary>
    public const int FirstSweepLookBackMinutes = 7 * 24 * 60;

    /// <summary>Hours after which nothing goes on with a trace any more.</summary>
    public const int KeptTraceHours = 24;

    /// <summary>Entries of an event's log that are handled in one transaction.</summary>
    public const int EntriesPerTransaction = 200;
}

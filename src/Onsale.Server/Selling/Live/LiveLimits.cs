namespace Onsale.Server.Selling.Live;

/// <summary>Bounds of the live feed.</summary>
internal static class LiveLimits
{
    /// <summary>Shortest time between two messages of changes of one event: at most ten a second.</summary>
    public const int MinFrameMilliseconds = 100;

    /// <summary>
    /// A message may follow the one before so much sooner when that one was late; in the long run there are no more
    /// than ten a second.
    /// </summary>
    public const int MaxLateMilliseconds = 50;

    /// <summary>Messages a watcher may be behind; then it is dropped and recovers by itself.</summary>
    public const int MaxFramesBehind = 64;

    /// <summary>Shortest time between two viewer counts.</summary>
    public const int ViewersMilliseconds = 2000;

    /// <summary>
    /// Shortest time between two messages of another module, a little below the second in which it has one.
    /// </summary>
    public const int MinAnnouncementMilliseconds = 900;

    /// <summary>
    /// How often a watched event is compared with the journal, heard of a change or not. With the age that a read may
    /// have (one second) another node's commit shows within two
    /// seconds without a message between the nodes.
    /// </summary>
    public const int CatchUpMilliseconds = 500;

    /// <summary>Longest wait for a peer to take part in closing.</summary>
    public const int CloseTimeoutSeconds = 2;

    /// <summary>Counts of other nodes older than this are forgotten.</summary>
    public const int MaxViewersAgeSeconds = 10;

    /// <summary>Nodes whose counts are kept for an event.</summary>
    public const int MaxNodes = 1024;

    /// <summary>The Retry-After of a refused connection.</summary>
    public const int RefusedRetryAfterSeconds = 15;

    /// <summary>From so many watchers on, a feed sends on threads that do nothing else.</summary>
    public const int MinWatchersOnOwnThreads = 512;
}

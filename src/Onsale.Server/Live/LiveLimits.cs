namespace Onsale.Server.Live;

/// <summary>Bounds of the live feed.</summary>
internal static class LiveLimits
{
    /// <summary>Shortest time between two messages of changes of one event: at most ten a second.</summary>
    public const int MinFrameMilliseconds = 100;

    /// <summary>Messages a watcher may be behind; then it is dropped and recovers by itself.</summary>
    public const int MaxFramesBehind = 64;

    /// <summary>Shortest time between two viewer counts.</summary>
    public const int ViewersMilliseconds = 2000;

    /// <summary>How often a watched event is compared with the journal, heard of a change or not.</summary>
    public const int CatchUpMilliseconds = 1000;

    /// <summary>A silent stream gets a sign of life so often.</summary>
    public const int KeepAliveSeconds = 15;

    /// <summary>A WebSocket whose peer does not answer a ping for so long is closed.</summary>
    public const int KeepAliveTimeoutSeconds = 20;

    /// <summary>Longest wait for a peer to take part in closing.</summary>
    public const int CloseTimeoutSeconds = 2;

    /// <summary>Counts of other nodes older than this are forgotten.</summary>
    public const int MaxViewersAgeSeconds = 10;

    /// <summary>Bytes read from a peer at a time; the feed expects none.</summary>
    public const int MaxReceiveBytes = 512;
}

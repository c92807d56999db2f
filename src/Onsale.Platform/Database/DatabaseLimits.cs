namespace Onsale.Platform.Database;

/// <summary>Every bound of the database's start and of its general connection pool.</summary>
internal static class DatabaseLimits
{
    public const int MinPostgresVersion = 15;

    /// <summary>Connections of the general pool; modules with a pool of their own come on top.</summary>
    public const int MaxPoolConnections = 40;

    /// <summary>How long opening a connection may take, waiting for a free one included.</summary>
    public const int ConnectTimeoutSeconds = 5;

    public const int CommandTimeoutSeconds = 30;

    /// <summary>How long a start waits for a configured PostgreSQL that does not answer yet.</summary>
    public const int WaitForServerSeconds = 10;

    /// <summary>
    /// Connections of the embedded PostgreSQL: the general pool, the modules' own, and an operator's psql.
    /// </summary>
    public const int EmbeddedMaxConnections = 200;

    /// <summary>Crash recovery of a full write-ahead log included.</summary>
    public const int EmbeddedStartSeconds = 120;

    public const int EmbeddedStopSeconds = 30;

    /// <summary>Pause between two attempts to take an advisory lock that another node holds.</summary>
    public const int LockRetryMilliseconds = 100;

    /// <summary>How often a start that waits for such a lock says so.</summary>
    public const int LockWaitLogSeconds = 10;

    /// <summary>How often PostgreSQL is asked about itself.</summary>
    public const int WatchSeconds = 10;

    /// <summary>A node whose clock is further from the database's is not ready.</summary>
    public const int MaxClockDifferenceMinutes = 60;

    /// <summary>A disk with less room than this is called full, where PostgreSQL does not start on it.</summary>
    public const int FullDiskBytes = 64 * 1024;
}

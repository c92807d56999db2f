namespace Onsale.Inventory.Engine.Journal;

/// <summary>Bounds of the journal and the lanes.</summary>
internal static class JournalLimits
{
    /// <summary>
    /// Longest wait for the lock, which another node's batch may hold, before the batch is tried again or given up.
    /// </summary>
    public const int LockTimeoutSeconds = 5;

    /// <summary>Longest wait for a rollback; then the connection is closed, which rolls back as well.</summary>
    public const int RollbackTimeoutSeconds = 2;

    /// <summary>
    /// Between the lock and the commit a batch only computes; a session that idles there longer has lost its node.
    /// </summary>
    public const int MaxIdleInTransactionSeconds = 15;

    /// <summary>Longest wait for the answer of a commit; then its outcome is looked up.</summary>
    public const int MaxCommitAnswerSeconds = 8;

    /// <summary>Both ends of a journal connection notice a vanished peer within a few of these.</summary>
    public const int TcpKeepAliveSeconds = 10;

    /// <summary>Log entries read to catch up; a node that missed more loads the tables instead.</summary>
    public const int MaxCaughtUpEntries = 1000;

    /// <summary>
    /// The same of an event in a shared transaction; one that is further behind catches up in one of its own.
    /// </summary>
    public const int MaxSharedCaughtUpEntries = 64;

    /// <summary>Connections of the lanes of one node: batches of different events in flight at a time.</summary>
    public const int MaxJournalConnections = 24;

    /// <summary>Events that are loaded from the tables at a time, on the general pool.</summary>
    public const int MaxConcurrentLoads = 16;

    /// <summary>Ids of events that do not exist, remembered so that asking again costs nothing.</summary>
    public const int MaxUnknownEvents = 65_536;

    /// <summary>How long such an id is remembered at most; an event created meanwhile is found afterwards.</summary>
    public const int UnknownEventSeconds = 10;

    /// <summary>Look-ups at a time of whether an event exists.</summary>
    public const int MaxConcurrentLookups = 8;

    /// <summary>A look-up that waits longer for its turn is refused as overloaded.</summary>
    public const int MaxLookupWaitMilliseconds = 2000;

    /// <summary>Of the memory this process may use, what all lanes together may take.</summary>
    public const int MaxLaneMemoryPercent = 25;

    /// <summary>A lane used more recently is not dropped for its memory: it would be loaded again at once.</summary>
    public const int MinIdleSeconds = 2;

    /// <summary>
    /// Events a node keeps in memory; past it, the ones idle longest are dropped. On small machines
    /// <see cref="MaxLaneMemoryPercent"/> is the bound.
    /// </summary>
    public const int MaxLanes = 16_384;

    /// <summary>A lane without commands or readers for this long is dropped.</summary>
    public const int MaxIdleLaneMinutes = 10;

    /// <summary>Readers see nothing older than this, also when another node sells.</summary>
    public const int MaxReadAgeMilliseconds = 1000;

    /// <summary>
    /// A reader that finds the view too old waits this long for a newer one, and then takes the one there is.
    /// </summary>
    public const int MaxReadWaitMilliseconds = 250;

    /// <summary>How often a node looks for holds whose time is over in the lanes it has.</summary>
    public const int SweepMilliseconds = 250;

    /// <summary>How often a node looks in the database for due events that no lane has.</summary>
    public const int SweepDatabaseSeconds = 5;

    /// <summary>Events that one look in the database wakes.</summary>
    public const int MaxSweptEvents = 256;

    /// <summary>Raised by expect_rows in migration 0001.</summary>
    public const string MismatchSqlState = "OS001";
}

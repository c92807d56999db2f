namespace Onsale.Inventory.Engine.Lanes;

/// <summary>Bounds of <see cref="SharedTransactions"/>. The unit is the last word of each name.</summary>
internal static class SharedLimits
{
    /// <summary>Transactions under way before the next batches wait for one to end.</summary>
    public const int MaxTransactions = 2;

    /// <summary>
    /// Transactions under way when some of them are slow: half of the journal's connections, the others are for batches
    /// that must have a transaction of their own.
    /// </summary>
    public const int MaxSlowTransactions = 12;

    /// <summary>A batch that has waited so long for a transaction to end begins one of its own.</summary>
    public const int MaxWaitMilliseconds = 20;

    /// <summary>
    /// From the locks to the commit: a lane that has not decided by then is left out, and decides again alone.
    /// </summary>
    public const int MaxDecisionMilliseconds = 100;

    /// <summary>
    /// A shared transaction that is refused within this time is followed by one for each of its events; after a longer
    /// one the lanes decide again. With the next, it keeps the sum of <see cref="LaneLimits"/>.
    /// </summary>
    public const int MaxRefusalSeconds = 1;

    /// <summary>How long each of those waits for its lock.</summary>
    public const int MaxSeparateOpenSeconds = 1;

    /// <summary>Events in one transaction.</summary>
    public const int MaxEvents = 256;

    /// <summary>Commands in one transaction, of all its events; one batch may have more, alone.</summary>
    public const int MaxCommands = LaneLimits.MaxBatchCommands;

    /// <summary>
    /// How long the events of a shared transaction that was rolled back have transactions of their own.
    /// </summary>
    public const int ApartSeconds = 5;

    /// <summary>The same for an event that failed in a transaction of its own.</summary>
    public const int ApartAfterMismatchSeconds = 60;

    /// <summary>Events remembered as apart; those whose time is over are forgotten when there are as many.</summary>
    public const int MaxApartEvents = 4096;
}

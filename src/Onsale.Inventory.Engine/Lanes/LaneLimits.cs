namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Every bound of a lane in one place. The unit is the last word of each name. A command is answered within the sum of
/// <see cref="MaxQueueSeconds"/>, <see cref="MaxBatchSeconds"/>, the journal's wait for the answer of a commit and
/// <see cref="MaxUnknownOutcomeSeconds"/>: 30 s.
/// </summary>
public static class LaneLimits
{
    /// <summary>Commands decided and committed together.</summary>
    public const int MaxBatchCommands = 512;

    /// <summary>
    /// Commands that a batch always takes. Beyond it a batch takes only half of all that wait: the others follow while
    /// the batch is being written.
    /// </summary>
    public const int MinSplitCommands = 64;

    /// <summary>Holds of buyers are refused as overloaded while so many commands wait in an event's lane.</summary>
    public const int MaxQueuedHolds = 8192;

    /// <summary>
    /// Commands waiting in one event's lane; one more is refused as overloaded. Above <see cref="MaxQueuedHolds"/>
    /// there is room for who has places already (payments, confirmations, extensions, what gives places back) and for
    /// who sells.
    /// </summary>
    public const int MaxQueuedCommands = MaxQueuedHolds + 1024;

    /// <summary>Times one batch is decided again after a write that certainly did not happen.</summary>
    public const int MaxBatchAttempts = 6;

    /// <summary>
    /// A command that has waited for a batch this long is refused as unavailable; it was not looked at.
    /// </summary>
    public const int MaxQueueSeconds = 6;

    /// <summary>All attempts of one batch, up to the begin of its last commit.</summary>
    public const int MaxBatchSeconds = 7;

    /// <summary>How long a lane looks up what became of a commit before it answers that it does not know.</summary>
    public const int MaxUnknownOutcomeSeconds = 7;

    /// <summary>A commit that takes longer is taken for a sign that nothing can be written.</summary>
    public const int MaxCommitSeconds = 2;

    /// <summary>
    /// Age of the memory that a hold may be refused from: how long places that another node freed may be missed.
    /// </summary>
    public const int MaxRefusalAgeMilliseconds = 50;

    /// <summary>How long replies are deferred while the next batch waits for its lock.</summary>
    public const int MaxReplyDelayMilliseconds = 5;

    /// <summary>Versions an <see cref="AvailabilityView"/> can answer <c>since</c> from.</summary>
    public const int MaxHistoryVersions = 4096;

    /// <summary>
    /// Seat changes an <see cref="AvailabilityView"/> keeps for <c>since</c>, over all those versions.
    /// </summary>
    public const int MaxHistorySeats = 65_536;
}

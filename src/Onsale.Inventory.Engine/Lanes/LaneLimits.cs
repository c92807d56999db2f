namespace Onsale.Inventory.Engine.Lanes;

/// <summary>Every bound of a lane in one place. The unit is the last word of each name.</summary>
public static class LaneLimits
{
    /// <summary>Commands decided and committed together.</summary>
    public const int MaxBatchCommands = 512;

    /// <summary>
    /// What a batch may always take. Beyond it, only half of all whose turn it is: the others follow while these
    /// travel.
    /// </summary>
    public const int MinSplitCommands = 64;

    /// <summary>Commands waiting in one event's lane; one more is refused as overloaded.</summary>
    public const int MaxQueuedCommands = 8192;

    /// <summary>Times one batch is decided again after a write that certainly did not happen.</summary>
    public const int MaxBatchAttempts = 6;

    /// <summary>
    /// How long a lane goes on asking what became of a commit before it tells the callers it does not know.
    /// </summary>
    public const int MaxUnknownOutcomeSeconds = 20;

    /// <summary>
    /// A hold may be refused from memory that was all the journal held so long ago: what a refusal may miss of what
    /// other nodes gave back meanwhile.
    /// </summary>
    public const int MaxRefusalAgeMilliseconds = 50;

    /// <summary>
    /// How long a committed batch's answers wait for the next batch's lock; another node may be holding it.
    /// </summary>
    public const int MaxReplyDelayMilliseconds = 5;

    /// <summary>Versions an <see cref="AvailabilityView"/> can answer <c>since</c> from.</summary>
    public const int MaxHistoryVersions = 4096;

    /// <summary>
    /// Seat changes an <see cref="AvailabilityView"/> keeps for <c>since</c>, over all those versions.
    /// </summary>
    public const int MaxHistorySeats = 65_536;
}

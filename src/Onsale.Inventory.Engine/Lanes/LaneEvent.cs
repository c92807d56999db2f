namespace Onsale.Inventory.Engine.Lanes;

/// <summary>What a lane reports to whoever watches it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Commands">Commands of the batch.</param>
/// <param name="Entry">The committed entry, when there is one.</param>
/// <param name="Exception">What went wrong, when something did.</param>
public sealed record LaneEvent(LaneEventKind Kind, int Commands, LogEntry? Entry = null, Exception? Exception = null);

/// <summary>Kinds of <see cref="LaneEvent"/>.</summary>
public enum LaneEventKind
{
    /// <summary>A batch was committed.</summary>
    Committed,

    /// <summary>A batch changed nothing.</summary>
    NothingToWrite,

    /// <summary>A command was refused without a batch.</summary>
    RefusedAtOnce,

    /// <summary>Entries of other nodes were taken in.</summary>
    CaughtUp,

    /// <summary>The state was loaded from the tables.</summary>
    Loaded,

    /// <summary>The journal could not be reached; the batch is tried again.</summary>
    Retrying,

    /// <summary>Memory and tables disagree. An alarm: this must never happen.</summary>
    Mismatch,

    /// <summary>The outcome of a commit is unknown and is being looked up.</summary>
    Unknown,

    /// <summary>A command broke an assertion. An alarm: this must never happen.</summary>
    Defect,
}

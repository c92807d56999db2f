namespace Onsale.Inventory.Engine.Lanes;

/// <summary>What a lane reports for metrics, logs and the live feed.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Commands">Commands of the batch.</param>
/// <param name="Entry">The change-log entry concerned, when there is one.</param>
/// <param name="Exception">The cause of a failure, when there is one.</param>
public sealed record LaneEvent(LaneEventKind Kind, int Commands, LogEntry? Entry = null, Exception? Exception = null)
{
    /// <summary>How long a commit took.</summary>
    public TimeSpan Took { get; init; }
}

/// <summary>Kinds of <see cref="LaneEvent"/>.</summary>
public enum LaneEventKind
{
    /// <summary>A batch was committed.</summary>
    Committed,

    /// <summary>A batch changed nothing.</summary>
    NothingToWrite,

    /// <summary>A command was refused from memory, without a batch.</summary>
    RefusedFromMemory,

    /// <summary>An entry of another node was applied.</summary>
    CaughtUp,

    /// <summary>The state was loaded from the tables.</summary>
    Loaded,

    /// <summary>A batch was certainly not committed, for a cause that may pass; it is tried again.</summary>
    Retrying,

    /// <summary>Memory and tables disagree. An alarm: this must never happen.</summary>
    Mismatch,

    /// <summary>The outcome of a commit is unknown and is being looked up.</summary>
    Unknown,

    /// <summary>A command broke an assertion. An alarm: this must never happen.</summary>
    Defect,

    /// <summary>
    /// The journal no longer holds a commit that this lane knows: it was restored, or failed over with loss. An alarm.
    /// </summary>
    HistoryLost,

    /// <summary>A listener threw on an event of this lane; the lane goes on. An alarm.</summary>
    ListenerFailed,
}

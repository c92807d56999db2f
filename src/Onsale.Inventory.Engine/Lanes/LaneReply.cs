namespace Onsale.Inventory.Engine.Lanes;

/// <summary>How a lane answered a command.</summary>
public enum LaneStatus
{
    /// <summary>Decided; see the result.</summary>
    Decided,

    /// <summary>Too many commands are waiting; the command had no effect.</summary>
    Overloaded,

    /// <summary>The journal cannot be reached; the command had no effect.</summary>
    Unavailable,

    /// <summary>There is no such event.</summary>
    EventNotFound,

    /// <summary>The command may or may not have taken effect.</summary>
    OutcomeUnknown,

    /// <summary>The command broke an assertion, which is a defect; it had no effect.</summary>
    Failed,
}

/// <summary>A lane's answer.</summary>
/// <param name="Status">Whether it was decided.</param>
/// <param name="Result">Only meaningful when decided.</param>
public readonly record struct LaneReply(LaneStatus Status, CommandResult Result);

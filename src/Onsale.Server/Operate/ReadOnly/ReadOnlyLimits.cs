namespace Onsale.Server.Operate.ReadOnly;

/// <summary>Bounds of the read-only mode. The unit is the last word of each name.</summary>
internal static class ReadOnlyLimits
{
    /// <summary>
    /// How often a node asks the database whether it answers, and whether an operator has decided something.
    /// </summary>
    public const int WatchMilliseconds = 1000;

    /// <summary>A look at the database, or a commit, that takes longer has failed.</summary>
    public const int MaxAnswerSeconds = 2;

    /// <summary>Nothing was written for so long: this node becomes read-only by itself.</summary>
    public const int FailingSeconds = 10;

    /// <summary>Looks in a row that must succeed before it takes changes again.</summary>
    public const int GoodLooks = 2;

    /// <summary>Two nodes notice an outage at different moments; within this it is the same one.</summary>
    public const int SameOutageSeconds = 15;

    public const int MaxReasonChars = 200;

    public const int MaxRequestBytes = 2048;

    /// <summary>Events read at a time when their holds are prolonged.</summary>
    public const int EventsAtATime = 256;

    /// <summary>Public caches and browsers may keep the status for so long.</summary>
    public const int StatusSeconds = 2;
}

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>Bounds of rehearsals. The unit is the last word of each name.</summary>
internal static class RehearsalsLimits
{
    /// <summary>Weights of an arrivals curve.</summary>
    public const int MaxArrivalSlices = 60;

    public const int MaxWeight = 10_000;

    /// <summary>The largest party of a profile.</summary>
    public const int MaxPartyPlaces = 20;

    public const int MaxPreQueueSeconds = 120;

    public const int MaxPatienceSeconds = 3600;

    public const int MaxPauseSeconds = 600;

    /// <summary>How long after its start a copy's sale begins at the earliest, so that every part has seen
    /// it.</summary>
    public const int MinLeadSeconds = 3;

    /// <summary>A rehearsal is refused so long before a sale of this installation begins.</summary>
    public const int ClearMinutes = 10;

    /// <summary>
    /// One that runs is stopped so long before a sale begins that was put forward meanwhile. Less than what is clear at
    /// its start: making the copy and its line take time.
    /// </summary>
    public const int StopMinutes = 5;

    /// <summary>Between two looks for work.</summary>
    public const int RoundSeconds = 1;

    /// <summary>Between two notes of how far it is, which are looks at whether it is to stop, too.</summary>
    public const int NoteSeconds = 1;

    /// <summary>How long the command waits for a node to take its rehearsal.</summary>
    public const int MaxTakeSeconds = 15;

    public const int RequestTimeoutSeconds = 30;

    public const int MaxConnections = 256;

    /// <summary>Attempts of a simulated buyer to get places.</summary>
    public const int MaxHoldAttempts = 6;

    /// <summary>Attempts of a simulated buyer to pay.</summary>
    public const int MaxPayAttempts = 4;

    /// <summary>Of one event, the older ones are forgotten.</summary>
    public const int MaxKept = 50;

    /// <summary>Samples are looked at in slices of so many seconds.</summary>
    public const int SliceSeconds = 5;

    /// <summary>Fewer holds than these in a slice say nothing about how the system bears them.</summary>
    public const int MinSliceHolds = 10;

    /// <summary>Holds slower than this, by p99, mean that no more can be let in: as the waiting room's leader has
    /// it.</summary>
    public const double SlowHoldMilliseconds = 250;

    public const int MaxFailureChars = 500;
}

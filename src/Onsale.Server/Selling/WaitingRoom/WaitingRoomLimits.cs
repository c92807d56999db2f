namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>Bounds of waiting rooms.</summary>
internal static class WaitingRoomLimits
{
    /// <summary>Body of a request.</summary>
    public const int MaxRequestBytes = 4 * 1024;

    /// <summary>How often a node reads the rooms, and how old the public state may be.</summary>
    public const int RefreshMilliseconds = 1000;

    /// <summary>How often the leader moves the lines.</summary>
    public const int LeaderMilliseconds = 1000;

    /// <summary>A line that nobody has moved for so long is moved by whoever sees it.</summary>
    public const int TakeoverMilliseconds = 2000;

    /// <summary>
    /// Lines that were not moved for a while, for want of a leader, go on as if it had been no longer than this.
    /// </summary>
    public const int MaxMoveSeconds = 3;

    /// <summary>How long a cache that many share may keep the public state.</summary>
    public const int PublicStateSeconds = 1;

    /// <summary>Joins of one event that wait at a node for their group.</summary>
    public const int MaxPendingJoins = 100_000;

    /// <summary>Joins taken with one statement.</summary>
    public const int MaxGroupJoins = 10_000;

    /// <summary>Half of the time in which the served are expected to come in and their places are kept.</summary>
    public const int ClaimWindowSeconds = 15;

    /// <summary>How often what nobody needs any more is deleted.</summary>
    public const int CleanUpSeconds = 60;

    /// <summary>How far back a node reads admissions that have ended.</summary>
    public const int EndedOverlapSeconds = 5;

    /// <summary>Ended admissions that a node remembers.</summary>
    public const int MaxEndedAdmissions = 1_000_000;

    /// <summary>
    /// After the end of the sale a room is read for so long, for its last state to be seen, and who waited is kept.
    /// </summary>
    public const int KeptAfterSaleHours = 24;

    public const int MaxRatePerMinute = 1_000_000;

    public const int MaxInsidePlaces = 1_000_000;

    public const int MaxAdmissionMinutes = 60;

    public const int MaxMessageCharacters = 500;

    /// <summary>The first year in which a room may open.</summary>
    public const int MinOpensYear = 2000;

    /// <summary>The last.</summary>
    public const int MaxOpensYear = 2199;

    public const int MaxBeaconCharacters = 200;

    /// <summary>Answered with 503 when too many join at once.</summary>
    public const int OverloadedRetryAfterSeconds = 2;

    /// <summary>Answered with a claim that has to wait for a place inside.</summary>
    public const int FullRetryAfterSeconds = 3;
}

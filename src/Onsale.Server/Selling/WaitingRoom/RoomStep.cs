namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>What nodes saw of an event in the last seconds, all of them together.</summary>
/// <param name="HoldsPerSecond">Holds that were asked for.</param>
/// <param name="HoldP99Milliseconds">The slowest node's.</param>
/// <param name="Refused">Holds that found a full queue.</param>
/// <param name="Viewers">Connections to the live feed.</param>
internal readonly record struct RoomLoad(double HoldsPerSecond, double HoldP99Milliseconds, int Refused, int Viewers);

/// <summary>What the leader finds when it moves a line, by the database's clock and rows.</summary>
/// <param name="Now">The database's time.</param>
/// <param name="IsSoldOut">Whether no place is free and none is held.</param>
/// <param name="Inside">Admissions in use.</param>
/// <param name="ClaimedOfWindow">Admissions given for positions after <see cref="Room.WindowFrom"/>.</param>
/// <param name="Load">What the nodes saw.</param>
internal readonly record struct RoomFacts(
    DateTimeOffset Now, bool IsSoldOut, long Inside, long ClaimedOfWindow, RoomLoad Load);

/// <summary>From so much on an automatic room opens.</summary>
internal readonly record struct CrowdLimits(double HoldsPerSecond, int Viewers);

/// <summary>How a line moves from one second to the next: pure functions of its row and the facts.</summary>
internal static class RoomStep
{
    /// <summary>An automatic room closes when it has had no crowd for so long.</summary>
    public const int CalmSeconds = 60;

    /// <summary>No crowd: the load is below this part of the limit that opens a room.</summary>
    private const double CalmPart = 0.5;

    /// <summary>The phase that a room ought to be in.</summary>
    public static RoomPhase PhaseOf(Room room, RoomFacts facts, CrowdLimits limits)
    {
        if (room.Mode == RoomMode.Off || !room.IsPublished || facts.Now >= room.OffSaleAt)
            return RoomPhase.Closed;
        if (room.Mode == RoomMode.Auto)
        {
            if (room.Phase == RoomPhase.Closed)
            {
                return facts.Now >= room.OnSaleAt && !facts.IsSoldOut && IsCrowded(facts.Load, limits, part: 1)
                    ? RoomPhase.Open
                    : RoomPhase.Closed;
            }

            return facts.Now - room.CalmSince >= TimeSpan.FromSeconds(CalmSeconds)
                ? RoomPhase.Closed
                : RoomPhase.Open;
        }

        if (facts.Now >= room.OnSaleAt || room.Phase == RoomPhase.Open)
            return RoomPhase.Open; // a draw is held once: a sale that is put off afterwards only stops the line
        return facts.Now >= room.OpensAt || room.Phase == RoomPhase.PreQueue ? RoomPhase.PreQueue : RoomPhase.Closed;
    }

    /// <summary>A new opening: nobody waits, and nothing is left of the one before.</summary>
    public static Room Open(Room room, DateTimeOffset now, byte[] commitment, byte[] sealedSeed) => room with
    {
        Phase = RoomPhase.PreQueue,
        Era = room.Era + 1,
        Commitment = commitment,
        SealedSeed = sealedSeed,
        Seed = null,
        Beacon = "",
        Early = 0,
        Numbers = 0,
        Served = 0,
        MovedAt = now,
        Carry = 0,
        Pace = room.RatePerMinute,
        WindowFrom = 0,
        WindowMiddle = 0,
        WindowTurnedAt = now,
        IsSoldOut = false,
        CalmSince = null,
    };

    /// <summary>The draw: from now on every lot can be computed, and whoever joins gets a number.</summary>
    public static Room HoldDraw(Room room, DateTimeOffset now, byte[] seed, string beacon, long early) => room with
    {
        Phase = RoomPhase.Open,
        Seed = seed,
        SealedSeed = null,
        Beacon = beacon,
        Early = early,
        MovedAt = now,
    };

    /// <summary>Nobody waits any more.</summary>
    public static Room Close(Room room, DateTimeOffset now) => room with
    {
        Phase = RoomPhase.Closed,
        MovedAt = now,
        CalmSince = null,
    };

    /// <summary>
    /// Lets in as many as the rate and the places inside allow. A clock that goes back lets nobody in, and one that
    /// jumps ahead no more than a few seconds would.
    /// </summary>
    public static Room Move(Room room, RoomFacts facts, CrowdLimits limits)
    {
        var elapsed = Math.Clamp((facts.Now - room.MovedAt).TotalSeconds, 0, WaitingRoomLimits.MaxMoveSeconds);
        var pace = NextPace(room.Pace, room.RatePerMinute, facts.Load, elapsed);
        var moves = !room.IsPaused && !facts.IsSoldOut && facts.Now >= room.OnSaleAt;
        var credit = moves ? room.Carry + (pace / 60 * elapsed) : 0;
        var unclaimed = Math.Max(0, room.Served - room.WindowFrom - facts.ClaimedOfWindow);
        var places = Math.Max(0, room.MaxInside - facts.Inside - unclaimed);
        var moved = Math.Min(Math.Min((long)credit, places), room.Waiting);
        var sinceTurn = Math.Abs((facts.Now - room.WindowTurnedAt).TotalSeconds);
        var isTurning = sinceTurn >= WaitingRoomLimits.ClaimWindowSeconds;
        var isCalm = room.Waiting == 0 && !IsCrowded(facts.Load, limits, CalmPart);
        return room with
        {
            Served = room.Served + moved,
            Carry = Math.Min(credit - moved, Math.Max(1, pace / 60)),
            Pace = pace,
            MovedAt = facts.Now,
            WindowFrom = isTurning ? room.WindowMiddle : room.WindowFrom,
            WindowMiddle = isTurning ? room.Served + moved : room.WindowMiddle,
            WindowTurnedAt = isTurning ? facts.Now : room.WindowTurnedAt,
            IsSoldOut = facts.IsSoldOut,
            CalmSince = isCalm ? room.CalmSince ?? facts.Now : null,
        };
    }

    /// <summary>
    /// Additive increase, multiplicative decrease (Chiu and Jain 1989): a rate that the inventory cannot take falls at
    /// once and comes back in small steps.
    /// </summary>
    public static double NextPace(double pace, int rate, RoomLoad load, double elapsedSeconds)
    {
        const double slowMilliseconds = 250;
        const double decrease = 0.7;
        const double increasePart = 0.05;
        const double leastPart = 0.05;
        if (elapsedSeconds <= 0)
            return Math.Min(pace, rate);
        var next = load.Refused > 0 || load.HoldP99Milliseconds > slowMilliseconds
            ? pace * decrease
            : pace + (rate * increasePart * elapsedSeconds);
        return Math.Clamp(next, Math.Min(rate, Math.Max(1, rate * leastPart)), rate);
    }

    private static bool IsCrowded(RoomLoad load, CrowdLimits limits, double part) =>
        load.HoldsPerSecond >= limits.HoldsPerSecond * part || load.Viewers >= limits.Viewers * part;
}

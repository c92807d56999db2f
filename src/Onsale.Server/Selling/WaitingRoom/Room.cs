namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>When a room is used. Stored as a number: append only.</summary>
internal enum RoomMode
{
    /// <summary>Never.</summary>
    Off = 0,

    /// <summary>From its opening time until the end of the sale.</summary>
    Always = 1,

    /// <summary>While the sale is crowded: it opens and closes by itself.</summary>
    Auto = 2,
}

/// <summary>Where a room stands. Stored as a number: append only.</summary>
internal enum RoomPhase
{
    /// <summary>Nobody waits, and holds need no admission.</summary>
    Closed = 0,

    /// <summary>Before the draw: whoever joins now is among the early.</summary>
    PreQueue = 1,

    /// <summary>The line moves.</summary>
    Open = 2,
}

/// <summary>An event's waiting room: what its row says, and what of its event matters here.</summary>
internal sealed record Room
{
    public required Guid EventId { get; init; }

    /// <summary>The event's name in addresses.</summary>
    public required string Slug { get; init; }

    /// <summary>Whether the event is published.</summary>
    public required bool IsPublished { get; init; }

    public required DateTimeOffset OnSaleAt { get; init; }

    public required DateTimeOffset OffSaleAt { get; init; }

    public required RoomMode Mode { get; init; }

    public required RoomPhase Phase { get; init; }

    /// <summary>Counts the openings; a pass is of one.</summary>
    public required int Era { get; init; }

    /// <summary>From when on one can join, before the sale.</summary>
    public required DateTimeOffset OpensAt { get; init; }

    /// <summary>Whether guests are asked to sign in.</summary>
    public bool NeedsAccount { get; init; }

    /// <summary>The organiser's rate.</summary>
    public required int RatePerMinute { get; init; }

    /// <summary>Admissions that may be in use at once.</summary>
    public required int MaxInside { get; init; }

    /// <summary>How long an admission lasts.</summary>
    public required int AdmissionMinutes { get; init; }

    /// <summary>Whether the organiser has stopped the line.</summary>
    public bool IsPaused { get; init; }

    /// <summary>What the organiser says to all who wait.</summary>
    public string Message { get; init; } = "";

    /// <summary>SHA-256 of the seed, from the opening on.</summary>
    public byte[]? Commitment { get; init; }

    /// <summary>The seed before the draw, encrypted.</summary>
    public byte[]? SealedSeed { get; init; }

    /// <summary>The seed once the draw is held.</summary>
    public byte[]? Seed { get; init; }

    /// <summary>The public value that was mixed into the seed; empty: none.</summary>
    public string Beacon { get; init; } = "";

    /// <summary>How many came before the draw, once it is held.</summary>
    public long Early { get; init; }

    /// <summary>Numbers given after the draw.</summary>
    public long Numbers { get; init; }

    /// <summary>Positions that have been let in; never less than before in one era.</summary>
    public long Served { get; init; }

    /// <summary>When <see cref="Served"/> was last computed.</summary>
    public DateTimeOffset MovedAt { get; init; }

    /// <summary>The part of a place that the last computation left over.</summary>
    public double Carry { get; init; }

    /// <summary>The rate a minute that is used, at most <see cref="RatePerMinute"/>.</summary>
    public double Pace { get; init; }

    /// <summary><see cref="Served"/> at the beginning of the time in which the served are to come in.</summary>
    public long WindowFrom { get; init; }

    /// <summary>The next <see cref="WindowFrom"/>.</summary>
    public long WindowMiddle { get; init; }

    public DateTimeOffset WindowTurnedAt { get; init; }

    /// <summary>No place is free, and none is held that could come back.</summary>
    public bool IsSoldOut { get; init; }

    /// <summary>Since when an automatic room has had no crowd.</summary>
    public DateTimeOffset? CalmSince { get; init; }

    /// <summary>The number of the leader that wrote last.</summary>
    public long Fence { get; init; }

    /// <summary>Positions there are.</summary>
    public long Positions => Early + Numbers;

    /// <summary>Positions that have not been let in.</summary>
    public long Waiting => Positions - Served;

    /// <summary>The position of a pass of this era; null: it will be drawn.</summary>
    public long? PositionOf(Guid buyerId, long number)
    {
        if (number > 0)
            return Early + number;
        return Seed is null ? null : Draw.PositionOf(Draw.LotOf(Draw.Mix(Seed, Beacon), EventId, buyerId), Early);
    }
}

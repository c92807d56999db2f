namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>What an organiser sets of an event's room.</summary>
internal sealed record RoomSettings
{
    public required RoomMode Mode { get; init; }

    /// <summary>From when on one can join.</summary>
    public required DateTimeOffset OpensAt { get; init; }

    public required int RatePerMinute { get; init; }

    public required int MaxInside { get; init; }

    public int AdmissionMinutes { get; init; } = 10;

    public bool NeedsAccount { get; init; }

    public bool IsPaused { get; init; }

    public string Message { get; init; } = "";
}

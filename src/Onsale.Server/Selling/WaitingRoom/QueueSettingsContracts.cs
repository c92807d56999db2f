namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>How an event's waiting room is set. All of it is given at once.</summary>
/// <param name="Mode">Off, always from its opening on, or by itself while the sale is crowded.</param>
/// <param name="OpensAt">From when on one can join; before the sale, joining is taking part in the draw.</param>
/// <param name="RatePerMinute">How many a minute are let in at most.</param>
/// <param name="MaxInside">How many may be inside at once.</param>
/// <param name="AdmissionMinutes">How long an admission lasts.</param>
/// <param name="NeedsAccount">Whether guests have to sign in to join.</param>
/// <param name="Paused">Whether the line stands.</param>
/// <param name="Message">What all who wait are told; empty: nothing.</param>
internal sealed record QueueSettings(
    RoomMode Mode, DateTimeOffset OpensAt, int RatePerMinute, int MaxInside, int AdmissionMinutes,
    bool NeedsAccount = false, bool Paused = false, string Message = "");

/// <summary>A waiting room as its organiser sees it.</summary>
/// <param name="Settings">How it is set.</param>
/// <param name="State">What everybody sees.</param>
/// <param name="Waiting">How many have not been let in, about.</param>
/// <param name="Inside">Admissions in use.</param>
internal sealed record QueueOverview(QueueSettings Settings, QueueState State, long Waiting, int Inside);

using System.Text.Json.Serialization;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>Where a waiting room stands.</summary>
internal enum QueuePhase
{
    /// <summary>Nobody waits, and holds need no admission.</summary>
    Closed,

    /// <summary>Before the draw: whoever joins now takes part in it.</summary>
    PreQueue,

    /// <summary>The line moves.</summary>
    Open,

    /// <summary>No place is free, and none is held that could come back.</summary>
    SoldOut,
}

/// <summary>In which part of the line a pass is.</summary>
internal enum QueueGroup
{
    /// <summary>Joined before the draw: the lot decides.</summary>
    Early,

    /// <summary>Joined after it: first come, first served, behind the early.</summary>
    Late,
}

/// <summary>
/// A waiting room as everybody may see it. A position up to <paramref name="Served"/> has been let in: the early have
/// the positions 1 to <paramref name="Early"/> by their lots (⌈lot × early⌉), number n has the position early + n.
/// </summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="OpensAt">From when on one can join.</param>
/// <param name="OnSaleAt">When the sale begins and the draw is held.</param>
/// <param name="Era">Counts the openings of this room; a pass is of one.</param>
/// <param name="Early">How many came before the draw, about.</param>
/// <param name="Numbers">How many numbers were given after it.</param>
/// <param name="Served">Positions that have been let in.</param>
/// <param name="ServedLot">Lots up to this, from 0 to 1, have been let in.</param>
/// <param name="ServedNumber">Numbers up to this have been let in.</param>
/// <param name="RatePerMinute">How many a minute are let in at present, while there are places inside.</param>
/// <param name="Paused">Whether the organiser has stopped the line.</param>
/// <param name="NeedsAccount">Whether guests have to sign in.</param>
/// <param name="Message">What the organiser says to all who wait.</param>
/// <param name="Commitment">SHA-256 of the seed, in hexadecimal digits, published before anybody joins.</param>
/// <param name="Seed">The seed, in hexadecimal digits, from the draw on.</param>
/// <param name="Beacon">The public value that was mixed into the seed, if one was.</param>
internal sealed record QueueState(
    Guid EventId, QueuePhase Phase, DateTimeOffset? OpensAt, DateTimeOffset? OnSaleAt, int Era, long Early,
    long Numbers, long Served, double ServedLot, long ServedNumber, int RatePerMinute, bool Paused, bool NeedsAccount,
    string? Message = null, string? Commitment = null, string? Seed = null, string? Beacon = null)
{
    /// <summary>Of an event without a room.</summary>
    public static QueueState None(Guid eventId) => new(
        eventId, QueuePhase.Closed, null, null, 0, 0, 0, 0, 0, 0, 0, false, false);

    public static QueueState Of(Room room) => new(
        room.EventId,
        room.Phase switch
        {
            RoomPhase.PreQueue => QueuePhase.PreQueue,
            RoomPhase.Open when room.IsSoldOut => QueuePhase.SoldOut,
            RoomPhase.Open => QueuePhase.Open,
            _ => QueuePhase.Closed,
        },
        room.OpensAt, room.OnSaleAt, room.Era, room.Early, room.Numbers, room.Served,
        room.Early == 0 ? 1 : Math.Min(1, (double)room.Served / room.Early),
        Math.Max(0, room.Served - room.Early), (int)Math.Round(room.Pace), room.IsPaused, room.NeedsAccount,
        room.Message.Length == 0 ? null : room.Message,
        room.Commitment is null ? null : Convert.ToHexStringLower(room.Commitment),
        room.Seed is null ? null : Convert.ToHexStringLower(room.Seed),
        room.Beacon.Length == 0 ? null : room.Beacon);
}

/// <summary>Joins the line.</summary>
/// <param name="Pass">One that the buyer has: the same place is answered again.</param>
internal sealed record JoinQueueRequest(string? Pass = null);

/// <summary>A place in the line.</summary>
/// <param name="Pass">Proves the place; the buyer keeps it, the server does not.</param>
/// <param name="Group">Whether the lot or the number decides.</param>
/// <param name="Era">The opening of the room that it is of.</param>
/// <param name="Number">The number, of the late.</param>
/// <param name="Position">The position in the line; left out before the draw.</param>
/// <param name="Wait">How long it may take; left out where that cannot be said.</param>
internal sealed record QueuePlace(
    string Pass, QueueGroup Group, int Era, long? Number = null, long? Position = null, QueueWait? Wait = null);

/// <summary>A wait as a range, in seconds.</summary>
internal sealed record QueueWait(int FromSeconds, int ToSeconds);

/// <summary>Claims the admission of a place whose turn it is.</summary>
/// <param name="Pass">The place.</param>
internal sealed record ClaimAdmissionRequest(string Pass);

/// <summary>The right to book: sent with each hold as the header <c>Queue-Admission</c>.</summary>
/// <param name="Token">What the header says.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record QueueAdmission(string Token, DateTimeOffset ExpiresAt);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QueueState))]
[JsonSerializable(typeof(JoinQueueRequest))]
[JsonSerializable(typeof(QueuePlace))]
[JsonSerializable(typeof(ClaimAdmissionRequest))]
[JsonSerializable(typeof(QueueAdmission))]
[JsonSerializable(typeof(QueueSettings))]
[JsonSerializable(typeof(QueueOverview))]
internal sealed partial class WaitingRoomJson : JsonSerializerContext;

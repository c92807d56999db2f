using System.Runtime.CompilerServices;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>
/// Stands before every hold: while the event's room is not closed, only who has an admission may book. Everything is
/// decided from memory.
/// </summary>
internal sealed class AdmissionGate(Rooms rooms, QueueTokens tokens, WaitingRoomMetrics metrics)
{
    /// <summary>The request header that carries the admission.</summary>
    public const string Header = "Queue-Admission";

    // One a room and second: a rush of refusals is the rule here.
    private static readonly ConditionalWeakTable<KnownRoom, Problem> Refusals = [];

    /// <summary>The room that watches over an event's holds; null: the event has none.</summary>
    public KnownRoom? Find(Guid eventId) => rooms.Find(eventId);

    /// <summary>Null: the buyer may book; else the refusal.</summary>
    public Problem? Check(KnownRoom room, HttpRequest request, Buyer buyer)
    {
        if (room.Room.Phase == RoomPhase.Closed || IsAdmitted(room.Room, request.Headers[Header], buyer))
            return null;
        metrics.HoldRefused();
        return Refusals.GetValue(room, Refuse);
    }

    private bool IsAdmitted(Room room, string? header, Buyer buyer) =>
        tokens.Read(header, QueueTokenKind.Admission, room.EventId, buyer.Id) is { } admission
        && admission.Era == room.Era
        && admission.At > rooms.Now
        && !rooms.HasEnded(admission);

    private static Problem Refuse(KnownRoom room) => new Problem(
        StatusCodes.Status403Forbidden, "admission-required",
        "This event has a waiting room: join it, and book when it is your turn.",
        writer =>
        {
            writer.WriteString("queue", $"/api/v1/events/{room.Room.EventId}/queue");
            writer.WriteString("page", $"/events/{room.Room.Slug}/queue");
        }).Keep();
}

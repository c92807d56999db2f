using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>
/// POST /events/{id}/queue/admission: the right to book, for a pass whose turn it is. Whoever claims late loses nothing
/// but time; whoever claims again gets the same admission.
/// </summary>
internal static class ClaimAdmission
{
    public static async Task<Results<Ok<QueueAdmission>, Problem>> HandleAsync(
        string id, ClaimAdmissionRequest request, Caller caller, EventLookup events, Rooms rooms, ClaimStore store,
        QueueTokens tokens, WaitingRoomMetrics metrics)
    {
        var answer = await ClaimAsync(id, request, caller, events, rooms, store, tokens);
        metrics.Claimed(answer.Result is Problem refusal ? refusal.Code : "admitted");
        return answer;
    }

    private static async Task<Results<Ok<QueueAdmission>, Problem>> ClaimAsync(
        string id, ClaimAdmissionRequest request, Caller caller, EventLookup events, Rooms rooms, ClaimStore store,
        QueueTokens tokens)
    {
        if (rooms.FindOpen(id) is not { } room)
            return (await events.RequireVisibleAsync(id)).Problem ?? QueueProblems.Closed();
        var buyer = caller.Buyer;
        if (tokens.Read(request.Pass, QueueTokenKind.Pass, room.EventId, buyer.Id) is not { } pass
            || pass.Era > room.Era)
            return QueueProblems.PassInvalid();
        if (pass.Era < room.Era)
            return QueueProblems.PassUsed();
        if (room.NeedsAccount && buyer.IsGuest)
            return QueueProblems.AccountRequired();
        // A second before the draw is known here, nobody has been served.
        if (room.PositionOf(buyer.Id, pass.Number) is not { } position || room.Phase != RoomPhase.Open)
            return QueueProblems.NotYourTurn(room, position: null);

        var outcome = await store.ClaimAsync(pass, position, caller.SessionId);
        if (outcome.EndsAt is { } endsAt)
        {
            return TypedResults.Ok(new QueueAdmission(
                tokens.Write(pass with { Kind = QueueTokenKind.Admission, At = endsAt }), endsAt));
        }

        if (outcome.IsUsed)
            return QueueProblems.PassUsed();
        if (!outcome.IsCurrent)
            return QueueProblems.Closed();
        return outcome.Served >= position
            ? QueueProblems.Full()
            : QueueProblems.NotYourTurn(room with { Served = outcome.Served }, position);
    }
}

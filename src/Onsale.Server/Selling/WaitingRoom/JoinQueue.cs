using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.Work;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>POST /events/{id}/queue: a place in the line. Whoever has one gets the same again.</summary>
internal static class JoinQueue
{
    public static async Task<Results<CreatedJson<QueuePlace>, Problem>> HandleAsync(
        string id, JoinQueueRequest request, Buyer buyer, HttpContext context, WorkGate work, EventLookup events,
        Rooms rooms, RoomStore store,
        JoinGroups groups, QueueTokens tokens, WaitingRoomForms forms, CancellationToken cancellationToken)
    {
        // Memory knows the rooms: in the rush at an opening no join looks its event up.
        if (rooms.FindOpen(id) is not { } room)
            return (await events.RequireVisibleAsync(id)).Problem ?? QueueProblems.Closed();
        if (room.NeedsAccount && buyer.IsGuest)
            return QueueProblems.AccountRequired();
        if (request.Pass is { } text)
        {
            if (tokens.Read(text, QueueTokenKind.Pass, room.EventId, buyer.Id) is not { } known)
                return QueueProblems.PassInvalid();
            // One of an earlier opening is worth nothing, and nobody did anything wrong.
            if (known.Era == room.Era && !await IsUsedAsync(known, room, store, cancellationToken))
                return Answer(room, known, text, forms);
        }
        else if (!buyer.IsGuest
            && await store.FindPlaceAsync(room.EventId, buyer.Id, room.Era, cancellationToken) is { } number)
        {
            return Answer(room, PassOf(room.Era, number, rooms.Now), text: null, forms);
        }

        if (await work.CheckAsync(context, WorkAction.Join) is { } asked)
            return asked;
        if (await groups.TryJoinAsync(room, buyer.Id, !buyer.IsGuest) is not { } joined)
            return QueueProblems.Overloaded();
        return joined.Phase == RoomPhase.Closed
            ? QueueProblems.Closed()
            : Answer(room, PassOf(joined.Era, joined.Number, joined.Now), text: null, forms);

        QueueToken PassOf(int era, long number, DateTimeOffset at) =>
            new(QueueTokenKind.Pass, room.EventId, buyer.Id, era, number, at);
    }

    /// <summary>Only who was served can have been inside: for all others memory answers.</summary>
    private static async Task<bool> IsUsedAsync(
        QueueToken pass, Room room, RoomStore store, CancellationToken cancellationToken) =>
        room.PositionOf(pass.BuyerId, pass.Number) <= room.Served && await store.IsUsedAsync(pass, cancellationToken);

    private static CreatedJson<QueuePlace> Answer(Room room, QueueToken pass, string? text, WaitingRoomForms forms)
    {
        // The room may be a second older than the pass.
        var position = pass.Era == room.Era ? room.PositionOf(pass.BuyerId, pass.Number) : null;
        var place = new QueuePlace(
            text ?? forms.Tokens.Write(pass), pass.Number == 0 ? QueueGroup.Early : QueueGroup.Late, pass.Era,
            pass.Number == 0 ? null : pass.Number, position, WaitEstimate.Of(room, position));
        return new CreatedJson<QueuePlace>($"/api/v1/events/{room.EventId}/queue", place, forms.Place);
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>DELETE /events/{id}/queue: gives up the place in the line and the one inside. Repeated: the same.</summary>
internal static class LeaveQueue
{
    public static async Task<Results<NoContent, Problem>> HandleAsync(
        string id, Buyer buyer, EventLookup events, RoomStore store, CancellationToken cancellationToken)
    {
        var (terms, problem) = await events.RequireVisibleAsync(id);
        if (problem is not null)
            return problem;
        await store.LeaveAsync(terms!.EventId, buyer.Id, cancellationToken);
        return TypedResults.NoContent();
    }
}

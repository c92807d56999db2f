using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.Waitlist;

/// <summary>GET and DELETE /events/{id}/waitlist: the buyer's own place.</summary>
internal static class OwnWaitlistPlace
{
    /// <summary>No content: the buyer has none.</summary>
    public static async Task<Results<Ok<WaitlistPlace>, NoContent, Problem>> GetAsync(
        string id, Buyer buyer, EventLookup events, WaitlistStore store, CancellationToken cancellationToken)
    {
        var (terms, problem) = await events.RequireAnyAsync(id);
        if (problem is not null)
            return problem;
        return await store.FindAsync(terms!.EventId, buyer.Id, cancellationToken) is { } row
            && (WaitlistState)row.State != WaitlistState.Left
                ? TypedResults.Ok(row.ToPlace(terms))
                : TypedResults.NoContent();
    }

    /// <summary>Repeated: the same.</summary>
    public static async Task<Results<NoContent, Problem>> LeaveAsync(
        string id, Buyer buyer, EventLookup events, EventLanes lanes)
    {
        var (terms, problem) = await events.RequireAnyAsync(id);
        if (problem is not null)
            return problem;
        var reply = await lanes.SubmitAsync(terms!.EventId, new LeaveWaitlistCommand(buyer.Id));
        return reply.Status == LaneStatus.Decided
            && reply.Result.Refusal is null or { Reason: RefusalReason.NotOnWaitlist }
                ? TypedResults.NoContent()
                : WaitlistProblems.Of(reply, terms);
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Delivery.CheckIn;

/// <summary>GET /organisations/{org}/events/{event}/check-ins: how full the house is.</summary>
internal static class GetCheckIns
{
    public static async Task<Results<Ok<CheckInCounts>, Problem>> HandleAsync(
        string @event, OrganisationAccess access, CheckInStore store, EventLookup events, DoorTickets doorTickets,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(@event, "D", out var eventId)
            || await store.FindTitleAsync(access.OrganisationId, eventId, cancellationToken) is not { } title)
        {
            return Problem.EventNotFound();
        }

        var found = await events.RequireAnyAsync(eventId);
        if (found.Problem is not null)
            return found.Problem;
        var (counted, gates, conflicts) = await store.CountAsync(eventId, cancellationToken);
        var show = await doorTickets.OfAsync(found.Terms!);
        var byTier = counted.ToDictionary(count => count.Tier);
        List<TierCheckIns> tiers = [];
        foreach (var (number, tier) in found.Terms!.Tiers.Index())
        {
            var count = byTier.GetValueOrDefault(number);
            tiers.Add(new TierCheckIns(
                tier.Id, tier.Name, count?.Tickets ?? 0, count?.Admitted ?? 0, count?.Inside ?? 0));
        }

        return TypedResults.Ok(new CheckInCounts(
            title, tiers.Sum(tier => tier.Tickets), tiers.Sum(tier => tier.Admitted), tiers.Sum(tier => tier.Inside),
            tiers,
            gates, [.. conflicts.Select(row => EntryConflicts.Show(row, show))]));
    }
}

using Onsale.Platform.Http;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Catalog.Events;

/// <summary>
/// The static plan of an event's seats; 404 <c>no-seat-map</c> for one without numbered seats. Under the address that
/// the event's <c>seatMapVersion</c> makes, it may be kept for ever.
/// </summary>
internal static class GetSeatMap
{
    public static async Task<IResult> HandleAsync(
        string id, string? v, EventsStore store, SeatingPlanCache plans, SeatMaps maps,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (row.SeatingPlanId is not { } planId || await plans.GetAsync(planId, cancellationToken) is not { } plan)
            return new Problem(StatusCodes.Status404NotFound, "no-seat-map", "This event has no numbered seats.");
        var tiers = await store.TiersAsync(row.Id, cancellationToken);
        return new SeatMapResult(
            await maps.GetAsync(plan, tiers.ConvertAll(tier => tier.ToSeatMap()), cancellationToken), v);
    }
}

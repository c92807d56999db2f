using Onsale.Inventory;
using Onsale.Server.Inventory;

namespace Onsale.Server.Events;

/// <summary>How many places events have and how many are free, by tier, from this node's memory.</summary>
internal sealed class EventAvailability(EventLanes lanes)
{
    /// <summary>The places of each of these events, which must exist; null while the journal cannot be reached.</summary>
    public async Task<IReadOnlyDictionary<Guid, EventPlaces>?> OfAsync(IReadOnlyList<Guid> events)
    {
        var reads = await Task.WhenAll(events.Select(lanes.ReadAsync));
        var places = new Dictionary<Guid, EventPlaces>(events.Count);
        for (var i = 0; i < reads.Length; i++)
        {
            if (reads[i].Lane is not { } lane)
                return null;
            places[events[i]] = new EventPlaces(lane.Board.Snapshot().Tiers);
        }

        return places;
    }
}

/// <summary>The places of one event by tier number.</summary>
internal sealed record EventPlaces(IReadOnlyList<TierAvailability> Tiers)
{
    public Availability Sum => new(Tiers.Sum(tier => tier.Total), Tiers.Sum(tier => tier.Available));

    /// <summary>A tier made a moment ago may be known to the database only; it has no places to offer yet.</summary>
    public Availability OfTier(int number) => number < Tiers.Count
        ? new Availability(Tiers[number].Total, Tiers[number].Available)
        : new Availability(0, 0);
}

using Npgsql;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server.Catalog.Events;

/// <summary>How many places events have and how many are free.</summary>
internal sealed class EventAvailability(EventLanes lanes, NpgsqlDataSource dataSource)
{
    private const string SumsSql = "select event_id, total, available from inventory where event_id = any ($1)";

    /// <summary>
    /// The places of an event that exists, by tier, from this node's memory; null while the journal cannot be reached.
    /// </summary>
    public async Task<EventPlaces?> OfAsync(Guid eventId) =>
        await lanes.ReadAsync(eventId) is { Lane: { } lane }
            ? new EventPlaces(lane.Availability.Snapshot().Tiers)
            : null;

    /// <summary>
    /// The sums of events that exist: from memory for those that this node sells, else the sums that each batch leaves
    /// in the event's row. A list must not load every event it names.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, Availability>> SumsAsync(
        IReadOnlyList<Guid> events, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<Guid, Availability>(events.Count);
        foreach (var eventId in events)
        {
            if (lanes.FindLoaded(eventId) is { } lane
                && lane.Availability.Age < TimeSpan.FromMilliseconds(JournalLimits.MaxReadAgeMilliseconds))
            {
                sums[eventId] = new EventPlaces(lane.Availability.Snapshot().Tiers).Sum;
            }
        }

        if (sums.Count < events.Count)
            await ReadSumsAsync([.. events.Where(eventId => !sums.ContainsKey(eventId))], sums, cancellationToken);
        return sums;
    }

    private async Task ReadSumsAsync(
        Guid[] events, Dictionary<Guid, Availability> sums, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SumsSql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = events });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            sums[rows.GetGuid(0)] = new Availability(rows.GetInt32(1), rows.GetInt32(2));
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

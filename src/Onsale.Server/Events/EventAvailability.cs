using Dapper;
using Npgsql;

namespace Onsale.Server.Events;

/// <summary>How many places events have and how many are free, by tier, for lists and event pages.</summary>
internal sealed class EventAvailability(NpgsqlDataSource dataSource)
{
    private const string CountSql = """
        select event_id, (-1)::smallint as tier, count(*)::int as total,
               (count(*) filter (where state = 0))::int as available
        from seats where event_id = any(@events) group by event_id
        union all
        select event_id, tier, capacity, capacity - held - sold - blocked from pools where event_id = any(@events)
        """;

    /// <summary>The places of each of these events.</summary>
    public async Task<IReadOnlyDictionary<Guid, EventPlaces>> OfAsync(Guid[] events, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<CountRow>(
            new CommandDefinition(CountSql, new { events }, cancellationToken: cancellationToken));
        var byEvent = rows.ToLookup(row => row.EventId);
        return events.ToDictionary(id => id, id => new EventPlaces(
            byEvent[id].ToDictionary(row => (int)row.Tier, row => new Availability(row.Total, row.Available))));
    }

    private sealed record CountRow(Guid EventId, short Tier, int Total, int Available);
}

/// <summary>The places of one event by tier number.</summary>
internal sealed record EventPlaces(IReadOnlyDictionary<int, Availability> Tiers)
{
    public Availability Sum => new(Tiers.Values.Sum(tier => tier.Total), Tiers.Values.Sum(tier => tier.Available));

    public Availability OfTier(int number) => Tiers.GetValueOrDefault(number, new Availability(0, 0));
}

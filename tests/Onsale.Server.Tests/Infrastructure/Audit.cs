using Npgsql;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>The invariants of an inventory, asked of the tables.</summary>
internal static class Audit
{
    private const string FaultsSql = """
        with claims as (
            select b.event_id, b.id, b.state, place.tier, place.seat
            from bookings b, unnest(b.tiers, b.seats) as place (tier, seat)
            where b.event_id = $1 and b.state in (0, 1, 2))
        select 'seat ' || seat || ' is claimed ' || count(*) || ' times' from claims where seat >= 0
        group by seat having count(*) > 1
        union all
        select 'seat ' || s.ordinal || ' is ' || s.state || ', its claim says ' || coalesce(c.state::text, 'nothing')
        from seats s left join claims c on c.seat = s.ordinal
        where s.event_id = $1 and (s.booking_id is distinct from c.id
            or (s.state in (1, 2)) <> (c.id is not null) or (s.state = 2) <> coalesce(c.state = 2, false))
        union all
        select 'pool ' || p.tier || ' counts ' || p.held || ' held and ' || p.sold || ' sold of ' || p.capacity
        from pools p where p.event_id = $1 and (p.held + p.sold + p.blocked > p.capacity
            or p.held <> (select count(*) from claims c where c.tier = p.tier and c.seat = -1 and c.state in (0, 1))
            or p.sold <> (select count(*) from claims c where c.tier = p.tier and c.seat = -1 and c.state = 2))
        union all
        select 'booking ' || b.id || ' has ' || count(t.id) || ' tickets' from bookings b
        left join tickets t on t.event_id = b.event_id and t.booking_id = b.id
        where b.event_id = $1 group by b.id, b.state, b.seats
        having count(t.id) <> case when b.state in (2, 5) then cardinality(b.seats) else 0 end
        union all
        select 'the change log has gaps' from inventory i
        where i.event_id = $1 and i.version <> (select count(*) from change_log l where l.event_id = i.event_id)
        """;

    public static async Task<IReadOnlyList<string>> FaultsAsync(this NpgsqlDataSource dataSource, TestEvent @event) =>
        await dataSource.QueryAsync<string>(FaultsSql, @event.Id);

    public static async Task ShouldBeSoundAsync(this NpgsqlDataSource dataSource, TestEvent @event) =>
        (await dataSource.FaultsAsync(@event)).ShouldBeEmpty();

    public static Task ShouldBeSoundAsync(this OnsaleNode node, TestEvent @event) => node.DataSource.ShouldBeSoundAsync(@event);
}

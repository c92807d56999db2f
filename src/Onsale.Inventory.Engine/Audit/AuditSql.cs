namespace Onsale.Inventory.Engine.Audit;

/// <summary>The audit's questions. Each answers with sentences: one a fault, none when all is well.</summary>
internal static class AuditSql
{
    public const string SeatsAgainstBookings = """
        with claims as (
            select b.id, b.state, place.seat from bookings b cross join unnest(b.seats) as place (seat)
            where b.event_id = $1 and b.state in (0, 1, 2) and place.seat >= 0),
        taken as (select ordinal, booking_id, state from seats where event_id = $1 and state in (1, 2))
        select case
            when c.id is null
                then format('seat %s is taken by booking %s, which does not claim it', t.ordinal, t.booking_id)
            when t.ordinal is null then format('booking %s claims seat %s, which is not taken by it', c.id, c.seat)
            else format('seat %s and booking %s disagree whether it is sold', c.seat, c.id) end
        from claims c full join taken t on t.ordinal = c.seat and t.booking_id = c.id
        where c.id is null or t.ordinal is null or (c.state = 2) <> (t.state = 2)
        limit $2
        """;

    public const string SeatsClaimedTwice = """
        select format('seat %s has %s live claims', place.seat, count(*))
        from bookings b cross join unnest(b.seats) as place (seat)
        where b.event_id = $1 and b.state in (0, 1, 2) and place.seat >= 0
        group by place.seat having count(*) > 1
        limit $2
        """;

    public const string PoolsAgainstBookings = """
        with places as (
            select place.tier, count(*) filter (where b.state in (0, 1)) as held,
                count(*) filter (where b.state = 2) as sold
            from bookings b cross join unnest(b.tiers, b.seats) as place (tier, seat)
            where b.event_id = $1 and b.state in (0, 1, 2) and place.seat < 0
            group by place.tier)
        select format('pool %s counts %s held and %s sold; its bookings have %s and %s',
            coalesce(p.tier, s.tier), p.held, p.sold, coalesce(s.held, 0), coalesce(s.sold, 0))
        from (select * from pools where event_id = $1) p full join places s on s.tier = p.tier
        where p.tier is null or p.held <> coalesce(s.held, 0) or p.sold <> coalesce(s.sold, 0)
        limit $2
        """;

    public const string PoolsOverCapacity = """
        select format('pool %s holds %s of %s places', tier, held + sold + blocked, capacity)
        from pools where event_id = $1 and held::bigint + sold + blocked > capacity
        limit $2
        """;

    public const string CountersOfLists = """
        with places as (
            select coalesce(sum(total), 0) as total, coalesce(sum(available), 0) as available from (
                select count(*) filter (where state <> 3) as total, count(*) filter (where state = 0) as available
                from seats where event_id = $1
                union all
                select capacity - blocked, capacity - held - sold - blocked from pools where event_id = $1) parts)
        select format('the inventory row says %s of %s places are free; the rows say %s of %s',
            i.available, i.total, p.available, p.total)
        from inventory i cross join places p
        where i.event_id = $1 and (i.total <> p.total or i.available <> p.available)
        limit $2
        """;

    public const string LogGaps = """
        select format('the change log has %s rows up to version %s; the inventory is at version %s',
            l.rows, l.last, i.version)
        from inventory i cross join (
            select count(*) as rows, coalesce(max(version), 0) as last, coalesce(min(version), 1) as first,
                count(distinct batch_id) as batches from change_log where event_id = $1) l
        where i.event_id = $1 and (l.rows <> i.version or l.last <> i.version or l.first <> 1 or l.batches <> l.rows)
        limit $2
        """;

    public const string TicketsAgainstBookings = """
        select format('booking %s is in state %s with %s places and %s valid tickets',
            b.id, b.state, cardinality(b.seats), t.valid)
        from bookings b cross join lateral (
            select count(*) filter (where state = 0) as valid from tickets
            where event_id = $1 and booking_id = b.id) t
        where b.event_id = $1 and b.state in (2, 5)
            and t.valid <> case b.state when 2 then cardinality(b.seats) else 0 end
        limit $2
        """;

    public const string CodesAgainstBookings = """
        with used as (
            select code, count(*) as uses, sum(cardinality(seats)) as tickets from bookings
            where event_id = $1 and code is not null and state in (0, 1, 2) group by code)
        select format('code %s counts %s uses and %s places; its bookings are %s with %s',
            coalesce(c.number, u.code), c.uses, c.tickets, coalesce(u.uses, 0), coalesce(u.tickets, 0))
        from (select * from code_uses where event_id = $1) c full join used u on u.code = c.number
        where c.number is null or c.uses <> coalesce(u.uses, 0) or c.tickets <> coalesce(u.tickets, 0)
        limit $2
        """;

    public const string CodesOverLimit = """
        select format('code %s has %s of %s uses and %s of %s places', number, uses, max_uses, tickets, max_tickets)
        from codes join code_uses using (event_id, number)
        where event_id = $1 and not is_ended and (uses > max_uses or tickets > max_tickets)
        limit $2
        """;

    public const string WaitlistAgainstBookings = """
        select format(
            'waitlist entry %s is in state %s, its booking %s in state %s', e.id, e.state, e.booking_id, b.state)
        from waitlist_entries e left join bookings b on b.event_id = e.event_id and b.id = e.booking_id
        where e.event_id = $1 and case e.state
            when 0 then e.booking_id is not null
            when 1 then b.state is distinct from 0 or b.buyer_id <> '00000000-0000-0000-0000-000000000000'
            when 2 then b.state is null or b.state not in (0, 1) or b.buyer_id <> e.buyer_id
            when 3 then b.state is null or b.state not in (2, 5)
            when 4 then b.state is distinct from 3
            when 5 then b.state is distinct from 4 end
        limit $2
        """;

    /// <summary>
    /// An id is its time, then its key's hash but for version and variant; see the idempotency key index.
    /// </summary>
    public const string KeysNotInIds = """
        select format('booking %s does not carry its idempotency key, %s', id, key_hash) from bookings
        where event_id = $1 and (substr(id::text, 16, 3) <> substr(key_hash::text, 16, 3)
            or substr(id::text, 21) <> substr(key_hash::text, 21))
        limit $2
        """;

    public const string KeysUsedTwice = """
        select format('bookings %s and %s were made with one idempotency key', id, earlier)
        from (
            select id, created_at, lag(id) over same_key as earlier, lag(created_at) over same_key as earlier_at
            from bookings where event_id = $1 and key_hash is not null
            window same_key as (partition by key_hash order by created_at)) b
        where created_at < earlier_at + make_interval(hours => 24)
        limit $2
        """;

    public const string Log =
        "select version, batch_id, at, changes from change_log where event_id = $1 order by version";

    public const string PoolCapacities = "select tier, capacity - resized from pools where event_id = $1";

    public const string ChangedEvents =
        "select event_id, version, changed_at from inventory where changed_at > $1 and version > 0 order by changed_at";

    public static readonly string[] All =
    [
        SeatsAgainstBookings, SeatsClaimedTwice, PoolsAgainstBookings, PoolsOverCapacity, CountersOfLists, LogGaps,
        TicketsAgainstBookings, KeysNotInIds, KeysUsedTwice, CodesAgainstBookings, CodesOverLimit,
        WaitlistAgainstBookings,
    ];
}

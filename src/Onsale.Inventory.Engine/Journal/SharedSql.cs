namespace Onsale.Inventory.Engine.Journal;

/// <summary>
/// The statements of <see cref="JournalSql"/> for several events at once. They differ in that each row brings its event
/// along, and that locks are taken without waiting: whoever holds some waits for none.
/// </summary>
internal static class SharedSql
{
    public const string Lock = """
        select event_id, version, settings_version from inventory where event_id = any ($1)
        order by event_id for no key update skip locked
        """;

    public const string EntriesSinceKnown = """
        select k.event_id, l.version, l.batch_id, l.at, l.changes
        from (select unnest($1) as event_id, unnest($2) as known) k
        cross join lateral (
            select c.version, c.batch_id, c.at, case when c.version > k.known then c.changes end as changes
            from change_log c
            where c.event_id = k.event_id and c.version >= k.known order by c.version limit $3) l
        """;

    public const string Bookings = $"""
        select {JournalSql.BookingColumns}, b.key_hash, b.fingerprint, b.event_id
        from (select unnest($1) as event_id, unnest($2) as id) k
        join bookings b on b.event_id = k.event_id and b.id = k.id
        """;

    public const string UpdateSeats = """
        with written as (
            update seats s set state = w.new_state, booking_id = w.new_booking
            from (select unnest($1) as event_id, unnest($2) as ordinal, unnest($3) as old_state,
                unnest($4) as old_booking, unnest($5) as new_state, unnest($6) as new_booking) w
            where s.event_id = w.event_id and s.ordinal = w.ordinal
                and s.state = w.old_state and s.booking_id is not distinct from w.old_booking
            returning 1)
        select expect_rows((select count(*) from written), $7, 'seats')
        """;

    public const string UpdatePools = """
        with written as (
            update pools p set held = p.held + w.held, sold = p.sold + w.sold, blocked = p.blocked + w.blocked,
                capacity = p.capacity + w.capacity, resized = p.resized + w.capacity
            from (select unnest($1) as event_id, unnest($2) as tier, unnest($3) as held, unnest($4) as sold,
                unnest($5) as blocked, unnest($6) as capacity) w
            where p.event_id = w.event_id and p.tier = w.tier
            returning 1)
        select expect_rows((select count(*) from written), $7, 'pools')
        """;

    public const string InsertBookings = """
        insert into bookings (event_id, id, buyer_id, state, attempts, held_until, paying_until, hold_version, version,
            created_at, changed_at, tiers, seats, prices, key_hash, fingerprint, address_range, code, discounts,
            fees, own_fees, taxes)
        select w.event_id, w.id, w.buyer_id, w.state, w.attempts, w.held_until, w.paying_until, w.version, w.version,
            w.at, w.at, ($12)[w.first:w.last], ($13)[w.first:w.last], ($14)[w.first:w.last], w.key_hash, w.fingerprint,
            w.address_range, w.code, case when w.code is not null then ($19)[w.first:w.last] end,
            case when w.charged then ($21)[w.first:w.last] end, case when w.charged then ($22)[w.first:w.last] end,
            case when w.charged then ($23)[w.first:w.last] end
        from (select unnest($1) as event_id, unnest($2) as version, unnest($3) as at,
            unnest($4) as id, unnest($5) as buyer_id, unnest($6) as state, unnest($7) as attempts,
            unnest($8) as held_until, unnest($9) as paying_until, unnest($10) as first, unnest($11) as last,
            unnest($15) as key_hash, unnest($16) as fingerprint, unnest($17) as address_range,
            unnest($18) as code, unnest($20) as charged) w
        """;

    public const string InsertLog = """
        insert into change_log (event_id, version, batch_id, at, changes)
        select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5)
        """;

    public const string MoveVersion = """
        with written as (
            update inventory i set version = w.version, changed_at = w.at, next_due_at = w.next_due_at,
                total = w.total, available = w.available, settings_version = i.settings_version + w.settings_changes
            from (select unnest($1) as event_id, unnest($2) as version, unnest($3) as at, unnest($4) as next_due_at,
                unnest($5) as total, unnest($6) as available, unnest($7) as settings_changes) w
            where i.event_id = w.event_id and i.version = w.version - 1
            returning 1)
        select expect_rows((select count(*) from written), $8, 'inventory')
        """;
}

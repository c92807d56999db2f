namespace Onsale.Inventory.Engine.Journal;

/// <summary>
/// The journal's SQL. Two round trips a batch: <see cref="Lock"/> and what follows it, then the writes with COMMIT. All
/// writes are set-based, and each refuses to touch other rows than it means to (see expect_rows in migration 0001).
/// Arrays are unnested side by side in a select list, which streams them; unnest in FROM would first store each column.
/// </summary>
internal static class JournalSql
{
    public const string Begin = "begin isolation level read committed";

    public const string Commit = "commit";

    public const string Rollback = "rollback";

    /// <summary>NO KEY: foreign keys to events do not wait for it.</summary>
    public const string Lock =
        "select version, settings_version from inventory where event_id = $1 for no key update";

    /// <summary>A statement of its own: in the locking statement it would be read before the lock is granted.</summary>
    public const string Clock = "select clock_timestamp()";

    /// <summary>
    /// The entry at the known version, by its batch id only, and all after it. Its changes are known: they are not read
    /// from the disk.
    /// </summary>
    public const string EntriesSinceKnown = """
        select version, batch_id, at, case when version > $2 then changes end from change_log
        where event_id = $1 and version >= $2 order by version limit $3
        """;

    public const string BookingColumns = """
        b.id, b.buyer_id, b.state, b.attempts, b.held_until, b.paying_until, b.hold_version, b.version, b.created_at,
        b.changed_at, b.tiers, b.seats, b.prices, b.extensions, b.code, b.discounts, b.fees, b.own_fees,
        b.taxes
        """;

    public const string Bookings = $"""
        select {BookingColumns}, b.key_hash, b.fingerprint from bookings b where b.event_id = $1 and b.id = any ($2)
        """;

    /// <summary>With the clock, which tells whether a hold that is not expired yet has ended.</summary>
    public const string BookingOfBuyer = $"""
        select {BookingColumns}, clock_timestamp() from bookings b
        where b.event_id = $1 and b.id = $2 and b.buyer_id = $3
        """;

    public const string BookingsOfBuyer = $"""
        select {BookingColumns}, clock_timestamp(), b.event_id from bookings b
        where b.buyer_id = $1 order by b.id desc limit $2 offset $3
        """;

    public const string ConfirmedBookings =
        $"select {BookingColumns} from bookings b where b.event_id = $1 and b.state = 2";

    public const string AllBookings = $"select {BookingColumns} from bookings b where b.event_id = $1";

    public const string WasCommitted =
        "select exists (select from change_log where event_id = $1 and version = $2 and batch_id = $3)";

    public const string LoadVersion = """
        select i.version, i.changed_at, l.batch_id from inventory i
        left join change_log l on l.event_id = i.event_id and l.version = i.version
        where i.event_id = $1
        """;

    public const string LoadSeats = "select ordinal, state from seats where event_id = $1 and state <> 0";

    public const string LoadPools = "select tier, capacity, held, sold, blocked from pools where event_id = $1";

    public const string LoadLive =
        $"select {BookingColumns}, b.address_range from bookings b where b.event_id = $1 and b.state in (0, 1)";

    public const string LoadBuyers = """
        select buyer_id, sum(cardinality(seats))::integer from bookings
        where event_id = $1 and state in (0, 1, 2) group by buyer_id
        """;

    public const string LoadCodes = """
        select code, buyer_id, count(*)::integer, sum(cardinality(seats))::integer from bookings
        where event_id = $1 and code is not null and state in (0, 1, 2) group by code, buyer_id
        """;

    /// <summary>
    /// Ids begin with the milliseconds of a node's clock, so the recent ones are one range of the primary key. The
    /// range is twice the lifetime of a key, which tolerates clocks that are up to one lifetime off.
    /// </summary>
    public const string LoadKeys = """
        select id from bookings
        where event_id = $1 and key_hash is not null and created_at > now() - make_interval(hours => $2)
            and id >= rpad(lpad(to_hex(
                (extract(epoch from now() - 2 * make_interval(hours => $2)) * 1000)::bigint), 12, '0'), 32, '0')::uuid
        """;

    public const string UpdateSeats = """
        with written as (
            update seats s set state = w.new_state, booking_id = w.new_booking
            from (select unnest($2) as ordinal, unnest($3) as old_state, unnest($4) as old_booking,
                unnest($5) as new_state, unnest($6) as new_booking) w
            where s.event_id = $1 and s.ordinal = w.ordinal
                and s.state = w.old_state and s.booking_id is not distinct from w.old_booking
            returning 1)
        select expect_rows((select count(*) from written), $7, 'seats')
        """;

    public const string UpdatePools = """
        with written as (
            update pools p set held = p.held + w.held, sold = p.sold + w.sold, blocked = p.blocked + w.blocked,
                capacity = p.capacity + w.capacity, resized = p.resized + w.capacity
            from (select unnest($2) as tier, unnest($3) as held, unnest($4) as sold, unnest($5) as blocked,
                unnest($7) as capacity) w
            where p.event_id = $1 and p.tier = w.tier
            returning 1)
        select expect_rows((select count(*) from written), $6, 'pools')
        """;

    public const string InsertCodeUses = """
        insert into code_uses (event_id, number)
        select i.event_id, w.number from (select unnest($2) as number) w cross join inventory i where i.event_id = $1
        on conflict (event_id, number) do nothing
        """;

    /// <summary>The last word: a code is not used more often than it may be, whatever was decided.</summary>
    public const string UpdateCodeUses = """
        with written as (
            update code_uses u set uses = u.uses + w.uses, tickets = u.tickets + w.tickets
            from (select unnest($2) as number, unnest($3) as uses, unnest($4) as tickets) w
            join codes c on c.event_id = $1 and c.number = w.number
            where u.event_id = $1 and u.number = w.number
                and (c.is_ended or c.max_uses is null or u.uses + w.uses <= c.max_uses)
                and (c.is_ended or c.max_tickets is null or u.tickets + w.tickets <= c.max_tickets)
            returning 1)
        select expect_rows((select count(*) from written), $5, 'code uses')
        """;

    // The place arrays of bookings differ in length, which arrays of PostgreSQL cannot: they are sent end to end, and
    // each booking takes its slice. The inserts read the inventory row only so that they are planned by event_id: on
    // distributed tables they then run where the event is.
    public const string InsertBookings = """
        insert into bookings (event_id, id, buyer_id, state, attempts, held_until, paying_until, hold_version, version,
            created_at, changed_at, tiers, seats, prices, key_hash, fingerprint, address_range, code, discounts,
            fees, own_fees, taxes)
        select i.event_id, w.id, w.buyer_id, w.state, w.attempts, w.held_until, w.paying_until, $2, $2, $3, $3,
            ($12)[w.first:w.last], ($13)[w.first:w.last], ($14)[w.first:w.last], w.key_hash, w.fingerprint,
            w.address_range, w.code, case when w.code is not null then ($19)[w.first:w.last] end,
            case when w.charged then ($21)[w.first:w.last] end, case when w.charged then ($22)[w.first:w.last] end,
            case when w.charged then ($23)[w.first:w.last] end
        from (select unnest($4) as id, unnest($5) as buyer_id, unnest($6) as state, unnest($7) as attempts,
            unnest($8) as held_until, unnest($9) as paying_until, unnest($10) as first, unnest($11) as last,
            unnest($15) as key_hash, unnest($16) as fingerprint, unnest($17) as address_range,
            unnest($18) as code, unnest($20) as charged) w
        cross join inventory i where i.event_id = $1
        """;

    // What a range holds counts as long as it is held or paying; then it is forgotten.
    public const string UpdateBookings = """
        with written as (
            update bookings b set buyer_id = w.buyer_id, state = w.new_state, attempts = w.attempts,
                paying_until = w.paying_until, version = $2, changed_at = $3,
                address_range = case when w.new_state in (0, 1) then b.address_range end
            from (select unnest($4) as id, unnest($5) as buyer_id, unnest($6) as old_state, unnest($7) as new_state,
                unnest($8) as attempts, unnest($9) as paying_until) w
            where b.event_id = $1 and b.id = w.id and b.state = w.old_state
            returning 1)
        select expect_rows((select count(*) from written), $10, 'bookings')
        """;

    /// <summary>
    /// Beside the update of the booking: an end that moves is rare, and no other write carries it. A hold that is made
    /// and extended by one batch has its new end already.
    /// </summary>
    public const string ExtendBookings = """
        with written as (
            update bookings b set held_until = w.held_until, extensions = w.extensions
            from (select unnest($2) as id, unnest($3) as held_until, unnest($4) as extensions) w
            where b.event_id = $1 and b.id = w.id
                and (b.extensions < w.extensions or b.held_until < w.held_until)
            returning 1)
        select expect_rows((select count(*) from written), $5, 'extended bookings')
        """;

    /// <summary>Behind it the tickets: a device at the door asks for those that changed.</summary>
    public const string MoveBookings = """
        with written as (
            update bookings b set tiers = ($3)[w.first:w.last], seats = ($4)[w.first:w.last]
            from (select unnest($2) as id, unnest($5) as first, unnest($6) as last) w
            where b.event_id = $1 and b.id = w.id and cardinality(b.seats) = w.last - w.first + 1
            returning 1)
        select expect_rows((select count(*) from written), $7, 'moved bookings')
        """;

    public const string TouchTickets =
        "update tickets set changed_by = pg_current_xact_id() where event_id = $1 and booking_id = any ($2)";

    public const string InsertWaitlist = """
        insert into waitlist_entries (event_id, id, number, buyer_id, state, booking_id, was_kept, joined_at,
            changed_at, quantity, together, tiers)
        select i.event_id, w.id, w.number, w.buyer_id, w.state, w.booking_id, w.was_kept, w.joined_at, w.changed_at,
            w.quantity, w.together, ($12)[w.first:w.last]
        from (select unnest($2) as id, unnest($3) as number, unnest($4) as buyer_id, unnest($5) as state,
            unnest($6) as booking_id, unnest($7) as was_kept, unnest($8) as joined_at, unnest($9) as changed_at,
            unnest($10) as quantity, unnest($11) as together, unnest($13) as first, unnest($14) as last) w
        cross join inventory i where i.event_id = $1
        """;

    public const string UpdateWaitlist = """
        with written as (
            update waitlist_entries e set buyer_id = w.buyer_id, state = w.new_state, booking_id = w.booking_id,
                was_kept = w.was_kept, changed_at = w.changed_at
            from (select unnest($2) as id, unnest($3) as buyer_id, unnest($4) as old_state, unnest($5) as new_state,
                unnest($6) as booking_id, unnest($7) as was_kept, unnest($8) as changed_at) w
            where e.event_id = $1 and e.id = w.id and e.state = w.old_state
            returning 1)
        select expect_rows((select count(*) from written), $9, 'waitlist entries')
        """;

    public const string LoadWaitlist = """
        select id, number, buyer_id, state, booking_id, was_kept, joined_at, changed_at, quantity, together, tiers
        from waitlist_entries e
        where event_id = $1 and (state in (0, 1, 2)
            or number = (select max(number) from waitlist_entries l where l.event_id = $1))
        order by number
        """;

    public const string InsertTickets = """
        insert into tickets (event_id, id, booking_id, line, code, issued_at)
        select i.event_id, w.id, w.booking_id, w.line, w.code, $2
        from (select unnest($3) as id, unnest($4) as booking_id, unnest($5) as line, unnest($6) as code) w
        cross join inventory i where i.event_id = $1
        """;

    public const string VoidTickets = """
        update tickets set state = 1, changed_by = pg_current_xact_id() where event_id = $1 and booking_id = any ($2)
        """;

    public const string InsertLog =
        "insert into change_log (event_id, version, batch_id, at, changes) values ($1, $2, $3, $4, $5)";

    public const string MoveVersion = """
        with written as (
            update inventory set version = $2, changed_at = $3, next_due_at = $4, total = $5, available = $6,
                settings_version = settings_version + $7
            where event_id = $1 and version = $2 - 1
            returning 1)
        select expect_rows((select count(*) from written), 1, 'inventory')
        """;
}

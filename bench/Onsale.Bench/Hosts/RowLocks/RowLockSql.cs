namespace Onsale.Bench.Hosts.RowLocks;

/// <summary>
/// Tables like the program's own, in a schema of their own: rows written here are not in the program's change log,
/// which the auditor would rightly call corruption. Keys have a table, as usual: the program knows by its log which
/// booking a key made, and a transaction a request must look it up.
/// </summary>
internal static class RowLockSql
{
    public const string CreateTables = """
        create schema row_locks;
        create table row_locks.seats (like public.seats including all) with (fillfactor = 40);
        create table row_locks.bookings (like public.bookings including all) with (fillfactor = 75);
        create table row_locks.idempotency_keys (event_id uuid not null, key_hash uuid not null,
            fingerprint uuid not null, booking_id uuid not null, created_at timestamptz not null,
            primary key (event_id, key_hash));
        create table row_locks.inventory (like public.inventory including all) with (fillfactor = 10);
        create table row_locks.change_log (like public.change_log including all);
        """;

    public const string CopyInventory =
        "insert into row_locks.inventory select * from public.inventory where event_id = any ($1)";

    public const string CopySeats =
        """
        insert into row_locks.seats (event_id, ordinal)
        select event_id, ordinal from public.seats where event_id = any ($1)
        """;

    public const string Begin = "begin isolation level read committed";

    public const string Commit = "commit";

    public const string Rollback = "rollback";

    /// <summary>
    /// Two holds of one buyer at once could pass the limit together; nothing else they lock is the same.
    /// </summary>
    public const string LockBuyer = "select pg_advisory_xact_lock($1)";

    public const string UsedKey =
        "select fingerprint, booking_id from row_locks.idempotency_keys where event_id = $1 and key_hash = $2";

    /// <summary>
    /// A hold whose time is over is free for the next buyer, swept or not. A seat taken while this waited for its lock
    /// has a booking that the statement's snapshot does not see: that is no free seat either.
    /// </summary>
    public const string LockSeats = """
        select coalesce(s.state = 0 or (s.state = 1 and b.held_until <= clock_timestamp()), false)
        from row_locks.seats s left join row_locks.bookings b on b.event_id = s.event_id and b.id = s.booking_id
        where s.event_id = $1 and s.ordinal = any ($2) order by s.ordinal for no key update of s
        """;

    public const string PlacesOfBuyer = """
        select coalesce(sum(cardinality(seats)), 0)::integer, clock_timestamp() from row_locks.bookings
        where event_id = $1 and buyer_id = $2 and state in (0, 1, 2)
        """;

    public const string TakeSeats =
        "update row_locks.seats set state = 1, booking_id = $3 where event_id = $1 and ordinal = any ($2)";

    public const string InsertBooking = """
        insert into row_locks.bookings (event_id, id, buyer_id, state, attempts, held_until, paying_until, hold_version,
            version, created_at, changed_at, tiers, seats, prices)
        values ($1, $2, $3, 0, 0, $4, null, 0, 0, $5, $5, $6, $7, $8)
        """;

    public const string InsertKey = """
        insert into row_locks.idempotency_keys (event_id, key_hash, fingerprint, booking_id, created_at)
        values ($1, $2, $3, $4, $5)
        """;

    /// <summary>
    /// What readers go by: the event's next version, its counter, and what changed with it. Last before the commit, so
    /// that the one row that all holds share is locked no longer than it must be.
    /// </summary>
    public const string Log = """
        with moved as (
            update row_locks.inventory set version = version + 1, changed_at = $2, available = available - $3
            where event_id = $1 returning version)
        insert into row_locks.change_log (event_id, version, batch_id, at, changes)
        select $1, version, $4, $2, $5 from moved
        """;
}

namespace Onsale.Server.Selling.Transfers;

/// <summary>SQL of tickets that change hands.</summary>
internal static class TransferSql
{
    /// <summary>
    /// Joined to a ticket t: its last change of hands, h; nothing where its buyer has it. For every reader of who holds
    /// a ticket.
    /// </summary>
    public const string HolderJoin = """
        left join lateral (
            select counter, to_buyer_id, code, name, email from ticket_transfers
            where event_id = t.event_id and ticket_id = t.id and state = 1
            order by counter desc limit 1) h on true
        """;

    /// <summary>
    /// Until the transaction ends, nobody else decides about a ticket: neither a door nor who hands it on. In the order
    /// of the ids, so that nobody waits in a circle.
    /// </summary>
    public const string LockTickets = """
        select pg_advisory_xact_lock(hashtextextended(id::text, 8)) from (
            select unnest(@ids) as id order by 1) ordered
        """;

    public const string Columns = """
        x.event_id, x.id, x.ticket_id, x.booking_id, x.counter::integer as counter, x.state::integer as state,
        x.from_buyer_id, x.to_buyer_id, x.email, x.name, x.language, x.code, x.offered_at, x.ended_at
        """;

    public const string Situation = $"""
        select t.id as ticket_id, t.booking_id, t.state = 0 as is_valid, b.state::integer as booking_state,
            coalesce(h.to_buyer_id, b.buyer_id) as holder_id, coalesce(h.counter, 0)::integer as counter,
            (select count(*) from ticket_transfers x
                where x.event_id = t.event_id and x.booking_id = t.booking_id
                    and x.ticket_id = t.id)::integer as offers,
            exists (select from payment_disputes p
                where p.event_id = t.event_id and p.booking_id = t.booking_id and p.state in (0, 2)) as is_disputed,
            coalesce(r.is_allowed, true) as is_allowed,
            e.status <> 1 or e.ends_at <= clock_timestamp() as is_over,
            l.kind::integer as scan_kind, l.scanned_at, l.gate
        from tickets t
        join bookings b on b.event_id = t.event_id and b.id = t.booking_id
        join events e on e.id = t.event_id
        left join transfer_rules r on r.event_id = t.event_id
        {HolderJoin}
        left join lateral (
            select kind, scanned_at, gate from check_ins
            where event_id = t.event_id and ticket_id = t.id and outcome = 0
            order by scanned_at desc, number desc limit 1) l on true
        where t.event_id = @eventId and t.id = @ticketId
        """;

    public const string Open = $"""
        select {Columns} from ticket_transfers x
        where x.event_id = @eventId and x.ticket_id = @ticketId and x.state = 0
        """;

    public const string Insert = $"""
        insert into ticket_transfers as x (event_id, id, ticket_id, booking_id, counter, from_buyer_id, email, language,
            secret_hash)
        values (@eventId, @id, @ticketId, @bookingId, @counter, @holderId, @email, @language, @secretHash)
        returning {Columns}
        """;

    public const string BySecret =
        $"select {Columns} from ticket_transfers x where x.secret_hash = @secretHash";

    public const string LockRow =
        $"select {Columns} from ticket_transfers x where x.event_id = @eventId and x.id = @id for update";

    public const string Accept = $"""
        update ticket_transfers x set state = 1, to_buyer_id = @buyerId, name = @name, code = @code,
            ended_at = clock_timestamp(), changed_by = pg_current_xact_id()
        where x.event_id = @eventId and x.id = @id and x.state = 0
        returning {Columns}
        """;

    public const string Withdraw = $"""
        update ticket_transfers x set state = 2, ended_at = clock_timestamp()
        where x.event_id = @eventId and x.id = @id and x.state = 0
        returning {Columns}
        """;

    public const string AnyTicket =
        "select exists (select from tickets where event_id = @eventId and booking_id = @bookingId)";

    /// <summary>As <see cref="LockTickets"/>, for all of a booking.</summary>
    public const string LockTicketsOfBooking = """
        select pg_advisory_xact_lock(hashtextextended(id::text, 8)) from (
            select id from tickets where event_id = @eventId and booking_id = @bookingId order by 1) ordered
        """;

    public const string WithdrawOfBooking = """
        update ticket_transfers set state = 2, ended_at = clock_timestamp()
        where event_id = @eventId and booking_id = @bookingId and state = 0
        """;

    // A statement of its own: it sees what the one before has waited for.
    public const string AnyAccepted = $"""
        select exists (select from tickets t
            join bookings b on b.event_id = t.event_id and b.id = t.booking_id
            {HolderJoin}
            where t.event_id = @eventId and t.booking_id = @bookingId and t.state = 0 and b.buyer_id = @buyerId
                and h.to_buyer_id <> @buyerId)
        """;

    public const string OfBooking = $"""
        select {Columns} from ticket_transfers x
        where x.event_id = @eventId and x.booking_id = @bookingId order by x.offered_at, x.id
        """;

    public const string OfGiver = $"""
        select {Columns} from ticket_transfers x
        where x.from_buyer_id = @holderId and x.event_id = @eventId order by x.offered_at desc, x.id desc limit @limit
        """;

    public const string CountOfEvent = "select count(*) from ticket_transfers where event_id = @eventId";

    public const string OfEvent = $"""
        select {Columns} from ticket_transfers x where x.event_id = @eventId
        order by x.offered_at desc, x.id desc limit @limit offset @offset
        """;

    private const string Held = $"""
        from ticket_transfers x
        join tickets t on t.event_id = x.event_id and t.id = x.ticket_id
        {HolderJoin}
        where x.to_buyer_id = @buyerId and x.state = 1 and h.counter = x.counter
        """;

    public const string CountHeld = $"select count(*) {Held}";

    public const string ListHeld = $"""
        select x.event_id, x.ticket_id, x.booking_id, x.counter::integer as counter, t.code as issued_code, x.code,
            x.name, t.state = 0 as is_valid, x.ended_at as received_at,
            exists (select from ticket_rules r
                where r.event_id = t.event_id and r.rotating_since is not null) as is_live
        {Held} order by x.ended_at desc, x.id desc limit @limit offset @offset
        """;

    public const string FindHeld = $"""
        select x.event_id, x.ticket_id, x.booking_id, x.counter::integer as counter, t.code as issued_code, x.code,
            x.name, t.state = 0 as is_valid, x.ended_at as received_at,
            exists (select from ticket_rules r
                where r.event_id = t.event_id and r.rotating_since is not null) as is_live
        {Held} and x.event_id = @eventId and x.ticket_id = @ticketId
        """;

    public const string HeldOfEvent = $"select x.ticket_id {Held} and x.event_id = @eventId";

    public const string FindRules = "select is_allowed from transfer_rules where event_id = @eventId";

    public const string SetRules = """
        insert into transfer_rules (event_id, is_allowed) values (@eventId, @isAllowed)
        on conflict (event_id) do update set is_allowed = excluded.is_allowed, changed_at = clock_timestamp()
        """;

    public const string Move = """
        update ticket_transfers set
            to_buyer_id = case when to_buyer_id = @guestId then @accountId else to_buyer_id end,
            from_buyer_id = case when from_buyer_id = @guestId then @accountId else from_buyer_id end
        where (to_buyer_id = @guestId and state = 1) or from_buyer_id = @guestId
        """;

    // What others wrote of a person goes with them, whoever has the ticket; an address that the person typed stays with
    // the ticket while its holder is known.
    public const string Erase = """
        update ticket_transfers set email = null, name = case when to_buyer_id = @buyerId then null else name end
        where (to_buyer_id = @buyerId and state = 1)
            or (from_buyer_id = @buyerId and state <> 1)
            or lower(email) = lower(@verifiedEmail)
        """;
}

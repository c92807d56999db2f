namespace Onsale.Server.Selling.Ledger;

/// <summary>
/// The table <c>ledger_entries</c>. Its writes are parts of the statements that change payments and refunds, so that a
/// movement of money and its entry are one transaction: neither is ever without the other.
/// </summary>
internal static class LedgerSql
{
    // A repeated change finds its entry there.
    private const string Once =
        "on conflict (event_id, booking_id, attempt, kind, source_id) do nothing returning number";

    private const string Account = """
        case c.provider when 'invoice' then 'receivable:invoice' when 'cash' then 'counter:cash'
            when 'card' then 'counter:card' when 'transfer' then 'bank:transfer' else 'provider:' || c.provider end
        """;

    /// <summary>
    /// Writes what rows of <c>payments</c>, by the name <c>changed</c>, say of money that was taken. Such a row may
    /// also be one that goes back: first it came.
    /// </summary>
    public const string PostPayments = $"""
        insert into ledger_entries (event_id, organisation_id, booking_id, attempt, kind, accounts, amounts, currency,
            provider, reference, at)
        select c.event_id, e.organisation_id, c.booking_id, c.attempt,
            case when c.provider in ('cash', 'card', 'comp', 'invoice') then 2 else 1 end,
            array[{Account}] || case when parts.fees <> 0 then array['fees'] else array[]::text[] end
                || case when parts.tax <> 0 then array['tax'] else array[]::text[] end || array['sales'],
            array[c.amount] || case when parts.fees <> 0 then array[-parts.fees] else array[]::bigint[] end
                || case when parts.tax <> 0 then array[-parts.tax] else array[]::bigint[] end
                || array[parts.fees + parts.tax - c.amount],
            c.currency, c.provider, c.reference::text, (select clock_timestamp())
        from changed c join events e on e.id = c.event_id
        cross join lateral (
            select coalesce(sum((select sum(fee) from unnest(b.fees || b.own_fees) fee)), 0)::bigint as fees,
                coalesce(sum((select sum(tax) from unnest(b.taxes) tax)), 0)::bigint as tax
            from bookings b where b.event_id = c.event_id and b.id = c.booking_id) parts
        where c.state in (1, 3, 4) and c.amount > 0
        {Once}
        """;

    /// <summary>
    /// Writes what rows of <c>payments</c>, by the name <c>changed</c>, say of money that went back with all that was
    /// left of it. The caller has locked them before the statement.
    /// </summary>
    public const string PostRests = $"""
        insert into ledger_entries (event_id, organisation_id, booking_id, attempt, kind, accounts, amounts, currency,
            provider, reference, at)
        select l.event_id, l.organisation_id, l.booking_id, l.attempt, 3, l.accounts,
            refund_parts(l.amounts, back.parts, rest.amount), l.currency, l.provider, l.reference,
            (select clock_timestamp())
        from changed c
        join ledger_entries l
            on l.event_id = c.event_id and l.booking_id = c.booking_id and l.attempt = c.attempt and l.kind in (1, 2)
        cross join lateral (
            select c.amount - coalesce(sum(r.amount), 0)::bigint as amount from refunds r
            where r.event_id = c.event_id and r.booking_id = c.booking_id and r.attempt = c.attempt
                and r.state <> 2) rest
        cross join lateral ({Back}) back
        where c.state = 4 and rest.amount > 0
        {Once}
        """;

    /// <summary>
    /// Writes what rows of <c>refunds</c>, by the name <c>done</c>, say of money that went back in part. The caller has
    /// locked their payments before the statement.
    /// </summary>
    public const string PostRefunds = $"""
        insert into ledger_entries (event_id, organisation_id, booking_id, attempt, kind, source_id, accounts, amounts,
            currency, provider, reference, at)
        select l.event_id, l.organisation_id, l.booking_id, l.attempt, 3, d.id, l.accounts,
            refund_parts(l.amounts, back.parts, d.amount), l.currency, l.provider, d.id::text,
            (select clock_timestamp())
        from done d
        join ledger_entries l
            on l.event_id = d.event_id and l.booking_id = d.booking_id and l.attempt = d.attempt and l.kind in (1, 2)
        cross join lateral ({Back}) back
        {Once}
        """;

    /// <summary>
    /// Writes what rows of <c>payments</c>, by the name <c>changed</c>, say of a refund of all that was left which came
    /// back after all.
    /// </summary>
    public const string PostRestReturns = $"""
        {PostReturn}
        from changed c
        join ledger_entries l on l.event_id = c.event_id and l.booking_id = c.booking_id and l.attempt = c.attempt
            and l.kind = 3 and l.source_id is null
        where c.state = 7
        {Once}
        """;

    /// <summary>Whether all that was left of a row of <c>payments</c> has gone out and has not come back.</summary>
    public const string IsRestOut = """
        (select count(*) filter (where l.kind = 3) > count(*) filter (where l.kind = 8) from ledger_entries l
            where l.event_id = payments.event_id and l.booking_id = payments.booking_id
                and l.attempt = payments.attempt and l.kind in (3, 8) and l.source_id is null)
        """;

    /// <summary>
    /// Writes what rows of <c>refunds</c>, by the name <c>failed</c>, say of refunds that had gone out and came back.
    /// </summary>
    public const string PostRefundReturns = $"""
        {PostReturn}
        from failed f
        join ledger_entries l on l.event_id = f.event_id and l.booking_id = f.booking_id and l.attempt = f.attempt
            and l.kind = 3 and l.source_id = f.id
        {Once}
        """;

    /// <summary>
    /// Writes what rows of <c>payment_disputes</c>, by the name <c>disputed</c>, say of money that a buyer's bank took
    /// back: what it has now and the ledger does not say yet, so that an amount that changes and a dispute that is won
    /// are entered too. The caller has locked their payments before the statement.
    /// </summary>
    public const string PostChargebacks = $"""
        insert into ledger_entries (event_id, organisation_id, booking_id, attempt, kind, source_id, accounts, amounts,
            currency, provider, reference, at)
        select l.event_id, l.organisation_id, l.booking_id, l.attempt, 4,
            case when entered.parts is null then d.id else gen_random_uuid() end, l.accounts, moved.amounts,
            l.currency, l.provider, d.reference, (select clock_timestamp())
        from disputed d
        join ledger_entries l
            on l.event_id = d.event_id and l.booking_id = d.booking_id and l.attempt = d.attempt and l.kind in (1, 2)
        cross join lateral ({SumsOf} r.kind = 4 and r.reference = d.reference {ByAccount}) entered
        cross join lateral (
            {SumsOf} (r.kind in (3, 8) or (r.kind = 4 and r.reference <> d.reference)) {ByAccount}) others
        cross join lateral (
            select array_agg(
                (coalesce(taken.parts[u.line], 0) - coalesce(entered.parts[u.line], 0))::bigint order by u.line)
                as amounts
            from (select case when d.state in (0, 2) and d.amount > 0
                then refund_parts(l.amounts, others.parts, d.amount) end as parts) taken
            cross join unnest(l.amounts) with ordinality as u (amount, line)) moved
        where exists (select from unnest(moved.amounts) amount where amount <> 0)
        {Once}
        """;

    private const string PostReturn = """
        insert into ledger_entries (event_id, organisation_id, booking_id, attempt, kind, source_id, accounts, amounts,
            currency, provider, reference, at)
        select l.event_id, l.organisation_id, l.booking_id, l.attempt, 8, l.source_id, l.accounts,
            array(select -amount from unnest(l.amounts) with ordinality as u (amount, line) order by line),
            l.currency, l.provider, l.reference, (select clock_timestamp())
        """;

    /// <summary>
    /// What entries of a payment <c>l</c> sum to, by account; a condition on them, <c>r</c>, follows.
    /// </summary>
    private const string SumsOf = """
        select array_agg(b.amount order by b.line) as parts from (
            select u.line, sum(u.amount) as amount
            from ledger_entries r cross join unnest(r.amounts) with ordinality as u (amount, line)
            where r.event_id = l.event_id and r.booking_id = l.booking_id and r.attempt = l.attempt and
        """;

    private const string ByAccount = "group by u.line) b";

    /// <summary>What has gone back of a payment <c>l</c> so far, by account.</summary>
    private const string Back = $"{SumsOf} r.kind in (3, 4, 8) {ByAccount}";

    /// <summary>
    /// The audit: an entry that does not balance. The table's constraint refuses it; nothing else may.
    /// </summary>
    public const string UnbalancedAudit = """
        select format('ledger entry %s does not balance: its postings sum to %s', number, sum_of(amounts))
        from ledger_entries where event_id = $1 and sum_of(amounts) <> 0
        limit $2
        """;

    /// <summary>The audit: payments that were taken and the ledger are the same, to the unit.</summary>
    public const string PaymentsAudit = """
        with paid as (
            select booking_id, attempt, amount, currency from payments
            where event_id = $1 and state in (1, 3, 4, 7) and amount > 0),
        entered as (
            select booking_id, attempt, amounts[1] as amount, currency from ledger_entries
            where event_id = $1 and kind in (1, 2))
        select format('payment %s of booking %s is %s %s, by the ledger %s %s', coalesce(p.attempt, e.attempt),
            coalesce(p.booking_id, e.booking_id), p.amount, p.currency, e.amount, e.currency)
        from paid p full join entered e on e.booking_id = p.booking_id and e.attempt = p.attempt
        where (p.amount, p.currency) is distinct from (e.amount, e.currency)
        limit $2
        """;

    /// <summary>The audit: what has gone back and the ledger are the same, and never more than was paid.</summary>
    public const string RefundsAudit = """
        with back as (
            select p.booking_id, p.attempt, p.amount as paid, case p.state when 4 then p.amount - coalesce(r.open, 0)
                when 7 then p.refunded - coalesce(r.open, 0) else coalesce(r.done, 0) end as amount
            from payments p left join (
                select booking_id, attempt, sum(amount) filter (where state = 1) as done,
                    sum(amount) filter (where state = 0) as open
                from refunds where event_id = $1 group by booking_id, attempt) r
                on r.booking_id = p.booking_id and r.attempt = p.attempt
            where p.event_id = $1 and p.state in (1, 3, 4, 7) and p.amount > 0),
        entered as (
            select booking_id, attempt, -sum(amounts[1]) as amount from ledger_entries
            where event_id = $1 and kind in (3, 8) group by booking_id, attempt)
        select format('of payment %s of booking %s, which was %s, %s has gone back, by the ledger %s',
            coalesce(b.attempt, e.attempt), coalesce(b.booking_id, e.booking_id), b.paid, b.amount, e.amount)
        from back b full join entered e on e.booking_id = b.booking_id and e.attempt = b.attempt
        where coalesce(b.amount, 0) <> coalesce(e.amount, 0) or e.amount > b.paid
        limit $2
        """;
}

namespace Onsale.Server.Selling.Payments;

/// <summary>What other modules' questions about <c>payments</c> have in common.</summary>
internal static class PaymentSql
{
    /// <summary>
    /// A condition: money was taken, whatever has gone back of it since or could not. Succeeded, being refunded,
    /// refunded, and refunded in vain.
    /// </summary>
    public const string WasTaken = "state in (1, 3, 4, 7)";

    /// <summary>
    /// What organisers have to pay back by hand (<see cref="CounterMethods.IsPaidBackByHand"/>) and have not said that
    /// they did: all that is left of payments, and parts of those that came to a bank account.
    /// </summary>
    public const string Owed = """
        select p.event_id, p.booking_id, p.attempt, null::uuid as refund_id, p.provider, p.currency,
            p.changed_at as since, p.amount - coalesce((select sum(r.amount) from refunds r
                where r.event_id = p.event_id and r.booking_id = p.booking_id and r.attempt = p.attempt
                    and r.state <> 2), 0)::bigint as amount
        from payments p where p.state = 3 and p.provider in ('cash', 'card', 'transfer')
        union all
        select r.event_id, r.booking_id, r.attempt, r.id, p.provider, p.currency, r.created_at, r.amount
        from refunds r
        join payments p on p.event_id = r.event_id and p.booking_id = r.booking_id and p.attempt = r.attempt
        where r.state = 0 and p.provider = 'transfer'
        """;
}

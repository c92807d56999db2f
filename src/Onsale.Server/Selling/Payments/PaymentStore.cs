using System.Collections.Immutable;
using Dapper;
using Npgsql;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Selling.Ledger;

namespace Onsale.Server.Selling.Payments;

/// <summary>SQL of the payment attempts.</summary>
internal sealed class PaymentStore(NpgsqlDataSource dataSource, ActivityLog activities)
{
    private const string Columns = """
        event_id, booking_id, attempt::integer, buyer_id, reference, state::integer,
        (select clock_timestamp()) - started_at as age, provider
        """;

    private const string StartSql = """
        insert into payments (event_id, booking_id, attempt, buyer_id, provider, reference, state, amount, currency)
        values (@eventId, @bookingId, @attempt, @buyerId, @provider, @reference, 0, @amount, @currency)
        on conflict do nothing
        """;

    /// <summary>Changes of one payment that depend on what has gone back of it wait for one another here.</summary>
    internal const string LockSql = """
        select 1 from payments
        where event_id = @EventId and booking_id = @BookingId and attempt = @Attempt for no key update
        """;

    // In one statement with the entries of the ledger: there is no payment without its entry. One that a part came back
    // of changes once more when all that was left comes back as well, if that had gone out.
    private const string SetSql = $"""
        with changed as (
            update payments set state = @to, changed_at = (select clock_timestamp()),
                refunded = case @to when 4 then amount when 7 then (
                    select coalesce(sum(r.amount), 0) from refunds r
                    where r.event_id = payments.event_id and r.booking_id = payments.booking_id
                        and r.attempt = payments.attempt and r.state <> 2) else refunded end
            where event_id = @EventId and booking_id = @BookingId and attempt = @Attempt and state = any (@from)
                and (state <> 7 or {LedgerSql.IsRestOut})
            returning *),
        paid as ({LedgerSql.PostPayments}),
        back as ({LedgerSql.PostRests}),
        returned as ({LedgerSql.PostRestReturns})
        select count(*) from changed
        """;

    private const string TouchSql = """
        update payments set changed_at = (select clock_timestamp())
        where event_id = @EventId and booking_id = @BookingId and attempt = @Attempt and state = @state
        """;

    private const string IntendRefundSql = $"""
        with changed as (
            update payments set state = 3, changed_at = (select clock_timestamp())
            where event_id = @eventId and booking_id = @bookingId and attempt = @attempt and state = any (@from)
            returning *),
        paid as ({LedgerSql.PostPayments})
        select {Columns} from changed
        """;

    // What is cancelled has void tickets, which are few; bookings have no index by state.
    private const string CancelledSql = $"""
        select {Columns} from payments
        where state in (0, 1) and amount > 0 and (event_id, booking_id, attempt) in (
            select b.event_id, b.id, b.attempts
            from inventory i
            join tickets t on t.event_id = i.event_id and t.state = 1
            join bookings b on b.event_id = t.event_id and b.id = t.booking_id
            where i.changed_at > (select clock_timestamp()) - make_interval(hours => @hours)
                and b.state = 5 and b.changed_at < (select clock_timestamp()) - make_interval(secs => @seconds))
        limit @limit
        """;

    /// <summary>
    /// The audit's question: money that is kept, a while after its booking was decided, without a confirmed booking
    /// that it has paid for.
    /// </summary>
    public const string KeptSql = """
        select format('payment %s of booking %s is kept, and the booking is in state %s', p.reference, b.id, b.state)
        from payments p join bookings b on b.event_id = $1 and b.id = p.booking_id
        where p.event_id = $1 and p.amount > 0 and b.changed_at < (select clock_timestamp()) - interval '10 minutes'
            and ((p.state = 1 and (b.state <> 2 or b.attempts <> p.attempt)) or (p.state = 0 and b.state = 5))
        limit $2
        """;

    private const string CountDeclinedSql = """
        select count(*)::integer from payments where event_id = @eventId and booking_id = @bookingId and state = 2
        """;

    private const string OfBookingSql = $"""
        select {Columns} from payments where event_id = @eventId and booking_id = @bookingId and attempt = @attempt
        """;

    // Not where it has moved from.
    private const string OfReferenceSql = $"""
        select {Columns} from payments where reference = @reference and state <> 5
        """;

    private const string OpenSql = $"""
        select {Columns} from payments
        where (state = 0 and changed_at < (select clock_timestamp()) - make_interval(secs => @started))
            or (state = 3 and provider not in ('cash', 'card', 'transfer')
                and changed_at < (select clock_timestamp()) - make_interval(secs => @refunds))
        order by changed_at limit @limit
        """;

    private const string MoveSql = $"""
        with moved as (
            update payments set state = 5, changed_at = (select clock_timestamp())
            where event_id = @EventId and booking_id = @BookingId and attempt = @Attempt and state = any (@from)
            returning event_id, buyer_id, provider, reference, amount, currency),
        changed as (
            insert into payments (event_id, booking_id, attempt, buyer_id, provider, reference, state, amount, currency)
            select event_id, @to, 1, buyer_id, provider, reference, 1, amount, currency from moved
            returning *),
        paid as ({LedgerSql.PostPayments})
        select count(*) from changed
        """;

    /// <summary>Notes an attempt before the provider hears of it.</summary>
    public async Task StartAsync(
        Guid eventId, Guid bookingId, int attempt, Guid buyerId, string provider, Charge charge)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(StartSql, ValuesOf(eventId, bookingId, attempt, buyerId, provider, charge));
    }

    /// <summary>
    /// Notes an attempt whose money the organiser says is there, together with who says so: from here on the payment
    /// comes to its end, whatever breaks. False: it was noted before.
    /// </summary>
    public async Task<bool> StartReceivedAsync(
        Guid eventId, Guid bookingId, int attempt, Guid buyerId, string provider, Charge charge, Activity activity)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var isNew = await connection.ExecuteAsync(
            StartSql, ValuesOf(eventId, bookingId, attempt, buyerId, provider, charge)) > 0;
        if (isNew)
            await activities.AddAsync(connection, activity, CancellationToken.None);
        await transaction.CommitAsync();
        return isNew;
    }

    private static object ValuesOf(
        Guid eventId, Guid bookingId, int attempt, Guid buyerId, string provider, Charge charge) => new
        {
            eventId,
            bookingId,
            attempt = (short)attempt,
            buyerId,
            provider,
            reference = charge.Reference,
            amount = charge.Amount,
            currency = charge.Currency,
        };

    /// <summary>
    /// Moves an attempt on as <see cref="PaymentStates"/> says; false: nothing follows from the fact where it stands.
    /// </summary>
    public async Task<bool> SetAsync(Payment payment, PaymentFact fact)
    {
        var values = MoveOf(payment, fact);
        var to = PaymentStates.MovesOf(fact).To;
        await using var connection = await dataSource.OpenConnectionAsync();
        if (to is not (PaymentState.Refunded or PaymentState.RefundFailed))
            return await connection.ExecuteScalarAsync<long>(SetSql, values) > 0;
        // What the ledger says goes back depends on what has gone back: one refund of a payment after the other.
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(LockSql, values);
        var changed = await connection.ExecuteScalarAsync<long>(SetSql, values);
        await transaction.CommitAsync();
        return changed > 0;
    }

    /// <summary>
    /// In the connection's transaction: all that was left of a payment has gone back. The caller has locked it.
    /// </summary>
    internal static async Task<bool> SetRefundedAsync(
        NpgsqlConnection connection, Payment payment, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            SetSql, MoveOf(payment, PaymentFact.Refunded), cancellationToken: cancellationToken)) > 0;

    private static object MoveOf(Payment payment, PaymentFact fact)
    {
        var (to, from) = PaymentStates.MovesOf(fact);
        return new
        {
            payment.EventId,
            payment.BookingId,
            Attempt = (short)payment.Attempt,
            to = (short)to,
            from = Numbers(from),
        };
    }

    /// <summary>To the end of the line of what is still to be settled; false: it has moved on.</summary>
    public async Task<bool> TouchAsync(Payment payment)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.ExecuteAsync(TouchSql, new
        {
            payment.EventId,
            payment.BookingId,
            Attempt = (short)payment.Attempt,
            state = (short)payment.State,
        }) > 0;
    }

    /// <summary>
    /// Notes that the payment of a cancelled booking is to be refunded; null: there was none, or somebody else has.
    /// </summary>
    public async Task<Payment?> IntendRefundAsync(Guid eventId, Guid bookingId, int attempt)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Payment>(
            IntendRefundSql,
            new
            {
                eventId,
                bookingId,
                attempt = (short)attempt,
                from = Numbers(PaymentStates.MovesOf(PaymentFact.Cancelled).From),
            });
    }

    /// <summary>Payments of bookings that were cancelled a while ago, and whose refund nobody has intended.</summary>
    /// <param name="hours">Of events that changed in so many hours.</param>
    public async Task<IReadOnlyList<Payment>> FindKeptAsync(int hours)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<Payment>(CancelledSql, new
        {
            hours,
            seconds = PaymentsLimits.RefundAbandonedSeconds,
            limit = PaymentsLimits.MaxReconciledPayments,
        })).AsList();
    }

    /// <summary>Payments of a booking that the buyer's bank has refused.</summary>
    public async Task<int> CountDeclinedAsync(Guid eventId, Guid bookingId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(CountDeclinedSql, new { eventId, bookingId });
    }

    public async Task<Payment?> FindAsync(Guid eventId, Guid bookingId, int attempt)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Payment>(
            OfBookingSql, new { eventId, bookingId, attempt = (short)attempt });
    }

    /// <summary>What the provider knows by this reference; null: it is not ours.</summary>
    public async Task<Payment?> FindAsync(Guid reference)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Payment>(OfReferenceSql, new { reference });
    }

    /// <summary>Attempts and refunds whose request has ended without settling them.</summary>
    public async Task<IReadOnlyList<Payment>> FindAbandonedAsync()
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<Payment>(OpenSql, new
        {
            started = PaymentsLimits.AbandonedSeconds,
            refunds = PaymentsLimits.RefundAbandonedSeconds,
            limit = PaymentsLimits.MaxReconciledPayments,
        })).AsList();
    }

    /// <summary>
    /// The money of one attempt pays for another booking from now on; false: it was settled otherwise meanwhile.
    /// </summary>
    public async Task<bool> MoveAsync(Payment payment, Payment moved)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(MoveSql, new
        {
            payment.EventId,
            payment.BookingId,
            Attempt = (short)payment.Attempt,
            to = moved.BookingId,
            from = Numbers(PaymentStates.MovesOf(PaymentFact.Moved).From),
        }) > 0;
    }

    private static short[] Numbers(ImmutableArray<PaymentState> states) => [.. states.Select(state => (short)state)];
}

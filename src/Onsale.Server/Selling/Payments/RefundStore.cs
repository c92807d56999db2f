using Dapper;
using Npgsql;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Selling.Ledger;

namespace Onsale.Server.Selling.Payments;

/// <summary>A part of a payment that goes back.</summary>
internal sealed record PartialRefund(
    Guid EventId, Guid Id, Guid BookingId, int Attempt, Guid Reference, string Provider, long Amount);

/// <summary>What became of a partial refund that was asked for.</summary>
internal abstract record RefundIntended
{
    /// <summary>It is written; <paramref name="IsNew"/> false: a repeated request.</summary>
    public sealed record Done(PartialRefund Refund, bool IsNew) : RefundIntended;

    /// <summary>There is no payment that stands.</summary>
    public sealed record NotPaid : RefundIntended;

    /// <summary>More than is left of what was paid.</summary>
    public sealed record Exceeds(long Left) : RefundIntended;

    /// <summary>One of the places was paid back before.</summary>
    public sealed record RefundedBefore : RefundIntended;

    /// <summary>The key was used for another amount.</summary>
    public sealed record KeyMismatch : RefundIntended;
}

/// <summary>What became of a refund that somebody made at the provider.</summary>
internal enum ForeignRefund
{
    Added,
    Known,

    /// <summary>More than is left of the payment here.</summary>
    Exceeds,
}

/// <summary>The table <c>refunds</c>: parts of payments that go back.</summary>
internal sealed class RefundStore(NpgsqlDataSource dataSource, ActivityLog activities)
{
    private const string Columns = """
        r.event_id, r.id, r.booking_id, r.attempt::integer as attempt, p.reference, p.provider, r.amount
        from refunds r
        join payments p on p.event_id = r.event_id and p.booking_id = r.booking_id and p.attempt = r.attempt
        """;

    // The payment that is asked for; else the one that stands, before one that came too late and could not go back.
    private const string LockSql = """
        select attempt::integer as attempt, amount - refunded as left from payments
        where event_id = @eventId and booking_id = @bookingId and state in (1, 7)
            and (@attempt::smallint is null or attempt = @attempt)
        order by (state = 1) desc, attempt desc limit 1 for update
        """;

    private const string OfKeySql = $"""
        select {Columns} where r.event_id = @eventId and r.booking_id = @bookingId and r.key_hash = @keyHash
        """;

    // The constraint of the table says so too: never more goes back than was paid.
    private const string TakeSql = """
        update payments set refunded = refunded + @amount, changed_at = (select clock_timestamp())
        where event_id = @eventId and booking_id = @bookingId and attempt = @attempt
        """;

    private const string AddSql = """
        insert into refunds (event_id, id, booking_id, attempt, amount, items, reason, key_hash, created_by)
        values (@eventId, @id, @bookingId, @attempt, @amount, @items, @reason, @keyHash, @AccountId)
        """;

    private const string HasItemsSql = """
        select exists (select from refunds
            where event_id = @eventId and booking_id = @bookingId and items && @items and state <> 2)
        """;

    private const string FindSql = $"select {Columns} where r.event_id = @eventId and r.id = @id";

    internal const string DoneSql = $"""
        with done as (
            update refunds set state = 1, changed_at = (select clock_timestamp())
            where event_id = @EventId and id = @Id and state = 0
            returning *),
        back as ({LedgerSql.PostRefunds})
        select count(*) from done
        """;

    // One that has failed leaves the sum, so that it can be tried again; one that was done can still come back.
    private const string FailedSql = $"""
        with failed as (
            update refunds set state = 2, changed_at = (select clock_timestamp())
            where event_id = @EventId and id = @Id and state in (0, 1)
            returning *),
        given as (
            update payments p set refunded = p.refunded - f.amount, changed_at = (select clock_timestamp()),
                state = case p.state when 4 then 7 else p.state end
            from failed f
            where p.event_id = f.event_id and p.booking_id = f.booking_id and p.attempt = f.attempt
                and p.state in (1, 4, 7)),
        returned as ({LedgerSql.PostRefundReturns})
        select count(*) from failed
        """;

    private const string AddForeignSql = $"""
        with taken as (
            update payments set refunded = refunded + @amount, changed_at = (select clock_timestamp())
            where event_id = @EventId and booking_id = @BookingId and attempt = @Attempt and state in (1, 7)
                and refunded + @amount <= amount
            returning event_id, booking_id, attempt),
        done as (
            insert into refunds (event_id, id, booking_id, attempt, state, amount, reason, created_by)
            select event_id, @id, booking_id, attempt, 1, @amount, @reason, @nobody from taken
            returning *),
        back as ({LedgerSql.PostRefunds})
        select count(*) from done
        """;

    // To the end of the line: what the provider has not finished must not keep the others from being looked at.
    private const string TouchSql = """
        update refunds set changed_at = (select clock_timestamp())
        where event_id = @EventId and id = @Id and state = 0
        """;

    private const string OpenSql = $"""
        select {Columns}
        where r.state = 0 and p.provider <> 'transfer'
            and r.changed_at < (select clock_timestamp()) - make_interval(secs => @seconds)
        order by r.changed_at limit @limit
        """;

    /// <summary>Notes a partial refund before the provider hears of it.</summary>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="bookingId">The booking.</param>
    /// <param name="of">The payment attempt that it is of; null: the one that stands.</param>
    /// <param name="id">Of the refund.</param>
    /// <param name="wanted">Minor units; null: all that is left.</param>
    /// <param name="items">The places that it is for; none: an amount.</param>
    /// <param name="reason">For the books.</param>
    /// <param name="keyHash">Of the request's idempotency key; null: it has none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<RefundIntended> IntendAsync(
        Actor actor, Guid eventId, Guid bookingId, int? of, Guid id, long? wanted, Guid[] items, string reason,
        byte[]? keyHash, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var keys = new { eventId, bookingId, attempt = (short?)of, keyHash, id };
        // Two refunds of one booking wait for one another here, and so does one that is repeated.
        var payment = await connection.QuerySingleOrDefaultAsync<(int Attempt, long Left)?>(
            Command(LockSql, keys, cancellationToken));
        if (keyHash is not null && await connection.QuerySingleOrDefaultAsync<PartialRefund>(
            Command(OfKeySql, keys, cancellationToken)) is { } earlier)
        {
            return (wanted is null || earlier.Amount == wanted) && (of is null || earlier.Attempt == of)
                ? new RefundIntended.Done(earlier, IsNew: false)
                : new RefundIntended.KeyMismatch();
        }

        if (payment is not var (attempt, left))
            return new RefundIntended.NotPaid();
        var amount = wanted ?? left;
        if (items.Length > 0 && await connection.ExecuteScalarAsync<bool>(
            Command(HasItemsSql, new { eventId, bookingId, items }, cancellationToken)))
        {
            return new RefundIntended.RefundedBefore();
        }

        if (amount > left || amount == 0)
            return new RefundIntended.Exceeds(left);
        var values = new
        {
            eventId,
            bookingId,
            id,
            attempt = (short)attempt,
            amount,
            items,
            reason,
            keyHash,
            actor.AccountId,
        };
        await connection.ExecuteAsync(Command(TakeSql, values, cancellationToken));
        await connection.ExecuteAsync(Command(AddSql, values, cancellationToken));
        await activities.AddAsync(
            connection,
            new Activity(actor, "booking.refunded", "booking", $"{bookingId}")
            {
                EventId = eventId,
                After = new() { ["amount"] = amount, ["refund"] = $"{id}" },
            },
            cancellationToken);
        var refund = await connection.QuerySingleAsync<PartialRefund>(Command(FindSql, keys, cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return new RefundIntended.Done(refund, IsNew: true);
    }

    /// <summary>
    /// To the end of the line of what is still to go back; false: it has gone back or has failed, and nobody may ask
    /// the provider for it again.
    /// </summary>
    public async Task<bool> TouchAsync(PartialRefund refund)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.ExecuteAsync(TouchSql, refund) > 0;
    }

    /// <summary>Notes what the provider says of it; false: it was noted before, or is not to be noted yet.</summary>
    public async Task<bool> SetAsync(PartialRefund refund, RefundAnswer answer)
    {
        if (answer == RefundAnswer.Pending)
        {
            await TouchAsync(refund);
            return false;
        }

        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(PaymentStore.LockSql, refund);
        var isNew = await connection.ExecuteScalarAsync<long>(
            answer == RefundAnswer.Succeeded ? DoneSql : FailedSql, refund) > 0;
        await transaction.CommitAsync();
        return isNew;
    }

    public async Task<PartialRefund?> FindAsync(Guid eventId, Guid id)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<PartialRefund>(FindSql, new { eventId, id });
    }

    /// <summary>Notes a refund that somebody made at the provider, and that has gone out.</summary>
    public async Task<ForeignRefund> AddForeignAsync(Payment payment, Guid id, long amount, string reason)
    {
        var values = new
        {
            payment.EventId,
            payment.BookingId,
            Attempt = (short)payment.Attempt,
            id,
            amount,
            reason,
            nobody = Guid.Empty,
        };
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(PaymentStore.LockSql, values);
        if (await connection.QuerySingleOrDefaultAsync<PartialRefund>(FindSql, new { payment.EventId, id }) is not null)
            return ForeignRefund.Known;
        var isAdded = await connection.ExecuteScalarAsync<long>(AddForeignSql, values) > 0;
        await transaction.CommitAsync();
        return isAdded ? ForeignRefund.Added : ForeignRefund.Exceeds;
    }

    /// <summary>Refunds whose request has ended without settling them.</summary>
    public async Task<IReadOnlyList<PartialRefund>> FindAbandonedAsync()
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<PartialRefund>(OpenSql, new
        {
            seconds = PaymentsLimits.RefundAbandonedSeconds,
            limit = PaymentsLimits.MaxReconciledPayments,
        })).AsList();
    }

    private static CommandDefinition Command(string sql, object values, CancellationToken cancellationToken) =>
        new(sql, values, cancellationToken: cancellationToken);
}

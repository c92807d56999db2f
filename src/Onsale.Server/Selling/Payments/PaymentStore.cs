using Dapper;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;

namespace Onsale.Server.Selling.Payments;

/// <summary>State of a payment attempt. Stored as a number: append only.</summary>
internal enum PaymentState
{
    Started = 0,
    Succeeded = 1,
    Declined = 2,
    RefundIntended = 3,
    Refunded = 4,

    /// <summary>It came too late for its booking and paid for a new one of the same places.</summary>
    Moved = 5,
}

/// <summary>A payment attempt.</summary>
/// <param name="Age">Since its start, by the database's clock.</param>
internal sealed record Payment(
    Guid EventId, Guid BookingId, int Attempt, Guid BuyerId, Guid Reference, PaymentState State, TimeSpan Age);

/// <summary>SQL of the payment attempts.</summary>
internal sealed class PaymentStore(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        event_id, booking_id, attempt::integer, buyer_id, reference, state::integer,
        clock_timestamp() - started_at as age
        """;

    private const string StartSql = """
        insert into payments (event_id, booking_id, attempt, buyer_id, provider, reference, state, amount, currency)
        values (@eventId, @bookingId, @attempt, @buyerId, @provider, @reference, 0, @amount, @currency)
        on conflict do nothing
        """;

    private const string SetSql = """
        update payments set state = @to, changed_at = clock_timestamp()
        where event_id = @EventId and booking_id = @BookingId and attempt = @Attempt and state = any (@from)
        """;

    private const string IntendRefundSql = $"""
        update payments set state = 3, changed_at = clock_timestamp()
        where event_id = @eventId and booking_id = @bookingId and state in (1, 3)
        returning {Columns}
        """;

    private const string OfBookingSql = $"""
        select {Columns} from payments where event_id = @eventId and booking_id = @bookingId and attempt = @attempt
        """;

    private const string OpenSql = $"""
        select {Columns} from payments
        where (state = 0 and changed_at < clock_timestamp() - make_interval(secs => @started))
            or (state = 3 and changed_at < clock_timestamp() - make_interval(secs => @refunds))
        order by changed_at limit @limit
        """;

    private const string MoveSql = """
        with moved as (
            update payments set state = 5, changed_at = clock_timestamp()
            where event_id = @EventId and booking_id = @BookingId and attempt = @Attempt and state in (0, 2)
            returning event_id, buyer_id, provider, reference, amount, currency)
        insert into payments (event_id, booking_id, attempt, buyer_id, provider, reference, state, amount, currency)
        select event_id, @to, 1, buyer_id, provider, reference, 1, amount, currency from moved
        """;

    /// <summary>Notes an attempt before the provider hears of it.</summary>
    public async Task StartAsync(
        Guid eventId, Guid bookingId, int attempt, Guid buyerId, string provider, Charge charge)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(StartSql, new
        {
            eventId,
            bookingId,
            attempt = (short)attempt,
            buyerId,
            provider,
            reference = charge.Reference,
            amount = charge.Amount,
            currency = charge.Currency,
        });
    }

    /// <summary>Moves an attempt on if it is still where the caller thinks; false: it is not.</summary>
    public async Task<bool> SetAsync(Payment payment, PaymentState to, params PaymentState[] from)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.ExecuteAsync(SetSql, new
        {
            payment.EventId,
            payment.BookingId,
            Attempt = (short)payment.Attempt,
            to = (short)to,
            from = from.Select(state => (short)state).ToArray(),
        }) > 0;
    }

    /// <summary>
    /// Notes that a booking's payment is to be refunded if its cancellation happens; null: nothing was paid.
    /// </summary>
    public async Task<Payment?> IntendRefundAsync(Guid eventId, Guid bookingId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Payment>(IntendRefundSql, new { eventId, bookingId });
    }

    public async Task<Payment?> FindAsync(Guid eventId, Guid bookingId, int attempt)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Payment>(
            OfBookingSql, new { eventId, bookingId, attempt = (short)attempt });
    }

    /// <summary>Attempts and refunds that nobody is working on any more.</summary>
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
    /// The money of one attempt pays for another booking from now on; false: somebody else has settled it.
    /// </summary>
    public async Task<bool> MoveAsync(Payment payment, Payment moved)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.ExecuteAsync(MoveSql, new
        {
            payment.EventId,
            payment.BookingId,
            Attempt = (short)payment.Attempt,
            to = moved.BookingId,
        }) > 0;
    }

    /// <summary>The booking as the tables hold it.</summary>
    public async Task<Booking?> FindBookingAsync(Guid eventId, Guid bookingId)
    {
        await using var command = dataSource.CreateCommand(JournalSql.Bookings);
        command.Parameters.Add(BatchCommands.Id(eventId));
        command.Parameters.Add(BatchCommands.Ids([bookingId]));
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? JournalRows.ReadBooking(rows) : null;
    }
}

using Dapper;
using Npgsql;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// The table <c>later_payments</c>: what buyers who pay later were told to pay to. The event's setting may have ended
/// since.
/// </summary>
internal sealed class LaterPaymentStore(NpgsqlDataSource dataSource)
{
    // Under the lock that the hold is decided by, so it is what was set then; the parameter if the same batch ends it.
    private const string KeepSql = """
        insert into later_payments (event_id, booking_id, instructions)
        select $1, $2, coalesce(e.pay_later_instructions, $3) from events e
        where e.id = $1 and coalesce(e.pay_later_instructions, $3) is not null
        on conflict do nothing
        """;

    private const string FindSql = """
        select instructions from later_payments where event_id = @eventId and booking_id = @bookingId
        """;

    /// <summary>Written with the change of the hold.</summary>
    public static NpgsqlBatchCommand KeepCommand(Guid eventId, Guid bookingId, string? instructions) => new(KeepSql)
    {
        Parameters =
        {
            new() { Value = eventId },
            new() { Value = bookingId },
            new() { Value = instructions ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
        },
    };

    /// <summary>Null: the booking is not paid later.</summary>
    public async Task<string?> FindAsync(Guid eventId, Guid bookingId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<string>(FindSql, new { eventId, bookingId });
    }
}

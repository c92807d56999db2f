using Dapper;
using Npgsql;

namespace Onsale.Server.Selling.Bookings;

/// <summary>What became of one booking of a guest that signed in. Stored as a number: append only.</summary>
internal enum TransferOutcome
{
    /// <summary>It is the account's.</summary>
    Moved = 0,

    /// <summary>It is paid and the account's, which has more of the event now than one buyer may have.</summary>
    MovedOverLimit = 1,

    /// <summary>A hold that the account may not have as well: its places are free again.</summary>
    Released = 2,

    /// <summary>It ended by itself before it could be moved.</summary>
    Ended = 3,
}

/// <summary>SQL of the bookings that follow a guest into an account.</summary>
internal sealed class GuestTransferStore(NpgsqlDataSource dataSource)
{
    /// <summary>The audit's note: buyers with more than the event lets one have, because guests became them.</summary>
    public const string OverLimitSql = """
        select format('account %s has booking %s above the limit per buyer: a guest had paid for it before signing in',
            m.account_id, g.booking_id)
        from guest_merge_bookings g join guest_merges m on m.guest_id = g.guest_id
        where g.event_id = $1 and g.outcome = 1 limit $2
        """;

    // Confirmed, paying and held ones in this order: what is bought counts before what is only held.
    private const string OpenSql = """
        select event_id, id from bookings
        where buyer_id = @guestId and state in (0, 1, 2) and not id = any (@undecided)
        order by state desc, id desc limit @limit
        """;

    // An open offer goes with its booking.
    private const string WaitingSql =
        "select event_id from waitlist_entries where buyer_id = @guestId and state in (0, 1)";

    private const string NoteSql = """
        insert into guest_merge_bookings (guest_id, event_id, booking_id)
        select @guestId, unnest(@eventIds), unnest(@bookingIds)
        on conflict do nothing
        """;

    private const string DecidedSql = """
        update guest_merge_bookings set outcome = @outcome, decided_at = clock_timestamp()
        where guest_id = @guestId and booking_id = @bookingId
        """;

    private const string HasSql = """
        select count(*)::integer as bookings, coalesce(sum(cardinality(seats)), 0)::integer as places
        from bookings where event_id = @eventId and buyer_id = @buyerId and state in (0, 1, 2)
        """;

    /// <summary>Bookings that are still the guest's, except those that could not be decided a moment ago.</summary>
    public async Task<IReadOnlyList<(Guid EventId, Guid BookingId)>> FindOpenAsync(
        Guid guestId, IReadOnlyCollection<Guid> undecided)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<(Guid, Guid)>(OpenSql, new
        {
            guestId,
            undecided = undecided.ToArray(),
            limit = BookingsLimits.TransferPageBookings,
        })).AsList();
    }

    /// <summary>Events for which the guest waits.</summary>
    public async Task<IReadOnlyList<Guid>> FindWaitingAsync(Guid guestId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<Guid>(WaitingSql, new { guestId })).AsList();
    }

    /// <summary>Notes what is about to be moved: a crash afterwards must not hide where it went.</summary>
    public async Task NoteAsync(Guid guestId, IReadOnlyCollection<(Guid EventId, Guid BookingId)> bookings)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(NoteSql, new
        {
            guestId,
            eventIds = bookings.Select(booking => booking.EventId).ToArray(),
            bookingIds = bookings.Select(booking => booking.BookingId).ToArray(),
        });
    }

    /// <summary>Notes what became of a booking.</summary>
    public async Task DecidedAsync(Guid guestId, Guid bookingId, TransferOutcome outcome)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(DecidedSql, new { guestId, bookingId, outcome = (short)outcome });
    }

    /// <summary>What a buyer has of an event.</summary>
    public async Task<(int Bookings, int Places)> CountAsync(Guid eventId, Guid buyerId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(int, int)>(HasSql, new { eventId, buyerId });
    }
}

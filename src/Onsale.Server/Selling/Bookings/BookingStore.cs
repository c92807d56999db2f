using Dapper;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Selling.Bookings;

/// <summary>Reads of bookings. Writing is the inventory's alone.</summary>
internal sealed class BookingStore(NpgsqlDataSource dataSource, BookingReader reader) : IGuestBookings
{
    // A ticket that came back to its buyer is theirs again, by the code that it has now.
    private const string TicketColumns = """
        t.id, t.line::integer, t.code as issued_code, t.state = 0 and holder.is_buyer as valid,
            not holder.is_buyer as is_handed_on,
            case when holder.is_buyer then coalesce(h.counter, 0) else 0 end::integer as counter,
            case when holder.is_buyer then coalesce(h.code, t.code) else t.code end as code,
            exists (select from ticket_rules r
                where r.event_id = t.event_id and r.rotating_since is not null) as is_live
        """;

    private const string TicketJoins = $"""
        tickets t join bookings b on b.event_id = t.event_id and b.id = t.booking_id
        {TransferSql.HolderJoin}
        cross join lateral (select coalesce(h.to_buyer_id, b.buyer_id) = b.buyer_id as is_buyer) holder
        """;

    private const string TicketsSql = $"""
        select {TicketColumns} from {TicketJoins}
        where t.event_id = @eventId and t.booking_id = @bookingId order by t.line
        """;

    private const string PageTicketsSql = $"""
        select t.booking_id, {TicketColumns} from {TicketJoins}
        where t.event_id = any (@eventIds) and t.booking_id = any (@bookingIds) order by t.line
        """;

    private const string CountSql = "select count(*) from bookings where buyer_id = @buyerId";

    private const string BookedSql = """
        select guest from unnest(@guestIds) guest where exists (select from bookings where buyer_id = guest)
            or exists (select from ticket_transfers where to_buyer_id = guest and state = 1)
        """;

    private const string EventsSql = """
        select e.id, e.slug, e.title, e.starts_at, e.time_zone, v.name as venue, v.city, e.status = 2 as cancelled,
            e.cancellable_until
        from events e join venues v on v.id = e.venue_id where e.id = any (@eventIds)
        """;

    /// <summary>A buyer's booking as it is now by the database's clock; null: this buyer has no such booking.</summary>
    public Task<Booking?> FindAsync(Guid eventId, Guid bookingId, Guid buyerId) =>
        reader.FindOfBuyerAsync(eventId, bookingId, buyerId);

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<Guid>> FindGuestsThatBookedAsync(
        Guid[] guestIds, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(new CommandDefinition(
            BookedSql, new { guestIds }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Tickets of a booking.</summary>
    public async Task<IReadOnlyList<Ticket>> TicketsAsync(Guid eventId, Guid bookingId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<Ticket>(TicketsSql, new { eventId, bookingId })).AsList();
    }

    /// <summary>A page of a buyer's bookings, newest first, and how many there are.</summary>
    public async Task<(IReadOnlyList<BookingOfEvent> Bookings, long Total)> PageAsync(Guid buyerId, Paging paging)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var total = await connection.ExecuteScalarAsync<long>(CountSql, new { buyerId });
        return (await reader.FindPageOfBuyerAsync(buyerId, paging.Limit, paging.Offset), total);
    }

    /// <summary>Tickets of several bookings.</summary>
    public async Task<ILookup<Guid, Ticket>> TicketsAsync(IReadOnlyCollection<BookingOfEvent> bookings)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var rows = await connection.QueryAsync<TicketOfBooking>(
            PageTicketsSql,
            new
            {
                eventIds = bookings.Select(row => row.EventId).Distinct().ToArray(),
                bookingIds = bookings.Select(row => row.Booking.Id).ToArray(),
            });
        return rows.ToLookup(row => row.BookingId, row => row.ToTicket());
    }

    /// <summary>What a list of bookings shows of their events.</summary>
    public async Task<IReadOnlyDictionary<Guid, BookedEvent>> EventsAsync(IEnumerable<Guid> eventIds)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var rows = await connection.QueryAsync<EventRow>(EventsSql, new { eventIds = eventIds.Distinct().ToArray() });
        return rows.ToDictionary(row => row.Id, row => row.ToWire());
    }

    private sealed record TicketOfBooking(
        Guid BookingId, Guid Id, int Line, string IssuedCode, bool Valid, bool IsHandedOn, int Counter, string Code,
        bool IsLive)
    {
        public Ticket ToTicket() => new(Id, Line, IssuedCode, Valid, IsHandedOn, Counter, Code, IsLive);
    }

    private sealed record EventRow(
        Guid Id, string Slug, string Title, DateTime StartsAt, string TimeZone, string Venue, string City,
        bool Cancelled, DateTime? CancellableUntil)
    {
        public BookedEvent ToWire() => new(
            Id, Slug, Title, new DateTimeOffset(StartsAt), TimeZone, Venue, City, Cancelled,
            CancellableUntil is { } until ? new DateTimeOffset(until) : null);
    }
}

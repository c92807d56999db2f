using System.Runtime.CompilerServices;
using Npgsql;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>A booking and the event it is of.</summary>
public readonly record struct BookingOfEvent(Guid EventId, Booking Booking);

/// <summary>Reads bookings from the tables. Writing is the journal's alone.</summary>
internal sealed class BookingReader(NpgsqlDataSource dataSource)
{
    private const int ClockColumn = JournalRows.BookingColumns;
    private const int EventColumn = ClockColumn + 1;

    /// <summary>A booking as its row says it, or null.</summary>
    public async Task<Booking?> FindAsync(Guid eventId, Guid bookingId)
    {
        await using var command = dataSource.CreateCommand(JournalSql.Bookings);
        command.Parameters.Add(BatchCommands.Id(eventId));
        command.Parameters.Add(BatchCommands.Ids([bookingId]));
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? JournalRows.ReadBooking(rows) : null;
    }

    /// <summary>A buyer's booking as it is now by the database's clock; null: this buyer has no such booking.</summary>
    public async Task<Booking?> FindOfBuyerAsync(Guid eventId, Guid bookingId, Guid buyerId)
    {
        await using var command = dataSource.CreateCommand(JournalSql.BookingOfBuyer);
        command.Parameters.Add(BatchCommands.Id(eventId));
        command.Parameters.Add(BatchCommands.Id(bookingId));
        command.Parameters.Add(BatchCommands.Id(buyerId));
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? ReadCurrent(rows) : null;
    }

    /// <summary>A buyer's bookings as they are now, newest first.</summary>
    public async Task<IReadOnlyList<BookingOfEvent>> FindPageOfBuyerAsync(Guid buyerId, int limit, int offset)
    {
        await using var command = dataSource.CreateCommand(JournalSql.BookingsOfBuyer);
        command.Parameters.Add(BatchCommands.Id(buyerId));
        command.Parameters.Add(BatchCommands.Number(limit));
        command.Parameters.Add(BatchCommands.Number(offset));
        await using var rows = await command.ExecuteReaderAsync();
        var bookings = new List<BookingOfEvent>();
        while (await rows.ReadAsync())
            bookings.Add(new BookingOfEvent(rows.GetGuid(EventColumn), ReadCurrent(rows)));
        return bookings;
    }

    /// <summary>An event's confirmed bookings, as they are when they are read.</summary>
    public async IAsyncEnumerable<Booking> ReadConfirmedAsync(
        Guid eventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(JournalSql.ConfirmedBookings);
        command.Parameters.Add(BatchCommands.Id(eventId));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            yield return JournalRows.ReadBooking(rows);
    }

    /// <summary>The row's own state is a little behind: a hold whose time is over is expired, swept or not.</summary>
    private static Booking ReadCurrent(NpgsqlDataReader row)
    {
        var booking = JournalRows.ReadBooking(row);
        return booking.State == BookingState.Held
            && booking.HeldUntil <= row.GetFieldValue<DateTimeOffset>(ClockColumn)
                ? booking with { State = BookingState.Expired }
                : booking;
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.Bookings;

/// <summary>GET /me/bookings: the buyer's bookings with their events, newest first.</summary>
internal static class ListMyBookings
{
    public static async Task<Results<Ok<Page<MyBooking>>, Problem>> HandleAsync(
        string? page, string? limit, Buyer buyer, EventLookup events, BookingStore store, ContactStore contacts,
        BookingResponseMapper wire)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } problem)
            return problem;

        var (bookings, total) = await store.PageAsync(buyer.Id, paging);
        var shown = await store.EventsAsync(bookings.Select(row => row.EventId));
        var tickets = await store.TicketsAsync(bookings);
        var given = await contacts.FindAsync(
            [.. bookings.Select(row => row.EventId).Distinct()], [.. bookings.Select(row => row.Booking.Id)]);
        var data = new List<MyBooking>(bookings.Count);
        foreach (var (eventId, booking) in bookings)
        {
            var selling = await events.RequireAnyAsync(eventId);
            if (selling.Problem is not null)
                return selling.Problem;
            Ticket[]? own = tickets.Contains(booking.Id) ? [.. tickets[booking.Id]] : null;
            data.Add(new MyBooking(
                await wire.OfAsync(booking, selling.Terms!, own, given.GetValueOrDefault(booking.Id)),
                booking.CreatedAt, shown[eventId]));
        }

        return TypedResults.Ok(Page<MyBooking>.Of(data, total, paging));
    }
}

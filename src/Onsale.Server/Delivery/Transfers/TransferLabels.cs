using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>Says of a ticket what it is for: event and place.</summary>
internal sealed class TransferLabels(
    BookingReader bookings, BookingStore store, EventLookup events, BookingResponseMapper mapper)
{
    /// <summary>The ticket; or why its event cannot be read now.</summary>
    public async Task<(BookedEvent? Event, TicketResponse? Ticket, Problem? Problem)> FindAsync(
        Guid eventId, Guid bookingId, Guid ticketId)
    {
        var found = await events.RequireAnyAsync(eventId);
        if (found.Problem is not null)
            return (null, null, found.Problem);
        if (await bookings.FindAsync(eventId, bookingId) is not { } booking)
            return (null, null, TransferProblems.TicketNotFound);
        var shown = await mapper.OfAsync(booking, found.Terms!, await store.TicketsAsync(eventId, bookingId));
        return ((await store.EventsAsync([eventId]))[eventId], shown.Tickets!.First(one => one.Id == ticketId), null);
    }

    /// <summary>A ticket as its new holder sees it; null: its event cannot be read now.</summary>
    public async Task<ReceivedTicket?> ShowAsync(HeldTicket held)
    {
        var (shownEvent, ticket, problem) = await FindAsync(held.EventId, held.BookingId, held.TicketId);
        return problem is null
            ? new ReceivedTicket(
                held.EventId, held.TicketId, shownEvent!, ticket!.TierId, ticket.Seat, ticket.Label, held.Code,
                held.IsValid, new DateTimeOffset(held.ReceivedAt), held.IsLive ? true : null)
            : null;
    }
}

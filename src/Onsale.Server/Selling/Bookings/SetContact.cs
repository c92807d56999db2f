using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// PUT /events/{id}/bookings/{bookingId}/contact: whom to write to. The first one gives the booking its order code.
/// </summary>
internal static class SetContact
{
    public static async Task<Results<Ok<BookingResponse>, Problem>> HandleAsync(
        string id, string bookingId, ContactRequest request, Buyer buyer, EventLookup events, BookingStore store,
        ContactStore contacts, BookingResponseMapper wire)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        var settings = selling.Terms!;
        if (!Guid.TryParseExact(bookingId, "D", out var wanted))
            return Refusals.BookingNotFound();
        var validation = new Validation();
        var contact = ContactRules.Read(request, "", validation);
        if (validation.ToProblem() is { } malformed)
            return malformed;
        if (await store.FindAsync(settings.EventId, wanted, buyer.Id) is not { } booking)
            return Refusals.BookingNotFound();
        switch (booking.State)
        {
            case BookingState.Released or BookingState.Expired:
                return Refusals.HoldExpired();
            case BookingState.Cancelled:
                return Refusals.AlreadyCancelled();
        }

        // Whose booking it is is looked at again by the statement: it may have moved to an account.
        if (await contacts.SetAsync(settings.EventId, wanted, buyer.Id, contact.Name, contact.Email, contact.Language)
            is not { } set)
        {
            return Refusals.BookingNotFound();
        }

        var tickets = booking.State == BookingState.Confirmed
            ? await store.TicketsAsync(settings.EventId, booking.Id)
            : null;
        return TypedResults.Ok(await wire.OfAsync(booking, settings, tickets, set));
    }
}

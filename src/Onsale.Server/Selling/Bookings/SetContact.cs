using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// PUT /events/{id}/bookings/{bookingId}/contact: whom to write to. The first one gives the booking its order code.
/// </summary>
internal static class SetContact
{
    private const string DefaultLanguage = "en";

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
        if (Read(request, out var contact) is { } malformed)
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

    private static Problem? Read(ContactRequest request, out (string Name, string Email, string Language) contact)
    {
        var validation = new Validation();
        if (AccountRules.CheckName(request.Name, out var name) is { } badName)
            validation.Add("name", badName);
        if (AccountRules.CheckEmail(request.Email, out var email) is { } badEmail)
            validation.Add("email", badEmail);
        var language = request.Language ?? DefaultLanguage;
        validation.Require(
            IsLanguageTag(language), "language", "Must be a language tag such as en or es-MX.");
        contact = (name, email, language);
        return validation.ToProblem();
    }

    /// <summary>By its shape (BCP 47): which languages messages are written in is not decided here.</summary>
    internal static bool IsLanguageTag(string text)
    {
        var parts = text.Split('-');
        return text.Length <= BookingsLimits.MaxLanguageChars
            && parts[0] is { Length: 2 or 3 } language && language.All(char.IsAsciiLetter)
            && parts.Skip(1).All(part => part.Length is >= 2 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }
}

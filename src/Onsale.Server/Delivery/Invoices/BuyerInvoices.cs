using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Invoices;

/// <summary>
/// /me/bookings/{id}/{bookingId}/invoices: a buyer's documents of a booking, and whom they are made out to.
/// </summary>
internal static class BuyerInvoices
{
    private static readonly Problem s_notOffered = new(
        StatusCodes.Status409Conflict, "no-invoices", "The organiser of this event issues no invoices here.");

    private static readonly Problem s_tooMany = new(
        StatusCodes.Status409Conflict, "too-many-invoices",
        "This booking's invoice was corrected too often. Write to the organiser.");

    public static async Task<Results<Ok<BookingInvoices>, Problem>> GetAsync(
        string id, string bookingId, Buyer buyer, EventLookup events, BookingStore bookings, InvoiceStore store,
        CancellationToken cancellationToken)
    {
        var (eventId, booking, problem) = await FindAsync(id, bookingId, buyer, events, bookings);
        return booking is null
            ? problem!
            : TypedResults.Ok(await ShowAsync(eventId, booking, store, cancellationToken));
    }

    public static async Task<Results<Ok<BookingInvoices>, Problem>> SetAsync(
        string id, string bookingId, InvoiceDetails request, Buyer buyer, EventLookup events, BookingStore bookings,
        InvoiceStore store, CancellationToken cancellationToken)
    {
        var (eventId, booking, problem) = await FindAsync(id, bookingId, buyer, events, bookings);
        if (booking is null)
            return problem!;
        var validation = new Validation();
        if (AccountRules.CheckName(request.Name, out var name) is { } badName)
            validation.Add("name", badName);
        var details = new InvoiceDetails(
            name,
            RecipientRow.OrNull(validation.Text("company", request.Company, 0, InvoicesLimits.MaxCompanyCharacters)),
            RecipientRow.OrNull(
                validation.Text("address", request.Address, 0, InvoicesLimits.MaxBuyerAddressCharacters)),
            RecipientRow.OrNull(validation.Text("vatId", request.VatId, 0, InvoicesLimits.MaxVatIdCharacters)));
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (booking.State is BookingState.Released or BookingState.Expired)
            return Refusals.HoldExpired();
        if (booking.State == BookingState.Cancelled)
            return Refusals.AlreadyCancelled();
        if (!await store.IsOfferedAsync(eventId, cancellationToken))
            return s_notOffered;
        return await store.SetDetailsAsync(eventId, booking.Id, details, cancellationToken)
            ? TypedResults.Ok(await ShowAsync(eventId, booking, store, cancellationToken))
            : s_tooMany;
    }

    private static async Task<(Guid EventId, Booking? Booking, Problem? Problem)> FindAsync(
        string id, string bookingId, Buyer buyer, EventLookup events, BookingStore bookings)
    {
        var selling = await events.RequireAnyAsync(id);
        if (selling.Problem is not null)
            return (default, null, selling.Problem);
        var eventId = selling.Terms!.EventId;
        return Guid.TryParseExact(bookingId, "D", out var wanted)
            && await bookings.FindAsync(eventId, wanted, buyer.Id) is { } booking
                ? (eventId, booking, null)
                : (eventId, null, Refusals.BookingNotFound());
    }

    private static async Task<BookingInvoices> ShowAsync(
        Guid eventId, Booking booking, InvoiceStore store, CancellationToken cancellationToken)
    {
        var (details, documents) = await store.OfBookingAsync(eventId, booking.Id, cancellationToken);
        return new BookingInvoices(
            booking.Total > 0 && await store.IsOfferedAsync(eventId, cancellationToken), details, documents);
    }
}

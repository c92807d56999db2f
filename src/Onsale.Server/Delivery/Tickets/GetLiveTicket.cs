using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>
/// GET /events/{id}/bookings/{bookingId}/tickets/{ticketId}/live: what the buyer's phone needs to show a ticket live,
/// also without a network.
/// </summary>
internal static class GetLiveTicket
{
    public static async Task<Results<Ok<LiveTicket>, Problem>> HandleAsync(
        string id, string bookingId, string ticketId, Buyer buyer, HttpResponse response, EventLookup events,
        BookingStore store, TicketSigning signing, TimeProvider time, CancellationToken cancellationToken)
    {
        var (ticket, problem) = await GetTicketQr.FindAsync(id, bookingId, ticketId, buyer, events, store);
        return ticket is var (eventId, found)
            ? await AnswerAsync(eventId, found.IssuedCode, found.Counter, signing, response, time, cancellationToken)
            : problem!;
    }

    /// <summary>The holder's key, for the caller alone.</summary>
    internal static async Task<Ok<LiveTicket>> AnswerAsync(
        Guid eventId, string issuedCode, int counter, TicketSigning signing, HttpResponse response, TimeProvider time,
        CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "private, no-store";
        using var signer = await signing.OpenAsync(eventId, cancellationToken);
        var (ticket, holderKey) = signer.SignLive(issuedCode, counter);
        return TypedResults.Ok(new LiveTicket(eventId, ticket, holderKey, LiveCode.StepSeconds, time.GetUtcNow()));
    }
}

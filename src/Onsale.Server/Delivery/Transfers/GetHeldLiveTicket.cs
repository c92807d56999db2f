using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>GET /events/{id}/tickets/{ticketId}/live: a ticket that the caller was given, to show live.</summary>
internal static class GetHeldLiveTicket
{
    public static async Task<Results<Ok<LiveTicket>, Problem>> HandleAsync(
        string id, string ticketId, Buyer buyer, HttpResponse response, TransferStore store, TicketSigning signing,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var eventId) || !Guid.TryParseExact(ticketId, "D", out var ticket)
            || await store.FindHeldAsync(eventId, ticket, buyer.Id) is not { IsValid: true } held)
        {
            return TransferProblems.TicketNotFound;
        }

        return await GetLiveTicket.AnswerAsync(
            eventId, held.IssuedCode, held.Counter, signing, response, time, cancellationToken);
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>GET /events/{id}/tickets/{ticketId}/qr: the code of a ticket that the caller was given, as SVG.</summary>
internal static class GetHeldTicketQr
{
    public static async Task<Results<ContentHttpResult, Problem>> HandleAsync(
        string id, string ticketId, Buyer buyer, HttpResponse response, TransferStore store, TicketSigning signing,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var eventId) || !Guid.TryParseExact(ticketId, "D", out var ticket)
            || await store.FindHeldAsync(eventId, ticket, buyer.Id) is not { IsValid: true } held)
        {
            return TransferProblems.TicketNotFound;
        }

        return held.IsLive
            ? TicketRules.LiveOnly
            : await GetTicketQr.AnswerAsync(
                eventId, held.IssuedCode, held.Counter, signing, response, cancellationToken);
    }
}

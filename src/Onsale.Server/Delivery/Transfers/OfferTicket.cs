using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.Mail;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>
/// POST /events/{id}/tickets/{ticketId}/transfers: offers a ticket to whoever reads the mail. Until it is accepted the
/// holder keeps it and may withdraw the offer. The same offer again is answered with the first.
/// </summary>
internal static class OfferTicket
{
    public static async Task<Results<Created<TransferResponse>, Problem>> HandleAsync(
        string id, string ticketId, OfferTicketRequest request, Buyer buyer, TransferStore store,
        TransferLabels labels, TransferMails mails, TimeProvider time)
    {
        var validation = new Validation();
        if (AccountRules.CheckEmail(request.Email, out var email) is { } badEmail)
            validation.Add("email", badEmail);
        validation.Text("language", request.Language ?? "", 0, TransferLimits.MaxLanguageCharacters);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (!Guid.TryParseExact(id, "D", out var eventId))
            return Problem.EventNotFound();
        if (!Guid.TryParseExact(ticketId, "D", out var ticket))
            return TransferProblems.TicketNotFound;

        // Read before it is decided: a request never waits for a second connection while it has one.
        if (await store.FindTicketAsync(eventId, ticket) is not { } found || found.HolderId != buyer.Id)
            return TransferProblems.TicketNotFound;
        var (occasion, shown, problem) = await labels.FindAsync(eventId, found.BookingId, ticket);
        if (problem is not null)
            return problem;
        var secret = TransferSecret.New();
        var offer = new NewOffer(
            Guid.CreateVersion7(time.GetUtcNow()), email, Languages.Of(request.Language),
            TransferSecret.HashOf(secret));
        var result = await store.OfferAsync(
            eventId, ticket, buyer.Id, offer,
            (connection, made) => MailQueue.AddAsync(connection, mails.Offered(made, secret, occasion!, shown!.Label)));
        return result.Refusal is null
            ? TypedResults.Created((string?)null, ShownTransfers.Show(result.Transfer!))
            : TransferProblems.Of(result, TransferProblems.TicketNotFound);
    }
}

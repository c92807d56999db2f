using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.Mail;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>
/// POST /transfers/accept: the ticket is the caller's, and every copy that anybody has of it admits nobody from then
/// on. Repeated by the same caller, the same ticket.
/// </summary>
internal static class AcceptTransfer
{
    public static async Task<Results<Ok<ReceivedTicket>, Problem>> HandleAsync(
        AcceptTransferRequest request, Buyer buyer, TransferStore store, TransferLabels labels, TransferMails mails)
    {
        var validation = new Validation();
        validation.Text("secret", request.Secret ?? "", 1, TransferLimits.MaxSecretCharacters);
        validation.Text("name", request.Name ?? "", 0, TransferLimits.MaxNameCharacters);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var name = request.Name?.Trim() is { Length: > 0 } text ? text : null;

        // Read before it is decided: a request never waits for a second connection while it has one.
        var hash = TransferSecret.HashOf(request.Secret!);
        if (await store.FindAsync(hash) is not var (offered, _))
            return TransferProblems.TransferNotFound;
        var (occasion, ticket, problem) = await labels.FindAsync(
            offered.EventId, offered.BookingId, offered.TicketId);
        if (problem is not null)
            return problem;
        var given = await mails.GivenAsync(offered, occasion!, ticket!.Label);
        var result = await store.AcceptAsync(hash, buyer.Id, name, async (connection, accepted) =>
        {
            if (accepted.Email is not null)
                await MailQueue.AddAsync(connection, mails.Received(accepted, occasion!, ticket.Label));
            if (given is not null)
                await MailQueue.AddAsync(connection, given);
        });
        if (result.Refusal is not null)
            return TransferProblems.Of(result, TransferProblems.TransferNotFound);
        var transfer = result.Transfer!;
        return await store.FindHeldAsync(transfer.EventId, transfer.TicketId, buyer.Id) is { } held
            && await labels.ShowAsync(held) is { } shown
            ? TypedResults.Ok(shown)
            // Accepted before, and handed on since.
            : TransferProblems.TicketNotFound;
    }
}

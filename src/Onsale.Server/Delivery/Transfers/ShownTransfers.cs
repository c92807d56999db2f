using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>What givers see of their offers, and receivers of a link.</summary>
internal static class ShownTransfers
{
    public static TransferResponse Show(TransferRow row) => new(
        row.Id, row.TicketId, (TransferState)row.State, row.Email, new DateTimeOffset(row.OfferedAt),
        row.EndedAt is { } at ? new DateTimeOffset(at) : null);

    /// <summary>GET /events/{id}/transfers: what the caller has offered of the event's tickets, newest first.</summary>
    public static async Task<Results<Ok<TransferList>, Problem>> ListAsync(
        string id, Buyer buyer, TransferStore store)
    {
        if (!Guid.TryParseExact(id, "D", out var eventId))
            return Problem.EventNotFound();
        var (offers, held) = await store.ListOfGiverAsync(eventId, buyer.Id);
        return TypedResults.Ok(new TransferList([.. offers.Select(offer => Show(offer) with
        {
            IsBack = offer.State == (int)TransferState.Accepted && held.Contains(offer.TicketId) ? true : null,
        })]));
    }

    /// <summary>DELETE /events/{id}/tickets/{ticketId}/transfers/{transferId}: takes an offer back.</summary>
    public static async Task<Results<Ok<TransferResponse>, Problem>> WithdrawAsync(
        string id, string ticketId, string transferId, Buyer buyer, TransferStore store)
    {
        if (!Guid.TryParseExact(id, "D", out var eventId) || !Guid.TryParseExact(ticketId, "D", out var ticket)
            || !Guid.TryParseExact(transferId, "D", out var transfer))
        {
            return TransferProblems.TransferNotFound;
        }

        var result = await store.WithdrawAsync(eventId, ticket, transfer, buyer.Id);
        return result.Refusal is null
            ? TypedResults.Ok(Show(result.Transfer!))
            : TransferProblems.Of(result, TransferProblems.TransferNotFound);
    }

    /// <summary>POST /transfers/open: what a link is about, for whoever has it.</summary>
    public static async Task<Results<Ok<OfferedTicket>, Problem>> OpenAsync(
        TransferLink request, TransferStore store, TransferLabels labels)
    {
        var validation = new Validation();
        validation.Text("secret", request.Secret ?? "", 1, TransferLimits.MaxSecretCharacters);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (await store.FindAsync(TransferSecret.HashOf(request.Secret!)) is not var (transfer, ticket))
            return TransferProblems.TransferNotFound;
        // Said now, and decided when it is accepted.
        if (transfer.State == (int)TransferState.Offered && TransferRules.Check(ticket) is { } refusal)
            return TransferProblems.Of(new TransferResult(refusal, Ticket: ticket), TransferProblems.TransferNotFound);
        var (occasion, shown, problem) = await labels.FindAsync(
            transfer.EventId, transfer.BookingId, transfer.TicketId);
        return problem is null
            ? TypedResults.Ok(new OfferedTicket((TransferState)transfer.State, occasion!, shown!.Label))
            : problem;
    }

    /// <summary>GET /me/tickets: the tickets that the caller was given and has, newest first.</summary>
    public static async Task<Results<Ok<Page<ReceivedTicket>>, Problem>> ListReceivedAsync(
        string? page, string? limit, Buyer buyer, TransferStore store, TransferLabels labels)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (rows, total) = await store.ListHeldAsync(buyer.Id, paging);
        List<ReceivedTicket> shown = [];
        foreach (var held in rows)
        {
            if (await labels.ShowAsync(held) is not { } ticket)
                return Problem.Unavailable();
            shown.Add(ticket);
        }

        return TypedResults.Ok(Page<ReceivedTicket>.Of(shown, total, paging));
    }
}

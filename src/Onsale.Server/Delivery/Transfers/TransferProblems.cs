using System.Globalization;
using Onsale.Platform.Http;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>Why a ticket does not change hands, as an answer.</summary>
internal static class TransferProblems
{
    public static Problem TicketNotFound { get; } = new(
        StatusCodes.Status404NotFound, "ticket-not-found", "You have no such ticket.");

    public static Problem TransferNotFound { get; } = new(
        StatusCodes.Status404NotFound, "transfer-not-found", "There is no ticket behind this link.");

    public static Problem Of(TransferResult result, Problem notFound) => result.Refusal switch
    {
        TransferRefusal.NotFound => notFound,
        TransferRefusal.Cancelled => Conflict("already-cancelled", "The booking of this ticket was cancelled."),
        TransferRefusal.CheckedIn => CheckedIn(result.Ticket!),
        TransferRefusal.Disputed => Conflict(
            "payment-disputed", "The payment of this ticket is disputed: it stays where it is until that is decided."),
        TransferRefusal.Closed => Conflict(
            "transfers-closed", "Tickets of this event do not change hands, or not any more."),
        TransferRefusal.Offered => Conflict(
            "already-offered", "This ticket is offered to somebody else. Withdraw that offer first."),
        TransferRefusal.TooMany => Conflict(
            "too-many-transfers",
            $"This ticket was offered {TransferLimits.MaxOffersPerTicket} times, which is as often as it can be."),
        TransferRefusal.Accepted => Conflict("transfer-accepted", "Somebody has accepted this ticket already."),
        TransferRefusal.Withdrawn => Conflict("transfer-withdrawn", "This ticket is not offered any more."),
        TransferRefusal.ToSelf => Conflict("transfer-to-self", "This ticket is yours already."),
        _ => throw new InvalidOperationException($"No answer for {result.Refusal}."),
    };

    private static Problem Conflict(string code, string detail) => new(StatusCodes.Status409Conflict, code, detail);

    private static Problem CheckedIn(TicketSituation ticket) => new(
        StatusCodes.Status409Conflict, "already-checked-in", "Somebody has come in with this ticket.", writer =>
        {
            writer.WriteString("at", ticket.ScannedAt!.Value.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("gate", ticket.Gate);
        });
}

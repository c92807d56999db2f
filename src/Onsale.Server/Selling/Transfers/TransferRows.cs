namespace Onsale.Server.Selling.Transfers;

/// <summary>A transfer as its row says it.</summary>
internal sealed record TransferRow(
    Guid EventId, Guid Id, Guid TicketId, Guid BookingId, int Counter, int State, Guid FromBuyerId, Guid? ToBuyerId,
    string? Email, string? Name, string Language, string? Code, DateTime OfferedAt, DateTime? EndedAt);

/// <summary>A ticket that somebody was given.</summary>
internal sealed record HeldTicket(
    Guid EventId, Guid TicketId, Guid BookingId, int Counter, string IssuedCode, string Code, string? Name, bool IsValid,
    DateTime ReceivedAt, bool IsLive);

/// <summary>What a holder asks for.</summary>
/// <param name="Email">Whom to send the link to.</param>
/// <param name="Language">Of the mail.</param>
/// <param name="SecretHash">SHA-256 of what the link says.</param>
internal sealed record NewOffer(Guid Id, string Email, string Language, byte[] SecretHash);

/// <summary>What became of a request.</summary>
/// <param name="Refusal">Null: done.</param>
/// <param name="Transfer">The transfer after it.</param>
/// <param name="Ticket">The ticket as it was decided on.</param>
internal sealed record TransferResult(
    TransferRefusal? Refusal, TransferRow? Transfer = null, TicketSituation? Ticket = null);

using System.Text.Json.Serialization;
using Onsale.Platform.Http;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Transfers;

/// <summary>A ticket that is to be handed on.</summary>
/// <param name="Email">Whom the link goes to.</param>
/// <param name="Language">Of the mail, a BCP 47 tag; absent: English.</param>
internal sealed record OfferTicketRequest(string Email, string? Language = null);

/// <summary>A ticket on its way to somebody, or arrived.</summary>
/// <param name="Id">The transfer.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Email">Whom the link went to; absent: the person was erased.</param>
/// <param name="OfferedAt">When.</param>
/// <param name="EndedAt">When it was accepted or withdrawn; absent: neither yet.</param>
internal sealed record TransferResponse(
    Guid Id, Guid TicketId, TransferState State, string? Email, DateTimeOffset OfferedAt, DateTimeOffset? EndedAt)
{
    /// <summary>True: it was accepted, and its giver has it again by now; absent: not.</summary>
    public bool? IsBack { get; init; }
}

/// <summary>What somebody has offered.</summary>
/// <param name="Transfers">The newest first, at most 200.</param>
internal sealed record TransferList(IReadOnlyList<TransferResponse> Transfers);

/// <summary>What a link says.</summary>
/// <param name="Secret">Behind the <c>#</c> of the link.</param>
internal sealed record TransferLink(string Secret);

/// <summary>Who takes a ticket.</summary>
/// <param name="Secret">Behind the <c>#</c> of the link.</param>
/// <param name="Name">For the door, at most 100 characters; absent: none.</param>
internal sealed record AcceptTransferRequest(string Secret, string? Name = null);

/// <summary>A ticket that is offered to whoever has the link.</summary>
/// <param name="State">Where the offer stands.</param>
/// <param name="Event">Of what.</param>
/// <param name="Label">"Orchestra, row C, seat 14", or the tier's name.</param>
internal sealed record OfferedTicket(TransferState State, BookedEvent Event, string Label);

/// <summary>A ticket that was given to the caller.</summary>
/// <param name="EventId">Its event.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="Event">What is to be shown of the event.</param>
/// <param name="TierId">Its tier.</param>
/// <param name="Seat">Seat ordinal; absent for a place without a number.</param>
/// <param name="Label">"Orchestra, row C, seat 14", or the tier's name.</param>
/// <param name="Code">What people type where the QR code cannot be read; a secret of its holder.</param>
/// <param name="Valid">False once the booking is cancelled.</param>
/// <param name="ReceivedAt">When it was accepted.</param>
/// <param name="Live">True: only a code that is shown live admits; absent: any code does.</param>
internal sealed record ReceivedTicket(
    Guid EventId, Guid TicketId, BookedEvent Event, Guid TierId, int? Seat, string Label, string Code, bool Valid,
    DateTimeOffset ReceivedAt, bool? Live = null);

/// <summary>Whether an event's tickets may change hands.</summary>
/// <param name="Allowed">False: nobody can offer or accept one any more.</param>
internal sealed record TransferSettings(bool Allowed);

/// <summary>A transfer as the organiser sees it.</summary>
/// <param name="Id">The transfer.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="BookingId">Its booking.</param>
/// <param name="Number">The how many-th change of hands of the ticket it is.</param>
/// <param name="State">Where it stands.</param>
/// <param name="FromBuyerId">Who gives it.</param>
/// <param name="ToBuyerId">Who has accepted it; absent: nobody.</param>
/// <param name="Email">Whom the link went to; absent: the person was erased.</param>
/// <param name="Name">As the new holder gave it; absent: not.</param>
/// <param name="OfferedAt">When.</param>
/// <param name="EndedAt">When it was accepted or withdrawn; absent: neither yet.</param>
internal sealed record TransferOfEvent(
    Guid Id, Guid TicketId, Guid BookingId, int Number, TransferState State, Guid FromBuyerId, Guid? ToBuyerId,
    string? Email, string? Name, DateTimeOffset OfferedAt, DateTimeOffset? EndedAt);

[JsonSerializable(typeof(OfferTicketRequest))]
[JsonSerializable(typeof(TransferResponse))]
[JsonSerializable(typeof(TransferList))]
[JsonSerializable(typeof(TransferLink))]
[JsonSerializable(typeof(AcceptTransferRequest))]
[JsonSerializable(typeof(OfferedTicket))]
[JsonSerializable(typeof(ReceivedTicket))]
[JsonSerializable(typeof(Page<ReceivedTicket>))]
[JsonSerializable(typeof(TransferSettings))]
[JsonSerializable(typeof(Page<TransferOfEvent>))]
internal sealed partial class TransfersJson : JsonSerializerContext;

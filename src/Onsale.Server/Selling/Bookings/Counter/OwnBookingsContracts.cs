using System.Text.Json.Serialization;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>How a booking is paid at the counter.</summary>
internal enum CounterMethod
{
    Cash,

    /// <summary>By a card terminal of the organiser's own.</summary>
    Card,

    /// <summary>Given away: its places cost nothing.</summary>
    Comp,

    /// <summary>To be paid later.</summary>
    Invoice,
}

/// <summary>A sale at the counter: places as for a hold, all of them or none.</summary>
/// <param name="Buyer">Left out: nobody asked for a name.</param>
internal sealed record SaleRequest(
    CounterMethod Method, int[]? Seats = null, TierQuantity[]? Tickets = null,
    BestAvailableRequest? BestAvailable = null, CounterBuyer? Buyer = null);

/// <summary>Who buys at the counter.</summary>
/// <param name="Email">Left out: tickets are handed over on paper.</param>
/// <param name="Language">BCP 47. Default: the organisation's.</param>
internal sealed record CounterBuyer(string Name, string? Email = null, string? Language = null);

/// <summary>What to change of a booking; what is left out stays.</summary>
/// <param name="Seats">
/// Other seats, also of other tiers, for a booking that is confirmed: all of them or none. What was paid stays as it
/// is.
/// </param>
internal sealed record BookingChange(
    string? Name = null, string? Email = null, string? Language = null, SeatChange[]? Seats = null);

/// <summary>One seat for another.</summary>
/// <param name="From">Ordinal of a seat of the booking.</param>
/// <param name="To">Ordinal of a free seat.</param>
internal sealed record SeatChange(int From, int To);

/// <summary>Why a booking is cancelled.</summary>
internal sealed record CounterCancellation(string Reason);

/// <summary>Money to give back: an amount, the price of some places, or all that is left.</summary>
/// <param name="Amount">Minor units of the event's currency.</param>
/// <param name="Items">Places of the booking; each is paid back once.</param>
/// <param name="ReleasePlaces">Cancels the whole booking, whose places are for sale again.</param>
/// <param name="Attempt">
/// The payment that it is of, as one that came too late and could not go back; left out: the one that stands.
/// </param>
internal sealed record RefundRequest(
    string Reason, long? Amount = null, Guid[]? Items = null, bool ReleasePlaces = false, int? Attempt = null);

/// <summary>The organiser has paid back what was owed.</summary>
/// <param name="Amount">Minor units: all that is owed.</param>
/// <param name="Note">For the books, such as the line of the bank's statement.</param>
internal sealed record PaidBack(long Amount, string? Note = null);

/// <summary>Money of a booking has arrived by bank transfer.</summary>
/// <param name="Amount">Minor units: what the booking costs, so that a part is not taken for all.</param>
/// <param name="Note">For the books, such as the line of the bank's statement.</param>
internal sealed record TransferReceived(long Amount, string? Note = null);

/// <summary>How bookings of an event can be paid later, by bank transfer.</summary>
/// <param name="Days">For how long their places are held then; left out: they cannot be paid later.</param>
/// <param name="EndsAt">No hold lasts beyond it, however late it was chosen; not after the event begins.</param>
/// <param name="Instructions">Where to pay to, as the buyer reads it.</param>
internal sealed record PayLaterSettings(
    int? Days = null, DateTimeOffset? EndsAt = null, string? Instructions = null);

/// <summary>A booking in the organiser's list.</summary>
/// <param name="OrderCode">Left out while nobody has given a name.</param>
/// <param name="Method">
/// The provider's name, or cash, card, comp, invoice or transfer; left out while it is not paid.
/// </param>
/// <param name="PayUntil">While it is held to be paid later: until when.</param>
internal sealed record OwnBookingSummary(
    Guid Id, string? OrderCode, BookingState State, string? Name, string? Email, int Places, Money Total,
    Money Refunded, string? Method, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt,
    DateTimeOffset? PayUntil = null);

/// <summary>A ticket of a booking on its way to somebody, or arrived.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Number">The how many-th change of hands of the ticket it is, or would be.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Email">Whom the link went to; left out: the person was erased.</param>
/// <param name="Name">As the new holder gave it; left out: not.</param>
/// <param name="OfferedAt">When.</param>
/// <param name="EndedAt">When it was accepted or withdrawn; left out: neither yet.</param>
internal sealed record BookingTransfer(
    Guid Id, Guid TicketId, int Number, TransferState State, string? Email, string? Name, DateTimeOffset OfferedAt,
    DateTimeOffset? EndedAt);

/// <summary>A booking with all that is known of it.</summary>
/// <param name="BuyerId">The account or guest session that booked.</param>
/// <param name="ExpiresAt">End of the hold.</param>
/// <param name="History">From the change log, oldest first.</param>
/// <param name="Code">The code that it was held with; left out: none.</param>
/// <param name="Answers">To the event's questions, also to those that are asked no more.</param>
/// <param name="Transfers">Offers of its tickets to others, accepted or not, the first one first.</param>
/// <param name="Disputes">Where the buyer's bank has taken money back, or asks about it.</param>
internal sealed record OwnBooking(
    Guid Id, string? OrderCode, BookingState State, Guid BuyerId, string? Name, string? Email, string? Language,
    DateTimeOffset ExpiresAt, IReadOnlyList<BookingItem> Items, Money Total,
    IReadOnlyList<TicketResponse> Tickets, IReadOnlyList<BookingPayment> Payments,
    IReadOnlyList<BookingRefund> Refunds, IReadOnlyList<BookingEvent> History, DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt, string? Code, IReadOnlyList<BookingDispute> Disputes,
    IReadOnlyList<BookingAnswer> Answers, IReadOnlyList<BookingTransfer> Transfers)
{
    /// <summary>Whether it is held until it is paid by bank transfer.</summary>
    public bool IsPayLater { get; init; }

    /// <summary>
    /// Whether it was to be paid by bank transfer and has ended: a transfer that comes now can be entered all the same.
    /// </summary>
    public bool CanBePaidLate { get; init; }

    /// <summary>What the organiser has to send back to the buyer; left out: nothing.</summary>
    public Money? ToPayBack { get; init; }
}

/// <summary>What the buyer answered to one of the event's questions.</summary>
/// <param name="Question">As it is asked now.</param>
/// <param name="ItemId">The place that it is about; left out: the whole booking.</param>
internal sealed record BookingAnswer(string Question, Guid? ItemId, string Answer);

/// <summary>A payment attempt.</summary>
/// <param name="Method">The provider's name, or cash, card, comp, invoice or transfer.</param>
/// <param name="State">started, succeeded, declined, refundIntended, refunded, moved, voided or refundFailed.</param>
internal sealed record BookingPayment(
    int Attempt, string Method, string State, Money Amount, Money Refunded, DateTimeOffset StartedAt,
    DateTimeOffset ChangedAt);

/// <summary>A part of a payment that went back.</summary>
/// <param name="IsDone">False: the provider has not finished it yet, and is asked again.</param>
/// <param name="IsFailed">
/// It could not be done, or came back: the money is still here, and another refund can be tried.
/// </param>
internal sealed record BookingRefund(
    Guid Id, Money Amount, IReadOnlyList<Guid> Items, string Reason, bool IsDone, bool IsFailed,
    DateTimeOffset CreatedAt);

/// <summary>A dispute about a payment. While one is open or lost, the tickets admit nobody.</summary>
/// <param name="Reference">What the provider knows it by.</param>
/// <param name="State">open, won, lost, or inquiry: the bank only asks.</param>
/// <param name="Amount">What it is about.</param>
/// <param name="Reason">As the provider names it, such as fraudulent.</param>
/// <param name="AnswerBy">Until when the organiser can object at the provider.</param>
internal sealed record BookingDispute(
    string Reference, string State, Money Amount, string Reason, DateTimeOffset? AnswerBy, DateTimeOffset CreatedAt);

/// <summary>Something that happened to a booking.</summary>
/// <param name="Version">The event's inventory version that it came with.</param>
/// <param name="What">
/// held, extended, payLater, paying, declined, confirmed, released, expired, cancelled or transferred.
/// </param>
internal sealed record BookingEvent(DateTimeOffset At, long Version, string What);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SaleRequest))]
[JsonSerializable(typeof(BookingChange))]
[JsonSerializable(typeof(CounterCancellation))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(TransferReceived))]
[JsonSerializable(typeof(PaidBack))]
[JsonSerializable(typeof(PayLaterSettings))]
[JsonSerializable(typeof(OwnBooking))]
[JsonSerializable(typeof(Page<OwnBookingSummary>))]
internal sealed partial class CounterJson : JsonSerializerContext;

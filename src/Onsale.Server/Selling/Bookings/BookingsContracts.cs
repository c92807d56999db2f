using System.Text.Json;
using System.Text.Json.Serialization;
using Onsale.Inventory;
using Onsale.Platform.Http;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// What to hold, all of it or nothing: one or several of the three. Seats chosen by hand are taken first, then the
/// tickets, then the best available.
/// </summary>
/// <param name="Seats">Seats by ordinal, chosen by hand.</param>
/// <param name="Tickets">Quantities by tier; of a tier with numbered seats, the best available ones.</param>
/// <param name="BestAvailable">The best seats of one tier for a party.</param>
/// <param name="Code">
/// A code of the organiser's, in any case: for a lower price, or to hold places before the sale. Its use is decided
/// with the places: what is answered with 201 has it, and gives it back when the hold ends.
/// </param>
internal sealed record HoldRequest(
    int[]? Seats = null, TierQuantity[]? Tickets = null, BestAvailableRequest? BestAvailable = null,
    string? Code = null);

/// <summary>A code to look at.</summary>
/// <param name="Code">In any case.</param>
internal sealed record CodeQuestion(string Code);

/// <summary>What a code does, as far as can be said before places are held with it.</summary>
/// <param name="Code">As it is shown.</param>
/// <param name="Tiers">The tiers that it is for, with their prices.</param>
/// <param name="EndsAt">Until when it is taken; left out: as long as the event sells.</param>
/// <param name="OpensPresale">Whether places can be held with it before the sale begins.</param>
internal sealed record CodeAnswer(
    string Code, IReadOnlyList<CodeTier> Tiers, DateTimeOffset? EndsAt, bool OpensPresale);

/// <summary>A tier with a code.</summary>
/// <param name="Price">Without the code.</param>
/// <param name="Reduced">With it.</param>
internal sealed record CodeTier(Guid TierId, Money Price, Money Reduced);

/// <summary>So many places of a tier.</summary>
/// <param name="TierId">One of the event's tiers.</param>
/// <param name="Quantity">At least 1.</param>
internal sealed record TierQuantity(Guid TierId, int Quantity);

/// <summary>The best seats of a tier: side by side if possible, nearest to the stage.</summary>
/// <param name="TierId">One of the event's tiers.</param>
/// <param name="Quantity">At least 1.</param>
/// <param name="Together">True: refuse with <c>not-adjacent</c> rather than seat the party apart.</param>
/// <param name="Needs">
/// What the party needs: <c>wheelchair</c> (a place for one, the others beside it), <c>aisle</c> (one of the seats at
/// an aisle), <c>fullView</c> (nothing in the way of the view).
/// </param>
internal sealed record BestAvailableRequest(
    Guid TierId, int Quantity, bool Together = false, string[]? Needs = null);

/// <summary>How to pay.</summary>
/// <param name="Payment">The means of payment; not needed, and not looked at, where nothing is to be paid.</param>
/// <param name="ReleaseOnDecline">True: a declined payment gives the places back at once.</param>
internal sealed record ConfirmRequest(PaymentRequest? Payment = null, bool ReleaseOnDecline = false);

/// <summary>A means of payment.</summary>
/// <param name="Token">
/// From the payment provider: for Stripe a PaymentMethod or a ConfirmationToken. The simulated one knows sim_success,
/// sim_decline, sim_slow and sim_timeout.
/// </param>
internal sealed record PaymentRequest(string Token);

/// <summary>
/// The buyer's bank wants something of the buyer first, such as 3-D Secure. The browser hands the secret to the
/// provider's script, and when that is done the request is repeated: it never charges twice.
/// </summary>
/// <param name="Code"><c>payment-action-required</c>.</param>
/// <param name="ClientSecret">For the provider's script in the buyer's browser, and nobody else.</param>
internal sealed record PaymentActionRequired(string Code, string ClientSecret);

/// <summary>Whom to write to about a booking.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Email">Where messages about the booking go.</param>
/// <param name="Language">A language tag for these messages; en where it is left out.</param>
internal sealed record ContactRequest(string Name, string Email, string? Language = null);

/// <summary>Whom to write to about a booking.</summary>
/// <param name="Name">As the buyer gave it.</param>
/// <param name="Email">Where messages about the booking go.</param>
/// <param name="Language">A language tag for these messages.</param>
internal sealed record BookingContact(string Name, string Email, string Language);

/// <summary>One buyer's claim on places of one event.</summary>
/// <param name="Id">The booking.</param>
/// <param name="EventId">Its event.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ExpiresAt">End of the hold by the server's clock.</param>
/// <param name="Items">Its places.</param>
/// <param name="Total">Sum of the prices.</param>
/// <param name="Version">The event's inventory version that this state came with.</param>
/// <param name="Tickets">Once confirmed: one a place.</param>
/// <param name="OrderCode">
/// Once a contact was given: a short code to say aloud, such as K7M-F2Q-XDH. With the contact's e-mail address it finds
/// the tickets.
/// </param>
/// <param name="Contact">Whom to write to; absent until it is given.</param>
/// <param name="ExtensionsLeft">While it is held: how often the hold can still be extended.</param>
/// <param name="Code">The code that it was held with; absent: none.</param>
internal sealed record BookingResponse(
    Guid Id, Guid EventId, BookingState State, DateTimeOffset ExpiresAt, IReadOnlyList<BookingItem> Items, Money Total,
    long Version, IReadOnlyList<TicketResponse>? Tickets = null, string? OrderCode = null,
    BookingContact? Contact = null, int? ExtensionsLeft = null, string? Code = null)
{
    /// <summary>While it waits to be paid later: what to pay, how and until when.</summary>
    public LaterPayment? PayLater { get; init; }
}

/// <summary>What is to be paid for a booking later. Without the money by then its places are free again.</summary>
/// <param name="Reference">The order code, to be given with the transfer.</param>
/// <param name="Amount">What to pay, all at once.</param>
/// <param name="PayUntil">When the organiser must have the money.</param>
/// <param name="Instructions">
/// Where to pay to, as the organiser says; left out once the event takes no more such.
/// </param>
internal sealed record LaterPayment(
    string? Reference, Money Amount, DateTimeOffset PayUntil, string? Instructions);

/// <summary>One place of a booking.</summary>
/// <param name="Id">The place; its ticket has the same id.</param>
/// <param name="TierId">Its tier.</param>
/// <param name="Seat">Seat ordinal; absent for a place without a number.</param>
/// <param name="Label">"Orchestra, row C, seat 14", or the tier's name.</param>
/// <param name="Price">What it costs: as it was when the place was held. Fee and tax are in it.</param>
/// <param name="Discount">What the booking's code took off the price of its tier; absent: nothing.</param>
/// <param name="Fee">Of the price the fee, without tax; absent: none.</param>
/// <param name="Tax">Of the price tax; absent: none.</param>
internal sealed record BookingItem(
    Guid Id, Guid TierId, int? Seat, string Label, Money Price, Money? Discount = null, Money? Fee = null,
    Money? Tax = null);

/// <summary>One admission.</summary>
/// <param name="Id">The ticket.</param>
/// <param name="Code">What its QR code shows; a secret of its holder.</param>
/// <param name="TierId">Its tier.</param>
/// <param name="Seat">Seat ordinal; absent for a place without a number.</param>
/// <param name="Label">"Orchestra, row C, seat 14", or the tier's name.</param>
/// <param name="Valid">False once the booking is cancelled, or the ticket was handed on.</param>
internal sealed record TicketResponse(Guid Id, string Code, Guid TierId, int? Seat, string Label, bool Valid)
{
    /// <summary>True: somebody else has accepted it, and this code admits nobody; absent: nobody has.</summary>
    public bool? HandedOn { get; init; }

    /// <summary>
    /// True: the event admits only by a code that its holder's phone shows live; neither <c>code</c> nor a print does.
    /// Absent: any code does.
    /// </summary>
    public bool? Live { get; init; }
}

/// <summary>A booking with what a list of bookings shows of its event.</summary>
/// <param name="Booking">The booking.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Event">Its event.</param>
internal sealed record MyBooking(BookingResponse Booking, DateTimeOffset CreatedAt, BookedEvent Event);

/// <summary>The event of a booking.</summary>
/// <param name="Id">The event.</param>
/// <param name="Slug">For its page.</param>
/// <param name="Title">Its title.</param>
/// <param name="StartsAt">When it begins.</param>
/// <param name="TimeZone">IANA name of the venue's time zone.</param>
/// <param name="Venue">The venue's name.</param>
/// <param name="City">The venue's city.</param>
/// <param name="Cancelled">Whether the event was called off.</param>
/// <param name="CancellableUntil">Until when a confirmed booking can be cancelled; absent: it cannot.</param>
internal sealed record BookedEvent(
    Guid Id, string Slug, string Title, DateTimeOffset StartsAt, string TimeZone, string Venue, string City,
    bool Cancelled, DateTimeOffset? CancellableUntil);

/// <summary>What became of a hold that was asked for with <c>Prefer: respond-async</c>.</summary>
/// <param name="Id">The request.</param>
/// <param name="Done">Whether it is decided; else ask again in a second.</param>
/// <param name="Status">The HTTP status that the answer would have had: 201, or that of a problem.</param>
/// <param name="Answer">The booking, or the problem.</param>
/// <param name="Location">The booking's address.</param>
internal sealed record LaterHoldResponse(
    Guid Id, bool Done, int? Status = null, JsonElement? Answer = null, string? Location = null);

[JsonSerializable(typeof(LaterHoldResponse))]
[JsonSerializable(typeof(HoldRequest))]
[JsonSerializable(typeof(CodeQuestion))]
[JsonSerializable(typeof(CodeAnswer))]
[JsonSerializable(typeof(ConfirmRequest))]
[JsonSerializable(typeof(PaymentActionRequired))]
[JsonSerializable(typeof(ContactRequest))]
[JsonSerializable(typeof(BookingResponse))]
[JsonSerializable(typeof(Page<MyBooking>))]
internal sealed partial class BookingsJson : JsonSerializerContext;

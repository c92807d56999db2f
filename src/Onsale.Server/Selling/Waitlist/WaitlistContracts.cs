using System.Text.Json.Serialization;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Selling.Waitlist;

/// <summary>What to wait for.</summary>
/// <param name="Quantity">Places, all in one tier.</param>
/// <param name="Tiers">Ids of the tiers that will do, the best first; left out: any.</param>
/// <param name="Together">Whether numbered seats must be side by side.</param>
/// <param name="Contact">Whom to write to; a guest has to say, an account need not.</param>
internal sealed record WaitlistRequest(
    int Quantity, Guid[]? Tiers = null, bool Together = false, ContactRequest? Contact = null);

/// <summary>A buyer's place on a waitlist.</summary>
/// <param name="Position">
/// Of those in line, beginning with 1; left out where there is nothing to wait for any more.
/// </param>
/// <param name="Tiers">Ids of the tiers that will do; none: any.</param>
/// <param name="Offer">The places that are held for the buyer.</param>
internal sealed record WaitlistPlace(
    Guid Id, WaitlistState State, int? Position, int Quantity, bool Together, IReadOnlyList<Guid> Tiers,
    DateTimeOffset JoinedAt, WaitlistOffer? Offer);

/// <summary>Places held for who waited: a booking that is paid like any other.</summary>
/// <param name="HeldUntil">Then they go to the next in line.</param>
internal sealed record WaitlistOffer(Guid BookingId, DateTimeOffset HeldUntil);

/// <summary>How an event's waitlist is set.</summary>
/// <param name="OfferMinutes">How long an offer is open; left out: the event has no waitlist.</param>
internal sealed record WaitlistSettings(int? OfferMinutes = null);

/// <summary>An event's waitlist as its organiser sees it.</summary>
/// <param name="OfferMinutes">How long an offer is open; left out: there is no waitlist.</param>
/// <param name="Waiting">Parties in line.</param>
/// <param name="WaitingPlaces">Places that they want together.</param>
/// <param name="Offered">Offers that are open.</param>
/// <param name="Bought">Offers that were paid for.</param>
/// <param name="Unanswered">Offers that were declined or ran out.</param>
internal sealed record WaitlistOverview(
    int? OfferMinutes, int Waiting, int WaitingPlaces, int Offered, int Bought, int Unanswered);

/// <summary>Why a party in line has no offer yet.</summary>
internal enum WaitlistReason
{
    /// <summary>Nothing that it wants is free.</summary>
    NothingFree = 0,

    /// <summary>Too little is free; what there is, is kept for it for a while.</summary>
    TooFewKept = 1,

    /// <summary>Too little is free, and its time of keeping is over: others may take it.</summary>
    TooFew = 2,

    /// <summary>The event is not on sale: nothing is offered.</summary>
    NotOnSale = 3,
}

/// <summary>One party on the list.</summary>
/// <param name="Number">In the order of joining.</param>
/// <param name="Why">Why it has no offer yet; of parties in line.</param>
/// <param name="KeptPlaces">Places that are kept for it until there are enough.</param>
internal sealed record WaitlistRow(
    Guid Id, int Number, WaitlistState State, int Quantity, bool Together, IReadOnlyList<Guid> Tiers, string? Name,
    string? Email, DateTimeOffset JoinedAt, DateTimeOffset ChangedAt, Guid? BookingId, DateTimeOffset? HeldUntil,
    int KeptPlaces, WaitlistReason? Why);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WaitlistRequest))]
[JsonSerializable(typeof(WaitlistPlace))]
[JsonSerializable(typeof(WaitlistSettings))]
[JsonSerializable(typeof(WaitlistOverview))]
[JsonSerializable(typeof(Page<WaitlistRow>))]
internal sealed partial class WaitlistJson : JsonSerializerContext;

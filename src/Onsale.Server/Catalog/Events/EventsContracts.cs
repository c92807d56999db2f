using System.Text.Json.Serialization;
using Onsale.Inventory;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>Whether an event sells now, by the database's clock.</summary>
internal enum SaleStatus
{
    /// <summary>Sales start at <c>onSaleAt</c>.</summary>
    Upcoming,

    /// <summary>Places can be booked.</summary>
    OnSale,

    /// <summary>All places are held or sold; held ones may come back.</summary>
    SoldOut,

    /// <summary>Sales are over, or the event is cancelled.</summary>
    Ended,
}

/// <summary>An event as lists show it.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="TimeZone">IANA time zone of the venue, in which times are shown.</param>
/// <param name="ImageUrl">Address of the organiser's picture, or of one drawn for the event.</param>
/// <param name="PriceRange">Lowest and highest price; left out while there are no tiers.</param>
internal sealed record EventSummary(
    Guid Id, string Slug, string Title, string Summary, string Category, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    string TimeZone, string ImageUrl, EventVenue Venue, PriceRange? PriceRange, Availability Availability,
    SaleStatus SaleStatus, DateTimeOffset OnSaleAt, DateTimeOffset OffSaleAt)
{
    /// <summary>What all dates of one show have in common; left out where there is only this one.</summary>
    public Guid? SeriesId { get; init; }

    /// <summary>The organiser's picture; left out where one is drawn.</summary>
    public EventImage? Image { get; init; }

    /// <summary>
    /// How many dates of the series fit, this one being the first; only in a list grouped by series, and more than one.
    /// </summary>
    public int? Dates { get; init; }
}

/// <summary>One event with all that a buyer needs before choosing places.</summary>
/// <param name="ImageUrl">Address of the organiser's picture, or of one drawn for the event.</param>
/// <param name="HasSeatMap">Whether <c>/events/{id}/seatmap</c> has a plan to show.</param>
/// <param name="SeatMapVersion">
/// Makes the map's address one that may be kept for ever: <c>/events/{id}/seatmap?v={seatMapVersion}</c>.
/// </param>
/// <param name="Pools">The places sold by quantity, by tier.</param>
internal sealed record EventDetails(
    Guid Id, string Slug, string Title, string Summary, string Description, string Category, EventStatus Status,
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, string Currency, string ImageUrl,
    EventVenue Venue, EventOrganiser Organiser, PriceRange? PriceRange, Availability Availability,
    SaleStatus SaleStatus,
    DateTimeOffset OnSaleAt, DateTimeOffset OffSaleAt, bool HasSeatMap, string? SeatMapVersion,
    IReadOnlyList<EventTier> Tiers, IReadOnlyList<EventPool> Pools, EventPolicy Policy)
{
    /// <summary>What all dates of one show have in common; left out where there is only this one.</summary>
    public Guid? SeriesId { get; init; }

    /// <summary>The organiser's picture; left out where one is drawn.</summary>
    public EventImage? Image { get; init; }
}

/// <summary>Where an event takes place.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
internal sealed record EventVenue(Guid Id, string Slug, string Name, string City, string Country, string Address);

/// <summary>Who sells an event.</summary>
internal sealed record EventOrganiser(string Slug, string Name);

/// <summary>The lowest and the highest price of an event's tiers.</summary>
internal sealed record PriceRange(Money Min, Money Max);

/// <summary>
/// Places of an event: <paramref name="Total"/> counts all, <paramref name="Available"/> those free now.
/// </summary>
internal sealed record Availability(int Total, int Available);

/// <summary>What of a price is fee and tax.</summary>
/// <param name="Fee">That the buyer pays, without tax; left out: none.</param>
/// <param name="Tax">Left out: none.</param>
/// <param name="TaxBasisPoints">Hundredths of a percent: 1900 is 19 %.</param>
internal sealed record PriceCharges(Money? Fee, Money? Tax, int TaxBasisPoints);

/// <summary>A price category.</summary>
/// <param name="Price">All that a buyer pays for a place: fee and tax are in it.</param>
/// <param name="Charges">What of the price is fee and tax; left out: nothing.</param>
/// <param name="Colour">CSS hex colour of its seats on the map.</param>
/// <param name="NeedsTierId">
/// The tier that a buyer must take a place of in the same booking, such as an adult's for a child's; left out: it is
/// sold alone too.
/// </param>
internal sealed record EventTier(
    Guid Id, string Name, TierKind Kind, Money Price, string Colour, int Total, int Available,
    PriceCharges? Charges = null, Guid? NeedsTierId = null);

/// <summary>Places without numbers.</summary>
internal sealed record EventPool(Guid TierId, int Capacity, int Available);

/// <summary>What a buyer may do.</summary>
/// <param name="HoldMinutes">How long chosen places are kept.</param>
/// <param name="HoldExtensions">How often a hold can be extended, each time by half of its time.</param>
/// <param name="MaxTicketsPerBuyer">Held and confirmed places of one buyer.</param>
/// <param name="OneBookingPerBuyer">Whether a second booking is refused.</param>
/// <param name="OrphanRule">Whether a selection may not leave a single free seat.</param>
/// <param name="CancellableUntil">Until when a confirmed booking can be cancelled; left out when it cannot.</param>
/// <param name="CompanionsReleasedAt">
/// Until then places for wheelchairs are not among the best available unless asked for, and a companion's place is sold
/// only with the wheelchair's place beside it; left out when that never ends.
/// </param>
/// <param name="WaitlistOfferMinutes">
/// How long an offer to who waits for places is open; left out when the event has no waitlist.
/// </param>
internal sealed record EventPolicy(
    int HoldMinutes, int HoldExtensions, int MaxTicketsPerBuyer, bool OneBookingPerBuyer, bool OrphanRule,
    DateTimeOffset? CancellableUntil, DateTimeOffset? CompanionsReleasedAt, int? WaitlistOfferMinutes)
{
    /// <summary>How a booking can be paid later, as by bank transfer; left out when it cannot.</summary>
    public PayLaterPolicy? PayLater { get; init; }
}

/// <summary>How a booking can be paid later.</summary>
/// <param name="Days">For how long its places are held then.</param>
/// <param name="EndsAt">However late it is chosen, not beyond this.</param>
internal sealed record PayLaterPolicy(int Days, DateTimeOffset EndsAt);

/// <summary>The values worth filtering by, of events that have not ended.</summary>
/// <param name="Currencies">ISO 4217: what prices can be compared in.</param>
/// <param name="Prices">The lowest and the highest price in each currency, that of the most events first.</param>
internal sealed record EventFacets(
    IReadOnlyList<Facet> Cities, IReadOnlyList<Facet> Categories, IReadOnlyList<Facet> Currencies,
    IReadOnlyList<PriceRange> Prices);

/// <summary>What a search text may become while it is typed.</summary>
/// <param name="IsSimilar">
/// Whether nothing begins with these words, and the events are those with similar names: "did you mean".
/// </param>
internal sealed record EventSuggestions(
    IReadOnlyList<SuggestedEvent> Events, IReadOnlyList<Facet> Cities, IReadOnlyList<Facet> Categories,
    bool IsSimilar);

/// <summary>An event as a line of suggestions shows it.</summary>
internal sealed record SuggestedEvent
{
    public required Guid Id { get; init; }

    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>IANA time zone of the venue, in which times are shown.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The venue's name.</summary>
    public required string Venue { get; init; }

    public required string City { get; init; }
}

/// <summary>One value and how many events have it.</summary>
internal sealed record Facet(string Value, int Count);

/// <summary>
/// What is free at one version. With <c>since</c>, while the version is known, <c>from</c> and the changed seats by
/// their new state; else <c>seats</c>.
/// </summary>
/// <param name="Version">Grows with every change of the event's inventory.</param>
/// <param name="Seats">
/// Base64 of two bits a seat by ordinal, lowest bits first: 0 available, 1 held, 2 sold, 3 blocked.
/// </param>
/// <param name="From">The version that the changes build on.</param>
internal sealed record AvailabilityResponse(
    Guid EventId, long Version, IReadOnlyList<AvailabilityTier> Tiers, byte[]? Seats = null, long? From = null,
    int[]? Available = null, int[]? Held = null, int[]? Sold = null, int[]? Blocked = null);

/// <summary>A tier's places that are for sale, and how many of them are free.</summary>
internal sealed record AvailabilityTier(Guid Id, int Total, int Available);

/// <summary>A numbered seat.</summary>
/// <param name="Seat">Its ordinal in the event, by which it is booked.</param>
/// <param name="Label">"Orchestra, row C, seat 14".</param>
/// <param name="Attributes">Of wheelchair, companion, restrictedView and aisle; left out where it has none.</param>
/// <param name="Note">What the organiser says about it, such as why its view is restricted.</param>
internal sealed record EventSeat(
    int Seat, string Section, string Row, string Number, string Label, Guid TierId, Money Price, SeatState Status,
    string[]? Attributes, string? Note = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Page<EventSummary>))]
[JsonSerializable(typeof(EventDetails))]
[JsonSerializable(typeof(EventFacets))]
[JsonSerializable(typeof(EventSuggestions))]
[JsonSerializable(typeof(AvailabilityResponse))]
[JsonSerializable(typeof(Page<EventSeat>))]
internal sealed partial class EventsJson : JsonSerializerContext;

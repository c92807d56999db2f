using System.Text.Json.Serialization;
using Onsale.Inventory;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>A draft of an event. What is left out gets what most events have.</summary>
/// <param name="Category">Default: concert.</param>
/// <param name="VenueId">One of the organisation's; may be chosen later.</param>
/// <param name="SeatingPlanId">One of the organisation's; left out for an event without numbered seats.</param>
/// <param name="StartsAt">Default: at 19:00 in thirty days.</param>
/// <param name="EndsAt">Default: three hours later.</param>
/// <param name="Currency">Default: the organisation's.</param>
internal sealed record NewDraft(
    string Title, string? Category = null, Guid? VenueId = null, Guid? SeatingPlanId = null,
    DateTimeOffset? StartsAt = null, DateTimeOffset? EndsAt = null, string? Currency = null);

/// <summary>What to change; what is left out stays.</summary>
/// <param name="Clear">
/// Names of fields to empty: venueId, seatingPlanId, doorsAt, cancellableUntil, ageLimit, companionsReleasedAt.
/// </param>
/// <param name="HoldExtensions">How often a buyer may extend a hold.</param>
/// <param name="CancellableUntil">Until when buyers may cancel a confirmed booking.</param>
/// <param name="Languages">BCP 47 tags of what is spoken, such as de.</param>
/// <param name="CompanionsReleasedAt">
/// From when places for wheelchairs and their companions are sold like any others; while it is empty, never. Once the
/// event was published it can be moved, but not emptied.
/// </param>
internal sealed record EventChange(
    string? Title = null, string? Slug = null, string? Summary = null, string? Description = null,
    string? Category = null, Guid? VenueId = null, Guid? SeatingPlanId = null, DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null, DateTimeOffset? DoorsAt = null, string? Currency = null,
    DateTimeOffset? OnSaleAt = null, DateTimeOffset? OffSaleAt = null, int? HoldMinutes = null,
    int? HoldExtensions = null,
    int? MaxTicketsPerBuyer = null, bool? OneBookingPerBuyer = null, bool? OrphanRule = null,
    DateTimeOffset? CancellableUntil = null, int? AgeLimit = null, string[]? Languages = null,
    string[]? Clear = null, DateTimeOffset? CompanionsReleasedAt = null);

/// <summary>What comes with a tier's price.</summary>
/// <param name="Fixed">Minor units a place.</param>
/// <param name="BasisPoints">Hundredths of a percent of the price: 250 is 2.5 %.</param>
/// <param name="FromBuyer">Whether it comes on top of the price; else it is taken from the price.</param>
internal sealed record TierFee(long Fixed = 0, int BasisPoints = 0, bool FromBuyer = true);

/// <summary>Tax of price and fee.</summary>
/// <param name="BasisPoints">Hundredths of a percent: 1900 is 19 %.</param>
/// <param name="Added">Whether it comes on top; else price and fee contain it.</param>
internal sealed record TierTax(int BasisPoints, bool Added = false);

/// <summary>A tier to make or to change.</summary>
/// <param name="Price">Minor units of the event's currency; counts from the next hold on.</param>
/// <param name="Fee">Left out: as it is; of a new tier none.</param>
/// <param name="Tax">Left out: as it is; of a new tier none.</param>
/// <param name="Colour">"#7c3aed".</param>
/// <param name="PlanCategory">The category of the plan whose seats it sells.</param>
/// <param name="Capacity">Or the places it sells by quantity; once published, see its capacity.</param>
/// <param name="SoldWith">What its places are sold with only; left out: as it is.</param>
internal sealed record TierRequest(
    string Name, long Price, string? Colour = null, string? PlanCategory = null, int? Capacity = null,
    TierFee? Fee = null, TierTax? Tax = null, TierSoldWith? SoldWith = null);

/// <summary>What a place of a tier is sold with only.</summary>
/// <param name="TierId">
/// The tier that buyers must take a place of in the same booking, such as an adult's for a child's; null or left out:
/// it is sold alone too.
/// </param>
internal sealed record TierSoldWith(Guid? TierId = null);

/// <summary>Places to add, or with less than 0 to take away.</summary>
internal sealed record CapacityChange(int Delta);

/// <summary>New times of an event that was published. What is left out moves along with the start.</summary>
internal sealed record Rescheduling(
    DateTimeOffset StartsAt, DateTimeOffset? EndsAt = null, DateTimeOffset? DoorsAt = null,
    DateTimeOffset? OffSaleAt = null);

/// <summary>How an event is called off; there is no way back.</summary>
/// <param name="Refund">Whether confirmed bookings are cancelled and paid back, in the background.</param>
internal sealed record Cancellation(bool Refund);

/// <summary>Dates of copies.</summary>
/// <param name="Starts">
/// When each begins by the clocks of the event's time zone, without an offset: 2026-10-25T19:30.
/// </param>
/// <param name="Title">Default: the event's own.</param>
internal sealed record Duplication(string[] Starts, string? Title = null);

/// <summary>Places to keep from sale, all of them or none: seats, or so many places of a tier.</summary>
/// <param name="Name">What for, such as Sponsor.</param>
/// <param name="Seats">Seats by ordinal.</param>
internal sealed record NewBlock(
    string Name, string? Colour = null, int[]? Seats = null, Guid? TierId = null, int? Quantity = null);

/// <summary>Places that are kept from sale.</summary>
/// <param name="Seats">Seats by ordinal; none for places by quantity.</param>
internal sealed record Block(
    Guid Id, string Name, string Colour, int[] Seats, Guid? TierId, int? Quantity, DateTimeOffset CreatedAt);

/// <summary>An event in the organiser's list.</summary>
/// <param name="Venue">Left out while it has none.</param>
/// <param name="Availability">Places for sale; zero until it was published.</param>
internal sealed record OwnEventSummary(
    Guid Id, string Slug, string Title, string Category, EventStatus Status, DateTimeOffset StartsAt,
    DateTimeOffset EndsAt, string TimeZone, OwnEventVenue? Venue, DateTimeOffset OnSaleAt, DateTimeOffset OffSaleAt,
    SaleStatus SaleStatus, Availability Availability, Guid? SeriesId);

/// <summary>The venue of an event.</summary>
internal sealed record OwnEventVenue(Guid Id, string Name, string City);

/// <summary>An event as who edits it sees it.</summary>
/// <param name="Version">To be sent back in <c>If-Match</c>, in quotes.</param>
/// <param name="WasPublished">From then on it keeps its plan, currency and tiers.</param>
/// <param name="CompanionsReleasedAt">
/// From when places for wheelchairs and their companions are sold like any others; left out when never.
/// </param>
/// <param name="Checklist">What is missing before it can be published, and what is worth a look.</param>
internal sealed record OwnEvent(
    Guid Id, string Version, string Slug, string Title, string Summary, string Description, string Category,
    EventStatus Status, bool WasPublished, OwnEventVenue? Venue, Guid? SeatingPlanId, DateTimeOffset StartsAt,
    DateTimeOffset EndsAt, DateTimeOffset? DoorsAt, string TimeZone, string Currency, DateTimeOffset OnSaleAt,
    DateTimeOffset OffSaleAt, SaleStatus SaleStatus, int HoldMinutes, int HoldExtensions,
    int MaxTicketsPerBuyer, bool OneBookingPerBuyer, bool OrphanRule, DateTimeOffset? CancellableUntil, int? AgeLimit,
    IReadOnlyList<string> Languages,
    string ImageUrl, Guid? SeriesId, DateTimeOffset? CompanionsReleasedAt, IReadOnlyList<OwnTier> Tiers,
    IReadOnlyList<ChecklistItem> Checklist)
{
    /// <summary>The picture that was uploaded; left out where one is drawn.</summary>
    public EventImage? Image { get; init; }
}

/// <summary>A tier with its places.</summary>
/// <param name="PlanCategory">Of a tier with numbered seats.</param>
/// <param name="Total">All places, blocked ones among them.</param>
/// <param name="FullPrice">What a buyer pays, with fee and tax that come on top.</param>
/// <param name="SoldWith">What its places are sold with only; left out: they are sold alone too.</param>
internal sealed record OwnTier(
    Guid Id, string Name, TierKind Kind, Money Price, string Colour, string? PlanCategory, int Total, int Held,
    int Sold, int Blocked, int Available, TierFee Fee, TierTax Tax, Money FullPrice, TierSoldWith? SoldWith);

/// <summary>Something to see to before publishing.</summary>
/// <param name="Code">
/// venue, tiers, places, categories, times, sales-over, no-description, no-refunds or no-imprint.
/// </param>
/// <param name="IsBlocking">Whether it cannot be published so.</param>
internal sealed record ChecklistItem(string Code, bool IsBlocking, string Message);

/// <summary>What was made.</summary>
/// <param name="SeriesId">What the event and its copies have in common; left out for a single copy.</param>
internal sealed record DuplicatedEvents(Guid? SeriesId, IReadOnlyList<OwnEventSummary> Events);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewDraft))]
[JsonSerializable(typeof(EventChange))]
[JsonSerializable(typeof(ImageFocus))]
[JsonSerializable(typeof(TierRequest))]
[JsonSerializable(typeof(CapacityChange))]
[JsonSerializable(typeof(Rescheduling))]
[JsonSerializable(typeof(Cancellation))]
[JsonSerializable(typeof(Duplication))]
[JsonSerializable(typeof(DuplicatedEvents))]
[JsonSerializable(typeof(NewBlock))]
[JsonSerializable(typeof(Block))]
[JsonSerializable(typeof(Page<Block>))]
[JsonSerializable(typeof(Page<OwnEventSummary>))]
[JsonSerializable(typeof(OwnEvent))]
[JsonSerializable(typeof(OwnTier))]
[JsonSerializable(typeof(EditedEvent))]
[JsonSerializable(typeof(EditedTier))]
internal sealed partial class EditingJson : JsonSerializerContext;

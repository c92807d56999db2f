using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Artwork;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Catalog.Events;

/// <summary>An event as the store reads it, with its venue, its organiser and the database's clock.</summary>
internal sealed record EventRow
{
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public string Description { get; init; } = "";
    public required string Category { get; init; }
    public required short Status { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required string TimeZone { get; init; }
    public required string Currency { get; init; }
    public required DateTimeOffset OnSaleAt { get; init; }
    public required DateTimeOffset OffSaleAt { get; init; }
    public string? ImageUrl { get; init; }
    public short? ImageFocusX { get; init; }
    public short? ImageFocusY { get; init; }
    public string? ImageColour { get; init; }
    public Guid? SeriesId { get; init; }
    public int? Dates { get; init; }
    public long? LowestPrice { get; init; }
    public long? HighestPrice { get; init; }
    public Guid? SeatingPlanId { get; init; }
    public string? SeatingPlanHash { get; init; }
    public short HoldMinutes { get; init; }

    public short HoldExtensions { get; init; }
    public int MaxTicketsPerBuyer { get; init; }
    public bool OneBookingPerBuyer { get; init; }
    public bool OrphanRule { get; init; }
    public DateTimeOffset? CancellableUntil { get; init; }

    public DateTimeOffset? CompanionsReleasedAt { get; init; }

    public short? WaitlistOfferMinutes { get; init; }

    public short? PayLaterDays { get; init; }

    public DateTimeOffset? PayLaterEndsAt { get; init; }
    public long SettingsVersion { get; init; }
    public required Guid VenueId { get; init; }
    public required string VenueSlug { get; init; }
    public required string VenueName { get; init; }
    public required string VenueCity { get; init; }
    public required string VenueCountry { get; init; }
    public required string VenueAddress { get; init; }
    public string OrganiserSlug { get; init; } = "";
    public string OrganiserName { get; init; } = "";
    public required DateTimeOffset Now { get; init; }

    /// <summary>The address of its picture: its own, or one drawn for it.</summary>
    private string Picture => ImageUrl ?? ArtworkAddress.SvgOf(Id, Category);

    private EventImage? Image => EventImage.Of(ImageUrl, ImageFocusX, ImageFocusY, ImageColour);

    private EventVenue Venue => new(VenueId, VenueSlug, VenueName, VenueCity, VenueCountry, VenueAddress);

    private PriceRange? Prices => LowestPrice is { } lowest && HighestPrice is { } highest
        ? new PriceRange(new Money(lowest, Currency), new Money(highest, Currency))
        : null;

    public EventSummary ToSummary(Availability places) => new(
        Id, Slug, Title, Summary, Category, StartsAt, EndsAt, TimeZone, Picture, Venue, Prices,
        places, SaleStatusOf(places.Available), OnSaleAt, OffSaleAt)
    {
        SeriesId = SeriesId,
        Image = Image,
        Dates = Dates > 1 ? Dates : null,
    };

    public EventDetails ToDetails(IReadOnlyList<TierRow> tiers, EventPlaces places) => new(
        Id, Slug, Title, Summary, Description, Category, (EventStatus)Status, StartsAt, EndsAt, TimeZone,
        Currency, Picture,
        Venue, new EventOrganiser(OrganiserSlug, OrganiserName), Prices, places.Sum, SaleStatusOf(places.Sum.Available),
        OnSaleAt, OffSaleAt, SeatingPlanId is not null,
        SeatingPlanHash is { } hash ? SeatMaps.VersionOf(hash, [.. tiers.Select(tier => tier.ToSeatMap())]) : null,
        [.. tiers.Select(tier => tier.ToTier(Currency, tiers, places.OfTier(tier.Number)))],
        [.. tiers.Where(tier => tier.Kind == (short)TierKind.Quantity)
            .Select(tier => new EventPool(
                tier.Id, places.OfTier(tier.Number).Total, places.OfTier(tier.Number).Available))],
        new EventPolicy(
            HoldMinutes, HoldExtensions, MaxTicketsPerBuyer, OneBookingPerBuyer, OrphanRule, CancellableUntil,
            CompanionsReleasedAt, WaitlistOfferMinutes)
        {
            PayLater = PayLaterDays is { } days && PayLaterEndsAt is { } end && end > Now
                ? new PayLaterPolicy(days, end)
                : null,
        })
    {
        SeriesId = SeriesId,
        Image = Image,
    };

    private SaleStatus SaleStatusOf(int available) => SaleStatuses.Of(
        (EventStatus)Status, OnSaleAt, OffSaleAt, Now, available);
}

/// <summary>A tier as the store reads it.</summary>
internal sealed record TierRow
{
    public required short Number { get; init; }
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required short Kind { get; init; }
    public required long Price { get; init; }
    public required string Colour { get; init; }
    public string? Category { get; init; }
    public long FeeFixed { get; init; }
    public int FeeBasisPoints { get; init; }
    public bool FeeFromBuyer { get; init; }
    public int TaxBasisPoints { get; init; }
    public bool TaxAdded { get; init; }
    public short? NeedsTier { get; init; }

    public EventTier ToTier(string currency, IReadOnlyList<TierRow> tiers, Availability places) =>
        new(Id, Name, (TierKind)Kind, new Money(Parts.Total, currency), Colour, places.Total, places.Available,
            ChargesOf(currency), NeedsTier is { } needs ? tiers[needs].Id : null);

    private PriceParts Parts =>
        new PriceTerms(FeeFixed, FeeBasisPoints, FeeFromBuyer, TaxBasisPoints, TaxAdded).Of(Price);

    private PriceCharges? ChargesOf(string currency)
    {
        var (fee, tax) = (Parts.Fee, Parts.Tax);
        return fee == 0 && tax == 0 ? null : new PriceCharges(
            fee == 0 ? null : new Money(fee, currency), tax == 0 ? null : new Money(tax, currency), TaxBasisPoints);
    }

    public SeatMapTierSource ToSeatMap() => new(Id, Name, Colour, Category);
}

internal static class SaleStatuses
{
    /// <summary>
    /// The one rule for lists, details and refusals; sales include their first instant and exclude their last.
    /// </summary>
    public static SaleStatus Of(
        EventStatus status, DateTimeOffset onSaleAt, DateTimeOffset offSaleAt, DateTimeOffset now, int available)
    {
        if (status != EventStatus.Published || now >= offSaleAt)
            return SaleStatus.Ended;
        if (now < onSaleAt)
            return SaleStatus.Upcoming;
        return available > 0 ? SaleStatus.OnSale : SaleStatus.SoldOut;
    }
}

using System.Text.Json.Serialization;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Artwork;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>An event as it is stored, draft or not.</summary>
internal sealed record EditedEvent
{
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public string Summary { get; init; } = "";
    public string Description { get; init; } = "";
    public required string Category { get; init; }
    public short Status { get; init; }
    public Guid? VenueId { get; init; }
    public Guid? SeatingPlanId { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset? DoorsAt { get; init; }
    public required string TimeZone { get; init; }
    public required string Currency { get; init; }
    public required DateTimeOffset OnSaleAt { get; init; }
    public required DateTimeOffset OffSaleAt { get; init; }
    public short HoldMinutes { get; init; } = 10;
    public short HoldExtensions { get; init; }
    public int MaxTicketsPerBuyer { get; init; } = 8;
    public bool OneBookingPerBuyer { get; init; }
    public bool OrphanRule { get; init; }
    public DateTimeOffset? CancellableUntil { get; init; }
    public DateTimeOffset? CompanionsReleasedAt { get; init; }
    public short? AgeLimit { get; init; }

    /// <summary>Set by a route of its own.</summary>
    [JsonIgnore]
    public short? WaitlistOfferMinutes { get; init; }

    /// <summary>How bookings can be paid later, set by a route of its own; null: they cannot.</summary>
    [JsonIgnore]
    public short? PayLaterDays { get; init; }

    [JsonIgnore]
    public DateTimeOffset? PayLaterEndsAt { get; init; }

    [JsonIgnore]
    public string? PayLaterInstructions { get; init; }

    public string[] Languages { get; init; } = [];
    public string? ImageUrl { get; init; }

    public short? ImageFocusX { get; init; }

    public short? ImageFocusY { get; init; }

    [JsonIgnore]
    public string? ImageColour { get; init; }

    /// <summary>The picture that was uploaded; null: none.</summary>
    [JsonIgnore]
    public EventImage? Image => EventImage.Of(ImageUrl, ImageFocusX, ImageFocusY, ImageColour);

    public Guid? SeriesId { get; init; }

    // What follows is not the event's own to change, and not in the activity log.
    [JsonIgnore]
    public Guid OrganisationId { get; init; }

    [JsonIgnore]
    public string? VenueName { get; init; }

    [JsonIgnore]
    public string? VenueCity { get; init; }

    [JsonIgnore]
    public long EditVersion { get; init; }

    [JsonIgnore]
    public long SettingsVersion { get; init; }

    /// <summary>Whether it has an inventory: it was published once.</summary>
    [JsonIgnore]
    public bool IsOpened { get; init; }

    [JsonIgnore]
    public int Total { get; init; }

    [JsonIgnore]
    public int Available { get; init; }

    [JsonIgnore]
    public DateTimeOffset Now { get; init; }

    /// <summary>Which state of the event an editor has before them.</summary>
    [JsonIgnore]
    public string Version => IsOpened ? $"s{SettingsVersion}" : $"d{EditVersion}";

    [JsonIgnore]
    public EventStatus EventStatus => (EventStatus)Status;

    /// <summary>Whether it is on sale now, sold out or not.</summary>
    [JsonIgnore]
    public bool IsSelling => SaleStatus is SaleStatus.OnSale or SaleStatus.SoldOut;

    private SaleStatus SaleStatus => SaleStatuses.Of(EventStatus, OnSaleAt, OffSaleAt, Now, Available);

    private OwnEventVenue? Venue =>
        VenueId is { } id ? new OwnEventVenue(id, VenueName ?? "", VenueCity ?? "") : null;

    public OwnEventSummary ToSummary() => new(
        Id, Slug, Title, Category, EventStatus, StartsAt, EndsAt, TimeZone, Venue, OnSaleAt, OffSaleAt, SaleStatus,
        new Availability(Total, Available), SeriesId);

    public OwnEvent ToDetails(IReadOnlyList<OwnTier> tiers, IReadOnlyList<ChecklistItem> checklist) => new(
        Id, Version, Slug, Title, Summary, Description, Category, EventStatus, IsOpened, Venue, SeatingPlanId, StartsAt,
        EndsAt, DoorsAt, TimeZone, Currency, OnSaleAt, OffSaleAt, SaleStatus, HoldMinutes, HoldExtensions,
        MaxTicketsPerBuyer, OneBookingPerBuyer, OrphanRule, CancellableUntil, AgeLimit, Languages,
        ImageUrl ?? ArtworkAddress.SvgOf(Id, Category), SeriesId, CompanionsReleasedAt, tiers, checklist)
    {
        Image = Image,
    };
}

/// <summary>A tier as it is stored.</summary>
internal sealed record EditedTier
{
    public required short Number { get; init; }
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required short Kind { get; init; }
    public string? Category { get; init; }
    public required long Price { get; init; }
    public required string Colour { get; init; }
    public int? PlannedCapacity { get; init; }
    public long FeeFixed { get; init; }
    public int FeeBasisPoints { get; init; }
    public bool FeeFromBuyer { get; init; } = true;
    public int TaxBasisPoints { get; init; }
    public bool TaxAdded { get; init; }

    /// <summary>Number of the tier that its places are sold with only.</summary>
    public short? NeedsTier { get; init; }

    [JsonIgnore]
    public int? Capacity { get; init; }

    [JsonIgnore]
    public int Held { get; init; }

    [JsonIgnore]
    public int Sold { get; init; }

    [JsonIgnore]
    public int Blocked { get; init; }

    [JsonIgnore]
    public TierKind TierKind => (TierKind)Kind;

    [JsonIgnore]
    public PriceTerms Terms => new(FeeFixed, FeeBasisPoints, FeeFromBuyer, TaxBasisPoints, TaxAdded);

    /// <summary>Of a tier by quantity, whose counts the pool has.</summary>
    public OwnTier ToOwn(string currency, IReadOnlyList<EditedTier> tiers)
    {
        var total = Capacity ?? PlannedCapacity ?? 0;
        return ToOwn(currency, tiers, new TierCounts(total, Held, Sold, Blocked));
    }

    public OwnTier ToOwn(string currency, IReadOnlyList<EditedTier> tiers, TierCounts counts) => new(
        Id, Name, TierKind, new Money(Price, currency), Colour, Category, counts.Total, counts.Held, counts.Sold,
        counts.Blocked, counts.Available, new TierFee(FeeFixed, FeeBasisPoints, FeeFromBuyer),
        new TierTax(TaxBasisPoints, TaxAdded), new Money(Terms.Of(Price).Total, currency),
        NeedsTier is { } needs ? new TierSoldWith(tiers[needs].Id) : null);
}

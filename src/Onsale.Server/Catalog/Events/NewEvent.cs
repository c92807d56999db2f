using Onsale.Inventory;

namespace Onsale.Server.Catalog.Events;

/// <summary>An event to be created. Defaults are those of the domain.</summary>
internal sealed record NewEvent
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid VenueId { get; init; }

    /// <summary>Null for an event without numbered seats.</summary>
    public Guid? SeatingPlanId { get; init; }

    /// <summary>Lower-case words joined by hyphens: the event's address.</summary>
    public required string Slug { get; init; }

    public required string Title { get; init; }

    public string Summary { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>"concert", "theatre", "sports": what listings filter by.</summary>
    public required string Category { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>IANA name, "Europe/Berlin".</summary>
    public required string TimeZone { get; init; }

    /// <summary>ISO 4217 code, "USD".</summary>
    public required string Currency { get; init; }

    public EventStatus Status { get; init; } = EventStatus.Draft;

    public required DateTimeOffset OnSaleAt { get; init; }

    public required DateTimeOffset OffSaleAt { get; init; }

    public int HoldMinutes { get; init; } = 10;

    /// <summary>How often a buyer may extend a hold, each time by half of its time.</summary>
    public int HoldExtensions { get; init; } = 1;

    public int MaxTicketsPerBuyer { get; init; } = 8;

    public bool OneBookingPerBuyer { get; init; }

    public bool OrphanRule { get; init; }

    /// <summary>How long an offer to who waits is open; null: there is no waitlist.</summary>
    public int? WaitlistOfferMinutes { get; init; }

    /// <summary>Null: a confirmed booking cannot be cancelled by its buyer.</summary>
    public DateTimeOffset? CancellableUntil { get; init; }

    /// <summary>
    /// From when places for wheelchairs and their companions are sold like any others; null: never.
    /// </summary>
    public DateTimeOffset? CompanionsReleasedAt { get; init; }

    public string? ImageUrl { get; init; }

    /// <summary>What it has in common with other dates of one show; null: it has none.</summary>
    public Guid? SeriesId { get; init; }

    /// <summary>A tier's number is its place in this list.</summary>
    public required IReadOnlyList<NewTier> Tiers { get; init; }
}

/// <summary>A tier to be created: numbered seats of one category of the plan, or places by quantity.</summary>
/// <param name="Id">The tier's id.</param>
/// <param name="Name">"Balcony"; unique in its event.</param>
/// <param name="Price">In minor units of the event's currency.</param>
/// <param name="Colour">"#7c3aed".</param>
/// <param name="PlanCategory">The category whose seats it sells, or null.</param>
/// <param name="Capacity">The places it sells by quantity, or null.</param>
/// <param name="NeedsTier">Number of the tier that its places are sold with only, or null.</param>
internal sealed record NewTier(
    Guid Id, string Name, long Price, string Colour, string? PlanCategory = null, int? Capacity = null,
    int? NeedsTier = null);

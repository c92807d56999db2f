using Onsale.Inventory.Seating;

namespace Onsale.Inventory;

/// <summary>Stored and sent as a number: append only.</summary>
public enum EventStatus
{
    /// <summary>Not yet visible; does not sell.</summary>
    Draft = 0,

    /// <summary>Visible; sells inside its sales window.</summary>
    Published = 1,

    /// <summary>Called off; does not sell.</summary>
    Cancelled = 2,
}

/// <summary>Stored as a number: append only.</summary>
public enum TierKind
{
    /// <summary>Numbered seats of the seating plan.</summary>
    Seated = 0,

    /// <summary>Places by quantity: a pool.</summary>
    Quantity = 1,
}

/// <summary>A price category as the decisions see it.</summary>
/// <param name="Id">Public id.</param>
/// <param name="Name">For refusals that name it.</param>
/// <param name="Kind">Numbered seats, or places by quantity.</param>
/// <param name="Price">Minor units of the event's currency, without what its terms put on top.</param>
public sealed record TierSettings(Guid Id, string Name, TierKind Kind, long Price)
{
    /// <summary>
    /// Number of the tier that buyers must take a place of in the same booking, such as an adult's for a child's; null:
    /// none.
    /// </summary>
    public int? Needs { get; init; }

    /// <summary>Fee and tax.</summary>
    public PriceTerms Terms { get; init; } = PriceTerms.None;

    /// <summary>What a buyer pays for a place.</summary>
    public PriceParts Parts => Terms.Of(Price);

    /// <summary>A place of the tier with all that it costs.</summary>
    /// <param name="place">The place.</param>
    /// <param name="price">The tier's price, or what a code has left of it.</param>
    public Place Priced(Place place, long price)
    {
        var parts = Terms.Of(price);
        return place with
        {
            Price = parts.Total,
            Discount = Price - price,
            Fee = parts.Fee,
            OwnFee = parts.OwnFee,
            Tax = parts.Tax,
        };
    }
}

/// <summary>
/// What an event's organiser has set: the rules a decision follows. Immutable; a <see cref="SettingsPatch"/> makes a
/// new one.
/// </summary>
public sealed record EventSettings
{
    /// <summary>The event.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Counts changes of these settings, so that a node notices that its own are old.</summary>
    public required long SettingsVersion { get; init; }

    /// <summary>Only a published event sells.</summary>
    public required EventStatus Status { get; init; }

    /// <summary>Start of the sales window, inclusive.</summary>
    public required DateTimeOffset OnSaleAt { get; init; }

    /// <summary>End of the sales window, exclusive.</summary>
    public required DateTimeOffset OffSaleAt { get; init; }

    /// <summary>How long a hold lives.</summary>
    public required TimeSpan HoldDuration { get; init; }

    /// <summary>How often a buyer may extend a hold, each time by half of <see cref="HoldDuration"/>.</summary>
    public int HoldExtensions { get; init; } = 1;

    /// <summary>Held and confirmed places one buyer may have at a time.</summary>
    public required int MaxTicketsPerBuyer { get; init; }

    /// <summary>Whether a buyer with a live or confirmed booking may not make another.</summary>
    public bool OneBookingPerBuyer { get; init; }

    /// <summary>Whether a selection by hand may not leave a single free seat.</summary>
    public bool OrphanRule { get; init; }

    /// <summary>Until when a buyer may cancel a confirmed booking; null: never.</summary>
    public DateTimeOffset? CancellableUntil { get; init; }

    /// <summary>
    /// From when places for wheelchairs and their companions are sold like any others; null: never.
    /// </summary>
    public DateTimeOffset? CompanionsReleasedAt { get; init; }

    /// <summary>Tiers by number, 0 … n − 1.</summary>
    public required IReadOnlyList<TierSettings> Tiers { get; init; }

    /// <summary>Codes by number.</summary>
    public EventCodes Codes { get; init; } = EventCodes.None;

    /// <summary>How long an offer to who waits is open, minutes; null: the event has no waitlist.</summary>
    public int? WaitlistOfferMinutes { get; init; }

    /// <summary>How a booking can be paid later, as by bank transfer; null: it cannot.</summary>
    public PayLaterTerms? PayLater { get; init; }

    /// <summary>ISO 4217; all prices of the event are in it.</summary>
    public string Currency { get; init; } = "";

    /// <summary>The plan that the numbered seats come from; null: the event has none.</summary>
    public Guid? SeatingPlanId { get; init; }

    /// <summary>The numbered seats.</summary>
    public required SeatLayout Layout { get; init; }
}

namespace Onsale.Inventory;

/// <summary>Every bound of the core in one place. The unit is the last word of each name.</summary>
public static class InventoryLimits
{
    /// <summary>Numbered seats of one event.</summary>
    public const int MaxSeatsPerEvent = 1_000_000;

    /// <summary>Tiers of one event; a tier number fits a byte.</summary>
    public const int MaxTiersPerEvent = 250;

    /// <summary>Places of one booking, whatever the event's own limit per buyer says.</summary>
    public const int MaxPlacesPerBooking = 100;

    /// <summary>Payments that may be tried on one hold; the last decline releases it.</summary>
    public const int MaxPaymentAttempts = 3;

    /// <summary>
    /// Says of a hold that it is to be paid later, in place of the count of its extensions: the most that five bits
    /// hold.
    /// </summary>
    public const int PaidLaterExtensions = 31;

    /// <summary>
    /// Payments that may be tried on a hold that is to be paid later, also those that the provider never answered: it
    /// lasts for days, and its time alone would be no bound.
    /// </summary>
    public const int MaxPaidLaterAttempts = 20;

    /// <summary>For how many days a hold can be kept to be paid later.</summary>
    public const int MaxPayLaterDays = 60;

    /// <summary>Longest text that says where to pay to.</summary>
    public const int MaxPayLaterInstructionsCharacters = 500;

    /// <summary>The most extensions of a hold that an event can allow; fits five bits in memory.</summary>
    public const int MaxHoldExtensions = 10;

    /// <summary>How long a started payment keeps the places before the provider is asked what became of it.</summary>
    public const int PayingLeaseSeconds = 120;

    /// <summary>How long an idempotency key is remembered.</summary>
    public const int IdempotencyKeyHours = 24;

    /// <summary>Places of one pool.</summary>
    public const int MaxPlacesPerPool = 10_000_000;

    /// <summary>Longest hold that an event can give, minutes.</summary>
    public const int MaxHoldMinutes = 60;

    /// <summary>Name of a tier, UTF-16 characters.</summary>
    public const int MaxTierNameCharacters = 100;

    /// <summary>The fixed fee of a place, minor units.</summary>
    public const long MaxFee = 1_000_000_000;

    /// <summary>Codes of one event, ended ones among them.</summary>
    public const int MaxCodesPerEvent = 1000;

    /// <summary>Shortest text of a code, characters.</summary>
    public const int MinCodeCharacters = 3;

    /// <summary>Longest text of a code, characters.</summary>
    public const int MaxCodeCharacters = 32;

    /// <summary>Most uses, or tickets, that a code can be given.</summary>
    public const int MaxCodeUses = 1_000_000;

    /// <summary>Entries of one event's waitlist that are in line or have an open offer.</summary>
    public const int MaxWaitlistEntries = 50_000;

    /// <summary>Shortest time of an offer to who waits, minutes.</summary>
    public const int MinWaitlistOfferMinutes = 5;

    /// <summary>Longest time of an offer to who waits, minutes: two days.</summary>
    public const int MaxWaitlistOfferMinutes = 2 * 24 * 60;

    /// <summary>How long free places are kept for a party that needs more, minutes.</summary>
    public const int WaitlistKeepMinutes = 30;

    /// <summary>Offers to those who wait that one batch makes.</summary>
    public const int MaxOffersPerBatch = 500;

    /// <summary>Holds expired by one batch. More than that are expired by batches of their own first.</summary>
    public const int MaxExpiriesPerBatch = 1000;
}

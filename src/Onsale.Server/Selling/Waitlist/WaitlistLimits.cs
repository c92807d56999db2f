namespace Onsale.Server.Selling.Waitlist;

/// <summary>Every bound of this module in one place. The unit is the last word of each name.</summary>
internal static class WaitlistLimits
{
    /// <summary>Body of a request.</summary>
    public const int MaxRequestBytes = 16 * 1024;

    /// <summary>Tiers that an entry may name.</summary>
    public const int MaxTiersOfEntry = 20;

    /// <summary>How long an offer is open where an organiser sets nothing else, minutes.</summary>
    public const int DefaultOfferMinutes = 120;
}

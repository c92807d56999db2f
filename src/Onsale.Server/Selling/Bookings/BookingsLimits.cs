namespace Onsale.Server.Selling.Bookings;

/// <summary>Bounds of the booking API.</summary>
internal static class BookingsLimits
{
    /// <summary>Body of a booking request: a hundred seats with room to spare.</summary>
    public const int MaxRequestBytes = 8 * 1024;

    /// <summary>Length of an Idempotency-Key, characters.</summary>
    public const int MaxIdempotencyKeyChars = 255;

    /// <summary>Tiers named in one request.</summary>
    public const int MaxTierLines = 20;

    /// <summary>The most that <see cref="HoldOptions.MaxPlacesPerAddress"/> can be set to, places.</summary>
    public const int MaxPlacesPerAddressCeiling = 1_000_000;

    /// <summary>Bookings of a guest that follow it into an account it signs in to.</summary>
    public const int MaxGivenBookings = 50;

    /// <summary>Times that a hold is decided again because the settings of its event have changed.</summary>
    public const int MaxSettingsReads = 3;
}

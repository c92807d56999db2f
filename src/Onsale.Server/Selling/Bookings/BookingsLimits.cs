namespace Onsale.Server.Selling.Bookings;

/// <summary>Bounds of the booking API.</summary>
internal static class BookingsLimits
{
    /// <summary>One answer to an organiser's question.</summary>
    public const int MaxAnswerCharacters = 1000;

    /// <summary>Body of a request with all answers of a booking.</summary>
    public const int MaxAnswersRequestBytes = 256 * 1024;

    /// <summary>Body of a booking request: a hundred seats with room to spare.</summary>
    public const int MaxRequestBytes = 8 * 1024;

    /// <summary>Length of an Idempotency-Key, characters.</summary>
    public const int MaxIdempotencyKeyChars = 255;

    /// <summary>Tiers named in one request.</summary>
    public const int MaxTierLines = 20;

    /// <summary>Bookings of a guest that are moved to its account at a time.</summary>
    public const int TransferPageBookings = 50;

    /// <summary>How often guests' bookings that could not be moved at once are looked for.</summary>
    public const int TransferSeconds = 1;

    /// <summary>Merges of guests that one node works on at a time.</summary>
    public const int MaxTransfersAtOnce = 20;

    /// <summary>Longest wait before bookings that could not be moved are tried again.</summary>
    public const int MaxTransferRetrySeconds = 60;

    /// <summary>The most that <see cref="HoldOptions.MaxPlacesPerAddress"/> can be set to, places.</summary>
    public const int MaxPlacesPerAddressCeiling = 1_000_000;

    /// <summary>Answered with 503 where no payments are taken: somebody has to turn them on.</summary>
    public const int PaymentsOffRetryAfterSeconds = 300;

    /// <summary>Length of an order code as somebody may type it, with spaces and hyphens, characters.</summary>
    public const int MaxOrderCodeChars = 40;

    /// <summary>Draws of an order code that the event does not have yet; the second is hardly ever needed.</summary>
    public const int MaxOrderCodeTries = 5;

    /// <summary>Length of a language tag, characters.</summary>
    public const int MaxLanguageChars = 35;

    /// <summary>Length of a code as somebody may type it, with spaces around, characters.</summary>
    public const int MaxTypedCodeChars = 64;

    /// <summary>Holds under way at a node that are answered later.</summary>
    public const int MaxLaterHolds = 8192;

    /// <summary>A hold that is answered later and has no outcome after so long has none any more.</summary>
    public const int MaxLaterSeconds = 60;

    /// <summary>For how long the outcome of such a hold can be asked for.</summary>
    public const int LaterHoldMinutes = 15;

    /// <summary>How often outcomes that are older are forgotten.</summary>
    public const int ForgetLaterHoldsSeconds = 60;

    /// <summary>Times that a hold is decided again because the settings of its event have changed.</summary>
    public const int MaxSettingsReads = 3;
}

namespace Onsale.Server.Selling.Transfers;

/// <summary>Bounds of tickets that change hands.</summary>
internal static class TransferLimits
{
    /// <summary>
    /// Offers of one ticket in all, accepted or not: each sends a mail to an address that somebody typed.
    /// </summary>
    public const int MaxOffersPerTicket = 20;

    /// <summary>Offers of one event that their giver is shown, the newest ones.</summary>
    public const int MaxShownOffers = 200;

    /// <summary>
    /// Bookings of one node that are cancelled at once by their buyers: each has a connection for as long.
    /// </summary>
    public const int MaxPausedBookings = 8;

    public const int MaxRequestBytes = 4 * 1024;

    /// <summary>Length of what a link says, characters.</summary>
    public const int MaxSecretCharacters = 100;

    public const int MaxNameCharacters = 100;

    public const int MaxLanguageCharacters = 35;
}

namespace Onsale.Server.Delivery.Invoices;

/// <summary>Bounds of invoices.</summary>
internal static class InvoicesLimits
{
    public const int MaxLegalNameCharacters = 200;

    public const int MaxSellerAddressCharacters = 500;

    public const int MaxTaxIdCharacters = 50;

    public const int MaxPrefixCharacters = 20;

    public const int MaxFooterCharacters = 500;

    public const int MaxCompanyCharacters = 150;

    public const int MaxBuyerAddressCharacters = 400;

    public const int MaxVatIdCharacters = 40;

    /// <summary>Documents of one booking from which on its buyer's details cannot be changed any more.</summary>
    public const int MaxDocumentsPerBooking = 40;

    public const int MaxSearchCharacters = 100;

    public const int MaxRequestBytes = 8 * 1024;

    /// <summary>Seconds between two looks for what is to be issued.</summary>
    public const int IssueSeconds = 2;

    /// <summary>Minutes that a look goes back, far longer than an entry's transaction takes.</summary>
    public const int LookBackMinutes = 5;

    /// <summary>Seconds between two sweeps, which go further back.</summary>
    public const int SweepSeconds = 3600;

    /// <summary>Days that a sweep goes back; a node's first one goes back for ever.</summary>
    public const int SweepLookBackDays = 7;

    /// <summary>Entries or corrections of one organisation that are issued in one transaction.</summary>
    public const int MaxIssuedTogether = 200;

    /// <summary>Digits that a number is filled up to.</summary>
    public const int NumberDigits = 6;
}

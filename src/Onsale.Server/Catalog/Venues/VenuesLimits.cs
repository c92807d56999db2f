namespace Onsale.Server.Catalog.Venues;

/// <summary>Every limit of this module.</summary>
internal static class VenuesLimits
{
    public const int MaxNameCharacters = 100;

    public const int MaxCityCharacters = 100;

    public const int MaxAddressCharacters = 300;

    public const int MaxAccessibilityCharacters = 2_000;

    public const int MaxTransportCharacters = 2_000;

    public const int MaxUrlCharacters = 500;

    public const int MaxCoordinatesCharacters = 50;

    /// <summary>Venues of one organisation.</summary>
    public const int MaxVenues = 1_000;
}

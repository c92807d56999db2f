namespace Onsale.Server.Catalog.Favourites;

/// <summary>Every limit of this module.</summary>
internal static class FavouritesLimits
{
    /// <summary>Favourite events of one account: as many as one list of events can be asked for by id.</summary>
    public const int MaxEvents = 100;

    /// <summary>Followed venues of one account: as many as one list of events can be asked for.</summary>
    public const int MaxVenues = 50;

    /// <summary>Longest name of a venue in addresses that is looked up.</summary>
    public const int MaxSlugCharacters = 100;

    /// <summary>A merge of as many events and venues as an account may have.</summary>
    public const int MaxRequestBytes = 16 * 1024;
}

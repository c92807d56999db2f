namespace Onsale.Server.Catalog.Events;

/// <summary>Every bound of finding events. The unit is the last word of each name.</summary>
internal static class EventListingLimits
{
    /// <summary>A search text.</summary>
    public const int MaxSearchCharacters = 100;

    /// <summary>A city or category to filter by.</summary>
    public const int MaxFilterCharacters = 100;

    /// <summary>How far what is near a city reaches unless asked otherwise.</summary>
    public const int NearKilometres = 50;

    /// <summary>How far it can reach.</summary>
    public const int MaxNearKilometres = 500;

    /// <summary>Events that a list may be asked for by id.</summary>
    public const int MaxIds = 100;

    /// <summary>So many ids and the commas between them.</summary>
    public const int MaxIdsCharacters = (MaxIds * 37) - 1;

    /// <summary>Venues that a list may be asked for.</summary>
    public const int MaxVenues = 50;

    /// <summary>So many slugs and the commas between them.</summary>
    public const int MaxVenuesCharacters = (MaxVenues * (MaxSlugCharacters + 1)) - 1;

    /// <summary>A slug in an address; longer ones do not exist.</summary>
    public const int MaxSlugCharacters = 100;

    /// <summary>
    /// A list without <c>from</c> starts with what is still running. It looks for such events this far back, so that it
    /// can walk the index by start instead of sorting everything that has not ended.
    /// </summary>
    public const int MaxRunningEventDays = 31;

    /// <summary>Cities and categories offered as filters.</summary>
    public const int MaxFacetValues = 200;

    /// <summary>Events, cities and categories each that a search suggests.</summary>
    public const int MaxSuggestions = 6;

    /// <summary>How often a node writes down how many opened the pages of events.</summary>
    public const int ViewsWrittenSeconds = 60;

    /// <summary>How long caches may serve a list or an event as fresh.</summary>
    public const int FreshSeconds = 2;

    /// <summary>How long they may serve it while they fetch anew.</summary>
    public const int StaleWhileRevalidateSeconds = 30;

    /// <summary>An availability older than this says how old it is.</summary>
    public const int MaxUnsaidAgeSeconds = 2;

    /// <summary>How long a shared cache may serve an event's availability without asking.</summary>
    public const int SharedAvailabilitySeconds = 1;
}

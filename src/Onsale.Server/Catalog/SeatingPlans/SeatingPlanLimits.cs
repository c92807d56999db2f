using Onsale.Inventory;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>Every bound of a seating plan, in one place. The unit is the last word of each name.</summary>
internal static class SeatingPlanLimits
{
    /// <summary>A plan file; PostgreSQL's own bound for one JSON document is four times this.</summary>
    public const int MaxPlanFileBytes = 64 * 1024 * 1024;

    /// <summary>Levels of nesting; the format itself needs eight.</summary>
    public const int MaxPlanFileDepth = 16;

    /// <summary>Faults reported for one file: enough to mend it in one go, few enough to read.</summary>
    public const int MaxReportedFaults = 20;

    /// <summary>Repairs offered in one answer.</summary>
    public const int MaxReportedRepairs = 200;

    /// <summary>A plan in a request: a stadium's is some 8 MB.</summary>
    public const int MaxRequestBytes = 16 * 1024 * 1024;

    /// <summary>Drafts of plans of one organisation.</summary>
    public const int MaxDrafts = 200;

    /// <summary>Numbered seats of one plan: the largest venues on earth have fewer.</summary>
    public const int MaxPlanSeats = 250_000;

    /// <summary>Different seat numbers of one plan ("14", "14a"): rows share theirs.</summary>
    public const int MaxPlanSeatNumbers = ushort.MaxValue;

    /// <summary>Zones of one plan.</summary>
    public const int MaxPlanZones = 5_000;

    /// <summary>Rows of one plan, over all zones.</summary>
    public const int MaxPlanRows = 50_000;

    /// <summary>Drawn areas of one plan, over all zones.</summary>
    public const int MaxPlanAreas = 5_000;

    /// <summary>Corners of one drawn polygon.</summary>
    public const int MaxPolygonPoints = 1_000;

    /// <summary>Categories of one plan: each may become a tier of an event.</summary>
    public const int MaxPlanCategories = InventoryLimits.MaxTiersPerEvent;

    /// <summary>Different notes about seats of one plan.</summary>
    public const int MaxPlanNotes = 1_000;

    /// <summary>Floors of one plan.</summary>
    public const int MaxPlanFloors = 100;

    /// <summary>A name, number, label or id, in UTF-16 characters: what pretix's own tables hold.</summary>
    public const int MaxNameCharacters = 190;

    /// <summary>A caption drawn on the plan, in UTF-16 characters.</summary>
    public const int MaxCaptionCharacters = 2_000;

    /// <summary>A position's distance from the origin along one axis, in the plan's pixels.</summary>
    public const double MaxCoordinatePixels = 1_000_000;

    /// <summary>Compiled plans kept in memory, by their seats: about 17 bytes each.</summary>
    public const int MaxCachedPlanSeats = 2_000_000;

    /// <summary>Written seat maps kept in memory, all their encodings together.</summary>
    public const int MaxCachedSeatMapBytes = 64 * 1024 * 1024;
}

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

    /// <summary>Commands decided and committed together.</summary>
    public const int MaxBatchCommands = 512;

    /// <summary>Commands waiting in one event's lane; one more is refused as overloaded.</summary>
    public const int MaxQueuedCommands = 8192;
}

namespace Onsale.Server.Delivery.Door;

/// <summary>Bounds of paired devices.</summary>
internal static class DoorLimits
{
    /// <summary>Devices of one event that are not revoked.</summary>
    public const int MaxDevices = 200;

    public const int MaxNameCharacters = 50;

    /// <summary>How long a pairing code waits for its device.</summary>
    public const int PairingMinutes = 15;

    public const int MaxRequestBytes = 4 * 1024;

    /// <summary>Length of a pairing code or a device's token, characters.</summary>
    public const int MaxSecretCharacters = 100;

    /// <summary>Tickets in one part of the list.</summary>
    public const int ListTickets = 5_000;

    /// <summary>Tickets that one answer of changes tells of; beyond, the list is to be loaded anew.</summary>
    public const int MaxChangedTickets = 10_000;

    /// <summary>Conflicts that one answer of changes tells of, newest first.</summary>
    public const int MaxConflicts = 100;

    /// <summary>Other events of the organisation whose tickets a device knows by name.</summary>
    public const int MaxOtherEvents = 100;

    /// <summary>How exactly it is known when a device was last seen.</summary>
    public const int SeenSeconds = 60;
}

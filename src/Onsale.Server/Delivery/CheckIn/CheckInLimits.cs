namespace Onsale.Server.Delivery.CheckIn;

internal static class CheckInLimits
{
    /// <summary>Entries of an event that should not have been, of which its organiser is shown the newest.</summary>
    public const int MaxShownConflicts = 50;

    /// <summary>Scans of one request: what a device queues while it has no network is sent in several.</summary>
    public const int MaxScans = 200;

    public const int RequestBytes = 96 * 1024;

    public const int MaxCodeCharacters = 200;

    public const int MaxGateCharacters = 50;

    public const int MaxSearchCharacters = 100;

    /// <summary>A device whose clock is further ahead than this is not believed: its scan is taken to be of now.</summary>
    public const int MaxMinutesAhead = 5;
}

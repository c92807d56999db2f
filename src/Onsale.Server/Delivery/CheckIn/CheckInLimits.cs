namespace Onsale.Server.Delivery.CheckIn;

internal static class CheckInLimits
{
    /// <summary>Entries of an event that should not have been, of which its organiser is shown the newest.</summary>
    public const int MaxShownConflicts = 50;

    /// <summary>Scans of one request: what a device queues while it has no network is sent in several.</summary>
    public const int MaxScans = 200;

    public const int RequestBytes = 128 * 1024;

    /// <summary>Of a scanned code: one that rotates has 274.</summary>
    public const int MaxCodeCharacters = 300;

    /// <summary>
    /// A rotating code is good during its step, the one before and the one after: a phone's clock may be some seconds
    /// off, and scanning takes some.
    /// </summary>
    public const int StepTolerance = 1;

    /// <summary>
    /// The same for an entry that a device has decided by itself: what it told of the time is as exact as its line was
    /// quick.
    /// </summary>
    public const int LateStepTolerance = 2;

    public const int MaxGateCharacters = 50;

    public const int MaxSearchCharacters = 100;

    /// <summary>
    /// A device whose clock is further ahead than this is not believed: its scan is taken to be of now.
    /// </summary>
    public const int MaxMinutesAhead = 5;
}

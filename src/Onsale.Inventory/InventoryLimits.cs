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

    /// <summary>Payments that may be tried on one hold; the last decline releases it.</summary>
    public const int MaxPaymentAttempts = 3;

    /// <summary>How long a started payment keeps the places before the provider is asked what became of it.</summary>
    public const int PayingLeaseSeconds = 120;

    /// <summary>How long an idempotency key is remembered.</summary>
    public const int IdempotencyKeyHours = 24;

    /// <summary>Commands decided and committed together.</summary>
    public const int MaxBatchCommands = 512;

    /// <summary>
    /// What a batch may always take. Beyond it, only half of all whose turn it is: the others follow while these
    /// travel.
    /// </summary>
    public const int MinSplitCommands = 64;

    /// <summary>Commands waiting in one event's lane; one more is refused as overloaded.</summary>
    public const int MaxQueuedCommands = 8192;

    /// <summary>Holds expired by one batch. More than that are expired by batches of their own first.</summary>
    public const int MaxExpiriesPerBatch = 1000;

    /// <summary>Times one batch is decided again after a write that certainly did not happen.</summary>
    public const int MaxBatchAttempts = 6;

    /// <summary>
    /// How long a lane goes on asking what became of a commit before it tells the callers it does not know.
    /// </summary>
    public const int MaxUnknownOutcomeSeconds = 20;

    /// <summary>
    /// A hold may be refused from memory that was all the journal held so long ago: what a refusal may miss of what
    /// other nodes gave back meanwhile.
    /// </summary>
    public const int MaxRefusalAgeMilliseconds = 50;

    /// <summary>
    /// How long a committed batch's answers wait for the next batch's lock; another node may be holding it.
    /// </summary>
    public const int MaxUntoldMilliseconds = 5;

    /// <summary>Versions an <see cref="AvailabilityBoard"/> can answer <c>since</c> from.</summary>
    public const int MaxBoardHistoryVersions = 4096;

    /// <summary>
    /// Seat changes an <see cref="AvailabilityBoard"/> keeps for <c>since</c>, over all those versions.
    /// </summary>
    public const int MaxBoardHistorySeats = 65_536;
}

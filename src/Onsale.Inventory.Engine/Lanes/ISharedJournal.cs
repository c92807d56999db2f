namespace Onsale.Inventory.Engine.Lanes;

/// <summary>A journal that can write the batches of several events in one transaction.</summary>
internal interface ISharedJournal : IInventoryJournal
{
    /// <summary>
    /// Takes the locks of several events, of those that nobody else holds, and reads what each batch needs.
    /// </summary>
    /// <param name="requests">Of distinct events.</param>
    /// <exception cref="JournalUnavailableException">The journal cannot be reached; nothing is locked.</exception>
    Task<ISharedTransaction> OpenSharedAsync(IReadOnlyList<OpenRequest> requests);
}

/// <summary>What a lane asks of the journal when it opens a batch.</summary>
/// <param name="Known">The state that it knows.</param>
/// <param name="ReadSet">What it reads besides.</param>
internal sealed record OpenRequest(EventInventory Known, BatchReadSet ReadSet)
{
    public Guid EventId => Known.Settings.EventId;
}

/// <summary>What was read of an event under its lock; members as in <see cref="IOpenBatch"/>.</summary>
internal sealed record OpenedEvent(long Version, Guid? KnownBatchId, long SettingsVersion, DateTimeOffset Now)
{
    public IReadOnlyList<LogEntry> EntriesSinceKnown { get; init; } = [];

    public IReadOnlyDictionary<Guid, UsedKey> Keys { get; init; } = new Dictionary<Guid, UsedKey>();

    public IReadOnlyDictionary<Guid, Booking> Bookings { get; init; } = new Dictionary<Guid, Booking>();
}

/// <summary>
/// A transaction that holds the locks of several events. Disposing it without a commit releases them.
/// </summary>
internal interface ISharedTransaction : IAsyncDisposable
{
    /// <summary>
    /// In the order of the requests; null: the event's lock is held by somebody else, or it cannot be read with others.
    /// </summary>
    IReadOnlyList<OpenedEvent?> Events { get; }

    /// <summary>
    /// Writes some of these events' batches and commits, all or nothing; as in <see cref="IOpenBatch"/>.
    /// </summary>
    Task<CommitResult> CommitAsync(IReadOnlyList<EventCommit> commits);
}

/// <summary>What one event writes in a shared transaction.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Commit">Its batch.</param>
internal sealed record EventCommit(Guid EventId, BatchCommit Commit);

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>What a batch wants to read under the lock, besides the log it missed.</summary>
/// <param name="BookingIds">Bookings that its commands name, and those their idempotency keys may have made.</param>
public sealed record BatchReadSet(IReadOnlyList<Guid> BookingIds);

/// <summary>How a commit ended.</summary>
public enum CommitOutcome
{
    /// <summary>Durable.</summary>
    Committed,

    /// <summary>Certainly not committed: the tables held something else than the decision started from.</summary>
    Mismatch,

    /// <summary>Certainly not committed, for a reason that may pass.</summary>
    NotCommitted,

    /// <summary>The connection was lost before the answer: ask <see cref="IInventoryJournal.WasCommittedAsync"/>.</summary>
    Unknown,
}

/// <summary>Where inventories are kept. The truth: memory proposes, the journal disposes.</summary>
public interface IInventoryJournal
{
    /// <summary>Reads an event's whole inventory as of one version; null: there is no such event.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be reached.</exception>
    Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken);

    /// <summary>Takes the event's lock and reads all that other writers did since <paramref name="known"/>.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be reached; nothing is locked.</exception>
    Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet questions);

    /// <summary>
    /// Whether a batch of unknown outcome was committed. Waits for the event's lock, so that a commit that is still
    /// under way has ended before it looks.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be reached: still unknown.</exception>
    Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId);
}

/// <summary>A batch that holds its event's lock. Disposing it without a commit gives the lock back.</summary>
public interface IOpenBatch : IAsyncDisposable
{
    /// <summary>The committed version; the missed entries lead up to it unless too many were missed.</summary>
    long Version { get; }

    /// <summary>Counts changes of the event's settings.</summary>
    long SettingsVersion { get; }

    /// <summary>The journal's clock, read after the lock was taken.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Entries after the version that was known, oldest first; bounded.</summary>
    IReadOnlyList<LogEntry> Missed { get; }

    /// <summary>Keys in their lifetime that made one of the bookings asked for, by hash.</summary>
    IReadOnlyDictionary<Guid, UsedKey> Keys { get; }

    /// <summary>Bookings among those asked for.</summary>
    IReadOnlyDictionary<Guid, Booking> Bookings { get; }

    /// <summary>
    /// Writes the batch and commits, as one: there is no state in between. Never cancelled and never timed out, because
    /// a commit that was given up may have happened.
    /// </summary>
    Task<CommitOutcome> CommitAsync(BatchCommit commit);
}

/// <summary>All that a committed batch writes.</summary>
/// <param name="Entry">The change-log row.</param>
/// <param name="Writes">The rows.</param>
/// <param name="Keys">Idempotency keys used for the first time.</param>
/// <param name="NextDueAt">When the next hold or lease of the event ends; null: none is live.</param>
/// <param name="Total">Places of the event that are not kept from sale, after the batch.</param>
/// <param name="Available">Places of the event that can be held, after the batch.</param>
public sealed record BatchCommit(
    LogEntry Entry, BatchWrites Writes, IReadOnlyList<NewKey> Keys, DateTimeOffset? NextDueAt, int Total,
    int Available);

/// <summary>The journal cannot be reached now; nothing was written.</summary>
public sealed class JournalUnavailableException(string message, Exception inner) : Exception(message, inner);

using Onsale.Inventory.Collections;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>What a batch reads under the lock, besides the log entries that its node does not know.</summary>
/// <param name="BookingIds">Bookings that its commands name, and those that their idempotency keys may have
/// made.</param>
public sealed record BatchReadSet(IReadOnlyList<Guid> BookingIds)
{
    /// <summary>Commands of the batch.</summary>
    public int Commands { get; init; } = 1;

    /// <summary>
    /// Whether the batch writes rows of other modules, which others lock in their own order: it needs a transaction of
    /// its own.
    /// </summary>
    public bool TravelsAlone { get; init; }

    /// <summary>What some commands need.</summary>
    internal static BatchReadSet For(IReadOnlyList<InventoryCommand> commands, IdempotencyKeyIndex keys)
    {
        var (bookings, travelsAlone) = (new List<Guid>(), false);
        foreach (var command in commands)
        {
            travelsAlone |= command is ChangeSettingsCommand or PutCodeCommand || command.Note is not null;
            if (command is BookingCommand named)
                bookings.Add(named.BookingId);
            else if (command is HoldCommand { Key: { } key } && keys.FindBooking(key.KeyHash) is { } made)
                bookings.Add(made);
        }

        return new BatchReadSet(bookings) { Commands = commands.Count, TravelsAlone = travelsAlone };
    }
}

/// <summary>How a commit ended.</summary>
public enum CommitOutcome
{
    /// <summary>Durable.</summary>
    Committed,

    /// <summary>Certainly not committed: the tables did not hold what the decision started from.</summary>
    Mismatch,

    /// <summary>Certainly not committed, for a cause that may pass.</summary>
    NotCommitted,

    /// <summary>
    /// The answer was lost, or COMMIT itself answered with an error: ask
    /// <see cref="IInventoryJournal.WasCommittedAsync"/>.
    /// </summary>
    Unknown,
}

/// <summary>The end of a commit.</summary>
/// <param name="Outcome">What is known about it.</param>
/// <param name="Cause">Why it was not committed, or why that is not known.</param>
public readonly record struct CommitResult(CommitOutcome Outcome, Exception? Cause = null);

/// <summary>Where inventories are kept. The truth: memory proposes, the journal disposes.</summary>
public interface IInventoryJournal
{
    /// <summary>Reads an event's whole inventory as of one version; null: there is no such event.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be reached.</exception>
    Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the event's lock and reads everything that other writers committed since <paramref name="known"/>.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be reached; nothing is locked.</exception>
    Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet readSet);

    /// <summary>
    /// Whether a batch of unknown outcome was committed. Waits for the event's lock, so that a commit that is still
    /// under way has ended before it looks.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be reached: still unknown.</exception>
    Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId);
}

/// <summary>A batch that holds its event's lock. Disposing it without a commit releases the lock.</summary>
public interface IOpenBatch : IAsyncDisposable
{
    /// <summary>
    /// The committed version; the entries since the known one lead up to it unless they are too many.
    /// </summary>
    long Version { get; }

    /// <summary>
    /// Batch id of the entry at the version that was known; null: there is none. One that differs from the known batch
    /// id means that the journal lost commits.
    /// </summary>
    Guid? KnownBatchId { get; }

    /// <summary>Counts changes of the event's settings.</summary>
    long SettingsVersion { get; }

    /// <summary>The journal's clock, read after the lock was granted.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Entries after the version that was known, oldest first; bounded.</summary>
    IReadOnlyList<LogEntry> EntriesSinceKnown { get; }

    /// <summary>Keys in their lifetime that made one of the bookings of the read set, by hash.</summary>
    IReadOnlyDictionary<Guid, UsedKey> Keys { get; }

    /// <summary>Bookings of the read set.</summary>
    IReadOnlyDictionary<Guid, Booking> Bookings { get; }

    /// <summary>
    /// Writes the batch and commits, as one: there is no state in between. Never cancelled and never timed out, because
    /// a commit that was abandoned may have happened.
    /// </summary>
    Task<CommitResult> CommitAsync(BatchCommit commit);
}

/// <summary>All that a committed batch writes.</summary>
/// <param name="Entry">The change-log row.</param>
/// <param name="Writes">The rows.</param>
/// <param name="Keys">Idempotency keys used for the first time.</param>
/// <param name="NextDueAt">When the next hold or lease of the event ends; null: none is live.</param>
/// <param name="Total">Places of the event that are not blocked, after the batch.</param>
/// <param name="Available">Places of the event that can be held, after the batch.</param>
public sealed record BatchCommit(
    LogEntry Entry, BatchWrites Writes, IReadOnlyList<NewKey> Keys, DateTimeOffset? NextDueAt, int Total,
    int Available)
{
    /// <summary>What commands brought along to be written with their changes.</summary>
    public IReadOnlyList<object> Notes { get; init; } = [];
}

/// <summary>The journal cannot be reached now; nothing was written.</summary>
public sealed class JournalUnavailableException(string message, Exception inner) : Exception(message, inner);

using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Inventory.Engine.Tests;

/// <summary>A journal that works, with a test's own steps in between.</summary>
internal sealed class HookedJournal(IInventoryJournal inner) : IInventoryJournal
{
    /// <summary>Awaited before the lock is taken.</summary>
    public Func<Task> Opening { get; init; } = () => Task.CompletedTask;

    /// <summary>Awaited before a commit.</summary>
    public Func<Task> Committing { get; init; } = () => Task.CompletedTask;

    /// <summary>Called after a commit, before its answer.</summary>
    public Action Committed { get; init; } = () => { };

    /// <summary>Called when a batch has ended.</summary>
    public Action Disposed { get; init; } = () => { };

    public Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken) =>
        inner.LoadAsync(eventId, cancellationToken);

    public async Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet readSet)
    {
        await Opening();
        return new Batch(this, await inner.OpenAsync(known, readSet));
    }

    public Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId) =>
        inner.WasCommittedAsync(eventId, version, batchId);

    private sealed class Batch(HookedJournal journal, IOpenBatch inner) : IOpenBatch
    {
        public long Version => inner.Version;

        public Guid? KnownBatchId => inner.KnownBatchId;

        public long SettingsVersion => inner.SettingsVersion;

        public DateTimeOffset Now => inner.Now;

        public IReadOnlyList<LogEntry> EntriesSinceKnown => inner.EntriesSinceKnown;

        public IReadOnlyDictionary<Guid, UsedKey> Keys => inner.Keys;

        public IReadOnlyDictionary<Guid, Booking> Bookings => inner.Bookings;

        public async Task<CommitResult> CommitAsync(BatchCommit commit)
        {
            await journal.Committing();
            var result = await inner.CommitAsync(commit);
            journal.Committed();
            return result;
        }

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            journal.Disposed();
        }
    }
}

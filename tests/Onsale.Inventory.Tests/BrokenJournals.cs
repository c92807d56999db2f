namespace Onsale.Inventory.Tests;

/// <summary>Throws out of its first commit, before or after writing: a defect in a journal.</summary>
internal sealed class ThrowingJournal(IInventoryJournal inner, bool afterWriting) : IInventoryJournal
{
    private readonly bool _afterWriting = afterWriting;
    private bool _hasThrown;

    public Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken) =>
        inner.LoadAsync(eventId, cancellationToken);

    public async Task<IOpenBatch> OpenAsync(EventInventory known, BatchQuestions questions) =>
        new Batch(this, await inner.OpenAsync(known, questions));

    public Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId) =>
        inner.WasCommittedAsync(eventId, version, batchId);

    private sealed class Batch(ThrowingJournal journal, IOpenBatch inner) : IOpenBatch
    {
        public long Version => inner.Version;

        public long SettingsVersion => inner.SettingsVersion;

        public DateTimeOffset Now => inner.Now;

        public IReadOnlyList<LogEntry> Missed => inner.Missed;

        public IReadOnlyDictionary<Guid, UsedKey> Keys => inner.Keys;

        public IReadOnlyDictionary<Guid, Booking> Bookings => inner.Bookings;

        public async Task<CommitOutcome> CommitAsync(BatchCommit commit)
        {
            if (journal._hasThrown)
                return await inner.CommitAsync(commit);
            journal._hasThrown = true;
            if (journal._afterWriting)
                await inner.CommitAsync(commit);
            throw new InvalidOperationException("a journal's defect");
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}

/// <summary>Loads what is long past (or nothing), whatever the tables hold by now.</summary>
internal sealed class StaleJournal(IInventoryJournal inner, EventSettings? settings) : IInventoryJournal
{
    public Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken) =>
        Task.FromResult(settings is null ? null : TestEvents.InventoryOf(settings));

    public Task<IOpenBatch> OpenAsync(EventInventory known, BatchQuestions questions) =>
        inner.OpenAsync(known, questions);

    public Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId) =>
        inner.WasCommittedAsync(eventId, version, batchId);
}

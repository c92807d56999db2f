using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Inventory.Engine.Tests;

/// <summary>Loads what is long past (or nothing), whatever the tables hold by now.</summary>
internal sealed class StaleJournal(IInventoryJournal inner, EventSettings? settings) : IInventoryJournal
{
    public Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken) =>
        Task.FromResult(settings is null ? null : TestEvents.InventoryOf(settings));

    public Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet readSet) =>
        inner.OpenAsync(known, readSet);

    public Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId) =>
        inner.WasCommittedAsync(eventId, version, batchId);
}

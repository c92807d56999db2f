namespace Onsale.Inventory.Engine.Lanes;

/// <summary>A batch in a transaction of its own.</summary>
/// <param name="inner">The batch.</param>
/// <param name="onMismatch">Called when the tables refuse it.</param>
/// <param name="onEnd">Called once when its transaction has ended.</param>
internal sealed class LoneBatch(IOpenBatch inner, Action onMismatch, Action? onEnd) : IOpenBatch
{
    private Action? _onEnd = onEnd;

    public long Version => inner.Version;

    public Guid? KnownBatchId => inner.KnownBatchId;

    public long SettingsVersion => inner.SettingsVersion;

    public DateTimeOffset Now => inner.Now;

    public IReadOnlyList<LogEntry> EntriesSinceKnown => inner.EntriesSinceKnown;

    public IReadOnlyDictionary<Guid, UsedKey> Keys => inner.Keys;

    public IReadOnlyDictionary<Guid, Booking> Bookings => inner.Bookings;

    public async Task<CommitResult> CommitAsync(BatchCommit commit)
    {
        try
        {
            var result = await inner.CommitAsync(commit);
            if (result.Outcome == CommitOutcome.Mismatch)
                onMismatch();
            return result;
        }
        finally
        {
            End();
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await inner.DisposeAsync();
        }
        finally
        {
            End();
        }
    }

    private void End()
    {
        var end = _onEnd;
        _onEnd = null;
        end?.Invoke();
    }
}

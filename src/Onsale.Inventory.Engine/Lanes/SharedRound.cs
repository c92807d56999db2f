namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// The events of one shared transaction between its locks and its commit: each decides, and either has something to
/// write or leaves.
/// </summary>
/// <param name="onLate">Called for an event that decided too late.</param>
internal sealed class SharedRound(Action<Guid> onLate)
{
    private static readonly TimeSpan s_maxDecision = TimeSpan.FromMilliseconds(SharedLimits.MaxDecisionMilliseconds);

    private readonly Lock _gate = new();
    private readonly List<EventCommit> _commits = [];

    // The last one to decide sends the commit, as a lone lane does.
    private readonly TaskCompletionSource _decided = new();

    private readonly TaskCompletionSource<CommitResult?> _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _undecided;
    private bool _isClosed;

    /// <summary>
    /// Ends with the transaction, whose locks are free then. Null: it was refused for the sake of one of its events,
    /// not known which; nothing is written.
    /// </summary>
    public Task<CommitResult?> Ended => _ended.Task;

    /// <summary>So many events are told of their state next.</summary>
    public void Begin(int events)
    {
        _undecided = events;
        if (events == 0)
            _decided.SetResult();
    }

    /// <summary>An event has decided.</summary>
    /// <returns>How it ended; nothing is written of an event that comes too late.</returns>
    public Task<CommitResult?> CommitAsync(EventCommit commit)
    {
        var isLate = false;
        lock (_gate)
        {
            isLate = _isClosed;
            if (!isLate)
                _commits.Add(commit);
        }

        if (!isLate)
        {
            DecideOne();
            return Ended;
        }

        onLate(commit.EventId);
        return Task.FromResult<CommitResult?>(new CommitResult(
            CommitOutcome.NotCommitted, new TimeoutException("The shared transaction went on without this event.")));
    }

    /// <summary>An event has nothing to write.</summary>
    public void Leave() => DecideOne();

    /// <summary>Waits until all have decided, or have had their time; later ones are left out.</summary>
    public async Task<IReadOnlyList<EventCommit>> WaitAsync(TimeProvider time)
    {
        await _decided.Task.WaitAsync(s_maxDecision, time).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        lock (_gate)
        {
            _isClosed = true;
            // In one order, whichever lane was the fastest.
            _commits.Sort((one, other) => one.EventId.CompareTo(other.EventId));
            return _commits;
        }
    }

    /// <summary>Tells all that had something to write.</summary>
    public void End(CommitResult? result) => _ended.TrySetResult(result);

    /// <summary>The journal broke; whether it wrote is not known.</summary>
    public void Fail(Exception exception)
    {
        lock (_gate)
            _isClosed = true;
        _ended.TrySetException(exception);
        _ = _ended.Task.Exception; // observed: there may be nobody who waits for it
    }

    private void DecideOne()
    {
        if (Interlocked.Decrement(ref _undecided) == 0)
            _decided.TrySetResult();
    }
}

/// <summary>One event's batch in a shared transaction.</summary>
/// <param name="round">The transaction.</param>
/// <param name="eventId">The event.</param>
/// <param name="opened">What was read of it.</param>
/// <param name="commitAlone">Commits it in a transaction of its own after the shared one was refused.</param>
internal sealed class SharedBatch(
    SharedRound round, Guid eventId, OpenedEvent opened, Func<BatchCommit, Task<CommitResult>> commitAlone) : IOpenBatch
{
    private bool _hasDecided;

    public SharedRound Round => round;

    public long Version => opened.Version;

    public Guid? KnownBatchId => opened.KnownBatchId;

    public long SettingsVersion => opened.SettingsVersion;

    public DateTimeOffset Now => opened.Now;

    public IReadOnlyList<LogEntry> EntriesSinceKnown => opened.EntriesSinceKnown;

    public IReadOnlyDictionary<Guid, UsedKey> Keys => opened.Keys;

    public IReadOnlyDictionary<Guid, Booking> Bookings => opened.Bookings;

    public async Task<CommitResult> CommitAsync(BatchCommit commit)
    {
        _hasDecided = true;
        return await round.CommitAsync(new EventCommit(eventId, commit)) ?? await commitAlone(commit);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_hasDecided)
        {
            _hasDecided = true;
            round.Leave();
        }

        // However it ended: the locks are free then.
        await ((Task)round.Ended).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}

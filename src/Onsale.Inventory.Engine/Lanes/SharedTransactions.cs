using System.Diagnostics;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Lets batches of different events travel in one transaction. While few transactions are under way a batch begins one
/// of its own, at once; the others wait, and when one ends, all that wait share the next. No timer collects them, so a
/// lone lane goes as it would without this, and many lanes form large transactions by themselves.
/// </summary>
/// <remarks>
/// A lane notices nothing of it: it gets its own event's exact state, decides, and commits or not. Locks are taken
/// without waiting, so that no transaction that holds one waits for another; an event that somebody else has locked
/// goes alone. When a shared transaction is refused by the tables, each of its events commits what it decided in a
/// transaction of its own, if nobody has written the event in between: so the one at fault is found, and only it fails.
/// An unknown outcome is unknown to each of them, and each looks up its own.
/// </remarks>
internal sealed class SharedTransactions(
    ISharedJournal journal, TimeProvider time, Action<int>? onShared = null) : IInventoryJournal
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private readonly Dictionary<Guid, (long Since, TimeSpan For)> _apart = [];
    private int _running;
    private bool _isWatching;

    /// <summary>Transactions under way before the next batches wait for one to end.</summary>
    public int MaxTransactions { get; init; } = SharedLimits.MaxTransactions;

    /// <summary>A batch that has waited so long for a transaction to end begins one of its own.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMilliseconds(SharedLimits.MaxWaitMilliseconds);

    /// <summary>Batches that wait for a transaction to end.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>How long an event has transactions of its own after its tables refused a batch.</summary>
    public TimeSpan ApartAfterMismatch { get; init; } = TimeSpan.FromSeconds(SharedLimits.ApartAfterMismatchSeconds);

    public Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken) =>
        journal.LoadAsync(eventId, cancellationToken);

    public Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId) =>
        journal.WasCommittedAsync(eventId, version, batchId);

    public Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet readSet)
    {
        var request = new OpenRequest(known, readSet);
        Waiter waiter;
        lock (_gate)
        {
            if (readSet.TravelsAlone || IsApart(request.EventId))
                return OpenAloneAsync(request, isCounted: false);
            if (_running < MaxTransactions && _waiting.Count == 0)
            {
                _running++;
                return OpenAloneAsync(request, isCounted: true);
            }

            waiter = new Waiter(request, time.GetTimestamp());
            _waiting.AddLast(waiter);
            Watch();
        }

        return waiter.Task;
    }

    /// <summary>
    /// A transaction of the event's own. It is not counted when it may wait for a lock: nobody waits behind it then.
    /// </summary>
    private async Task<IOpenBatch> OpenAloneAsync(OpenRequest request, bool isCounted)
    {
        var isOpen = false;
        try
        {
            var open = await journal.OpenAsync(request.Known, request.ReadSet);
            isOpen = true;
            return new LoneBatch(
                open, () => SetApart(request.EventId, ApartAfterMismatch), isCounted ? EndOne : null);
        }
        finally
        {
            if (isCounted && !isOpen)
                EndOne();
        }
    }

    /// <summary>A transaction has ended: all that wait share the next one.</summary>
    private void EndOne()
    {
        List<Waiter>? next = null;
        lock (_gate)
        {
            _running--;
            if (_running < MaxTransactions || IsOverdue())
                next = TakeWaiting();
            Watch();
        }

        Start(next);
    }

    /// <summary>
    /// Whether somebody waits behind slow transactions, and one more may begin. For the holder of the gate.
    /// </summary>
    private bool IsOverdue() => _running < SharedLimits.MaxSlowTransactions
        && _waiting.First is { } first && time.GetElapsedTime(first.Value.Since) >= MaxWait;

    /// <summary>Those who begin together; null: nobody waits. For the holder of the gate.</summary>
    private List<Waiter>? TakeWaiting()
    {
        if (_waiting.Count == 0)
            return null;
        var (taken, events, commands) = (new List<Waiter>(), new HashSet<Guid>(), 0);
        for (var node = _waiting.First; node is not null && taken.Count < SharedLimits.MaxEvents;)
        {
            var (waiter, next) = (node.Value, node.Next);
            commands += waiter.Request.ReadSet.Commands;
            if (commands > SharedLimits.MaxCommands && taken.Count > 0)
                break;
            // Two lanes of one event, of which one is being dropped, are one after the other.
            if (events.Add(waiter.Request.EventId))
            {
                taken.Add(waiter);
                _waiting.Remove(node);
            }

            node = next;
        }

        _running++;
        return taken;
    }

    private void Start(List<Waiter>? waiters)
    {
        if (waiters is null)
            return;
        if (waiters.Count == 1)
            _ = AnswerAloneAsync(waiters[0], isCounted: true);
        else
            _ = RunSharedAsync(waiters);
    }

    /// <summary>
    /// Sees to it that nobody waits long behind slow transactions. Where no more may begin, the next that ends does.
    /// For the holder of the gate.
    /// </summary>
    private void Watch()
    {
        if (_isWatching || _waiting.Count == 0 || _running >= SharedLimits.MaxSlowTransactions)
            return;
        _isWatching = true;
        _ = StartOverdueAsync();
    }

    private async Task StartOverdueAsync()
    {
        Activity.Current = null;
        await Task.Delay(MaxWait, time);
        List<Waiter>? overdue;
        lock (_gate)
        {
            overdue = IsOverdue() ? TakeWaiting() : null;
            _isWatching = false;
            Watch();
        }

        Start(overdue);
    }

    private async Task AnswerAloneAsync(Waiter waiter, bool isCounted)
    {
        Activity.Current = null;
        try
        {
            waiter.SetResult(await OpenAloneAsync(waiter.Request, isCounted));
        }
        catch (Exception exception)
        {
            waiter.SetException(exception);
        }
    }

    private async Task RunSharedAsync(List<Waiter> waiters)
    {
        // Not that of the lane whose end began it.
        Activity.Current = null;
        // Nor on its thread: it has replies to send.
        await Task.Yield();
        var members = new List<SharedBatch>();
        try
        {
            await using var shared = await OpenSharedAsync(waiters);
            if (shared is null)
                return;
            var round = new SharedRound(SetApart);
            for (var i = 0; i < waiters.Count; i++)
            {
                var request = waiters[i].Request;
                if (shared.Events[i] is { } opened)
                    members.Add(new SharedBatch(
                        round, request.EventId, opened, commit => CommitAloneAsync(request, commit)));
            }

            round.Begin(members.Count);
            for (var (i, member) = (0, 0); i < waiters.Count; i++)
            {
                if (shared.Events[i] is null)
                    _ = AnswerAloneAsync(waiters[i], isCounted: false);
                else
                    waiters[i].SetResult(members[member++]);
            }

            var commits = await round.WaitAsync(time);
            var began = time.GetTimestamp();
            var result = commits.Count == 0
                ? new CommitResult(CommitOutcome.NotCommitted)
                : await shared.CommitAsync(commits);
            if (result.Outcome == CommitOutcome.Committed)
                onShared?.Invoke(commits.Count);
            var isRefused = commits.Count > 1
                && result.Outcome is CommitOutcome.Mismatch or CommitOutcome.NotCommitted;
            if (isRefused)
            {
                foreach (var commit in commits)
                    SetApart(commit.EventId);
            }

            // The locks are free before anybody is told.
            await shared.DisposeAsync();
            // Which event is at fault is not known. After a long wait there is no time to find out.
            var isSoon = time.GetElapsedTime(began) < TimeSpan.FromSeconds(SharedLimits.MaxRefusalSeconds);
            round.End(!isRefused ? result : isSoon ? null : new CommitResult(CommitOutcome.NotCommitted, result.Cause));
        }
        catch (Exception exception)
        {
            // A defect in the journal, which does not say whether the commit was sent: each lane looks it up.
            if (members.Count > 0)
                members[0].Round.Fail(exception);
        }
        finally
        {
            EndOne();
        }
    }

    /// <summary>Null: it could not be opened, and the waiters have been told or go alone.</summary>
    private async Task<ISharedTransaction?> OpenSharedAsync(List<Waiter> waiters)
    {
        try
        {
            return await journal.OpenSharedAsync([.. waiters.Select(waiter => waiter.Request)]);
        }
        catch (JournalUnavailableException exception)
        {
            foreach (var waiter in waiters)
                waiter.SetException(exception);
        }
        catch (Exception)
        {
            // What one event's log or the like did must not fail the others: the one at fault meets it again, alone.
            foreach (var waiter in waiters)
                _ = AnswerAloneAsync(waiter, isCounted: false);
        }

        return null;
    }

    /// <summary>
    /// Commits what an event decided in a shared transaction that was refused: it is as exact as it was while nobody
    /// has written the event or changed its settings.
    /// </summary>
    private async Task<CommitResult> CommitAloneAsync(OpenRequest request, BatchCommit commit)
    {
        var opening = journal.OpenAsync(request.Known, request.ReadSet);
        IOpenBatch open;
        try
        {
            open = await opening.WaitAsync(TimeSpan.FromSeconds(SharedLimits.MaxSeparateOpenSeconds), time);
        }
        catch (Exception exception) when (exception is JournalUnavailableException or TimeoutException)
        {
            _ = DisposeWhenOpenAsync(opening);
            return new CommitResult(CommitOutcome.NotCommitted, exception);
        }

        await using (open)
        {
            var known = request.Known;
            if (open.Version != commit.Entry.Version - 1 || open.Version != known.Version
                || open.KnownBatchId != known.BatchId || open.SettingsVersion != known.Settings.SettingsVersion)
            {
                return new CommitResult(CommitOutcome.NotCommitted);
            }

            var result = await open.CommitAsync(commit);
            if (result.Outcome == CommitOutcome.Mismatch)
                SetApart(request.EventId, ApartAfterMismatch);
            return result;
        }
    }

    private static async Task DisposeWhenOpenAsync(Task<IOpenBatch> opening)
    {
        try
        {
            await using var open = await opening;
        }
        catch (Exception)
        {
            // Its batch has been told already: how the abandoned attempt ends changes nothing.
        }
    }

    private void SetApart(Guid eventId) => SetApart(eventId, TimeSpan.FromSeconds(SharedLimits.ApartSeconds));

    private void SetApart(Guid eventId, TimeSpan length)
    {
        lock (_gate)
        {
            if (_apart.Count >= SharedLimits.MaxApartEvents)
            {
                foreach (var over in _apart.Where(one => time.GetElapsedTime(one.Value.Since) > one.Value.For).ToList())
                    _apart.Remove(over.Key);
            }

            if (_apart.Count < SharedLimits.MaxApartEvents)
                _apart[eventId] = (time.GetTimestamp(), length);
        }
    }

    /// <summary>For the holder of the gate.</summary>
    private bool IsApart(Guid eventId)
    {
        if (_apart.Count == 0 || !_apart.TryGetValue(eventId, out var apart))
            return false;
        if (time.GetElapsedTime(apart.Since) <= apart.For)
            return true;
        _apart.Remove(eventId);
        return false;
    }

    /// <summary>
    /// A batch that waits for a transaction. Its lane continues on the thread that tells it: what it does next is a
    /// decision in memory, for which a thread of its own would be dearer.
    /// </summary>
    private sealed class Waiter(OpenRequest request, long since) : TaskCompletionSource<IOpenBatch>
    {
        public OpenRequest Request => request;

        /// <summary>Timestamp.</summary>
        public long Since => since;
    }
}

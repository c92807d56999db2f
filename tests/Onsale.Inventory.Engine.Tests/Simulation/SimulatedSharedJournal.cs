using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>
/// One node's connections to a database of several events, each with its own tables and lock; a shared transaction has
/// the locks of some of them and commits all or nothing.
/// </summary>
internal sealed class SimulatedSharedJournal(Random random) : ISharedJournal
{
    private readonly Dictionary<Guid, (SimulatedDatabase Database, SimulatedJournal Journal)> _events = [];
    private readonly List<Transaction> _open = [];
    private bool _isDead;

    /// <summary>Events that were locked in shared transactions so far.</summary>
    public int SharedEvents { get; private set; }

    /// <summary>Called with the events of a shared transaction before it commits; false: it is refused.</summary>
    public Func<IReadOnlyList<EventCommit>, bool> Takes { get; init; } = _ => true;

    /// <summary>Awaited before the locks of a shared transaction are taken.</summary>
    public Func<Task> Opening { get; init; } = () => Task.CompletedTask;

    public void Add(SimulatedDatabase database, SimulatedJournal journal) =>
        _events[database.Tables.Settings.EventId] = (database, journal);

    /// <summary>No call returns any more; the server rolls back what was open.</summary>
    public void Kill()
    {
        _isDead = true;
        foreach (var transaction in _open.ToList())
            transaction.Abort();
    }

    public Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken) =>
        _events[eventId].Journal.LoadAsync(eventId, cancellationToken);

    public Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet readSet) =>
        _events[known.Settings.EventId].Journal.OpenAsync(known, readSet);

    public Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId) =>
        _events[eventId].Journal.WasCommittedAsync(eventId, version, batchId);

    public async Task<ISharedTransaction> OpenSharedAsync(IReadOnlyList<OpenRequest> requests)
    {
        await Opening();
        requests.Select(request => request.EventId).ShouldBeUnique();
        foreach (var request in requests)
            _events[request.EventId].Journal.BeginOpen();
        await HopAsync(4);
        if (requests.Any(request => _events[request.EventId].Database.IsDown))
            throw new JournalUnavailableException("Lost on the way.", new IOException());
        var transaction = new Transaction(this);
        _open.Add(transaction);
        foreach (var request in requests)
            transaction.TryLock(request);
        SharedEvents += transaction.Events.Count(opened => opened is not null);
        return transaction;
    }

    private async Task HopAsync(int most)
    {
        for (var hops = random.Next(most); hops > 0; hops--)
            await Task.Yield();
        if (_isDead)
            await new TaskCompletionSource().Task;
    }

    private sealed class Transaction(SimulatedSharedJournal journal) : ISharedTransaction
    {
        private readonly List<OpenedEvent?> _opened = [];
        private readonly List<SimulatedDatabase> _locked = [];
        private bool _isOver;

        public IReadOnlyList<OpenedEvent?> Events => _opened;

        public void TryLock(OpenRequest request)
        {
            var (database, _) = journal._events[request.EventId];
            var isLocked = database.TryEnter();
            _opened.Add(isLocked ? database.Read(request.Known, request.ReadSet) : null);
            if (isLocked)
                _locked.Add(database);
        }

        public async Task<CommitResult> CommitAsync(IReadOnlyList<EventCommit> commits)
        {
            await journal.HopAsync(3);
            var faults = journal._events[commits[0].EventId].Database;
            if (faults.Chance(0.02) || !journal.Takes(commits))
                return new CommitResult(CommitOutcome.Mismatch);
            if (faults.Chance(0.02))
                return new CommitResult(CommitOutcome.NotCommitted);
            if (faults.Chance(0.01))
            {
                Abort();
                return new CommitResult(CommitOutcome.NotCommitted, new IOException("53100: disk full"));
            }

            if (faults.Chance(0.04))
                return FinishLater(commits, arrives: faults.Chance(0.5));

            var outcome = Write(commits);
            if (outcome != CommitOutcome.Committed)
                return new CommitResult(outcome);
            Abort();
            await Task.Yield();
            if (journal._isDead)
                await new TaskCompletionSource().Task;
            return new CommitResult(faults.Chance(0.03) ? CommitOutcome.Unknown : outcome);
        }

        public void Abort()
        {
            if (_isOver)
                return;
            End();
        }

        public async ValueTask DisposeAsync()
        {
            if (!_isOver)
                await journal.HopAsync(3);
            Abort();
        }

        private CommitOutcome Write(IReadOnlyList<EventCommit> commits)
        {
            // All are checked before any is written.
            if (!commits.All(commit => journal._events[commit.EventId].Database.Takes(commit.Commit)))
                return CommitOutcome.Mismatch;
            foreach (var (eventId, commit) in commits)
                journal._events[eventId].Database.Tables.Write(commit);
            return CommitOutcome.Committed;
        }

        /// <summary>
        /// The node knows nothing; the server commits some time later or not at all, and holds the locks until then.
        /// </summary>
        private CommitResult FinishLater(IReadOnlyList<EventCommit> commits, bool arrives)
        {
            // Without the locks a lookup does not wait for a late commit: not a fault such a journal can survive.
            if (!_locked[0].Guards.HasFlag(Guards.Lock))
            {
                Abort();
                return new CommitResult(CommitOutcome.Unknown);
            }

            _isOver = true;
            _ = FinishAsync();
            return new CommitResult(CommitOutcome.Unknown);

            async Task FinishAsync()
            {
                for (var hops = _locked[0].Random.Next(12); hops > 0; hops--)
                    await Task.Yield();
                if (arrives)
                    Write(commits);
                End();
            }
        }

        private void End()
        {
            _isOver = true;
            journal._open.Remove(this);
            foreach (var database in _locked)
                database.Exit();
            _locked.Clear();
        }
    }
}

using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>What keeps a simulated journal safe. Taking one away is how a test shows that it is needed.</summary>
[Flags]
internal enum Guards
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>One batch at a time.</summary>
    Lock = 1,

    /// <summary>Rows are written only if they hold what the decision started from.</summary>
    Conditions = 2,

    /// <summary>A node learns what the others wrote.</summary>
    CatchUp = 4,

    /// <summary>A node learns by batch ids that the journal lost commits it knows.</summary>
    BatchIds = 8,

    /// <summary>As it is run.</summary>
    All = Lock | Conditions | CatchUp | BatchIds,
}

/// <summary>
/// What all nodes share: the tables, the event's lock and the clock of the database, and what goes wrong.
/// </summary>
internal sealed class SimulatedDatabase(SimulatedTables tables, SimulatedTime time, Random random, Guards guards)
{
    private const int MaxCaughtUpEntries = 6;

    private readonly Queue<TaskCompletionSource> _waiting = new();
    private bool _isLocked;

    public SimulatedTables Tables => tables;

    public Guards Guards => guards;

    public Random Random => random;

    public DateTimeOffset Clock { get; set; } = TestEvents.Now;

    public bool HasFaults { get; set; } = true;

    public DateTimeOffset OutageUntil { get; private set; }

    /// <summary>
    /// Batches that the tables refused without a fault being simulated. With all guards: must stay 0.
    /// </summary>
    public int RealMismatches { get; private set; }

    public bool IsDown => HasFaults && (time.GetUtcNow() < OutageUntil || Chance(0.03));

    public bool Chance(double of) => HasFaults && random.NextDouble() < of;

    public void BeginOutage(TimeSpan length) => OutageUntil = time.GetUtcNow() + length;

    /// <summary>Takes the lock if nobody has it.</summary>
    public bool TryEnter()
    {
        if (!guards.HasFlag(Guards.Lock))
            return true;
        var isFree = !_isLocked;
        _isLocked = true;
        return isFree;
    }

    public Task EnterAsync()
    {
        if (!guards.HasFlag(Guards.Lock))
            return Task.CompletedTask;
        if (!_isLocked)
        {
            _isLocked = true;
            return Task.CompletedTask;
        }

        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(turn);
        return turn.Task;
    }

    public void Exit()
    {
        if (!guards.HasFlag(Guards.Lock))
            return;
        if (_waiting.TryDequeue(out var next))
            next.SetResult();
        else
            _isLocked = false;
    }

    /// <summary>What a batch reads under the lock.</summary>
    public OpenedEvent Read(EventInventory known, BatchReadSet readSet)
    {
        var catchesUp = guards.HasFlag(Guards.CatchUp);
        var version = catchesUp ? tables.Version : known.Version;
        var knownBatchId = !catchesUp || !guards.HasFlag(Guards.BatchIds) ? known.BatchId
            : tables.Log.Find(row => row.Version == known.Version) is { Version: > 0 } found
                ? found.BatchId
                : (Guid?)null;
        return new OpenedEvent(version, knownBatchId, tables.Settings.SettingsVersion, Clock)
        {
            EntriesSinceKnown = !catchesUp ? [] : [.. tables.Log
                .Where(row => row.Version > known.Version).Take(MaxCaughtUpEntries)
                .Select(row => new LogEntry(row.Version, row.BatchId, row.At, ChangeLogCodec.Read(row.Changes)))],
            Keys = tables.Keys.Where(key => readSet.BookingIds.Contains(key.Value.Booking)).ToDictionary(
                key => key.Key,
                key => new UsedKey(key.Value.Fingerprint, tables.Bookings[key.Value.Booking])),
            Bookings = readSet.BookingIds.Distinct().Where(tables.Bookings.ContainsKey)
                .ToDictionary(id => id, id => tables.Bookings[id]),
        };
    }

    /// <summary>Whether the tables hold what the batch started from.</summary>
    public bool Takes(BatchCommit commit)
    {
        if (!guards.HasFlag(Guards.Conditions) || tables.WhyNot(commit) is null)
            return true;
        RealMismatches++;
        return false;
    }

    public CommitOutcome Write(BatchCommit commit)
    {
        if (!Takes(commit))
            return CommitOutcome.Mismatch;
        tables.Write(commit);
        return CommitOutcome.Committed;
    }
}

/// <summary>One node's connection to the database. A node that was killed gets no answer any more, ever.</summary>
internal sealed class SimulatedJournal(SimulatedDatabase database) : IInventoryJournal
{
    private OpenBatch? _open;
    private bool _isDead;

    /// <summary>Attempts to open a batch so far.</summary>
    public int Opens { get; private set; }

    /// <summary>Called at each attempt to open a batch.</summary>
    public Action Opening { get; set; } = () => { };

    public void Kill()
    {
        _isDead = true;
        // The server notices the lost connection and rolls back.
        _open?.Abort();
    }

    public async Task<EventInventory?> LoadAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await RoundTripAsync();
        return database.Tables.Load();
    }

    public async Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet readSet)
    {
        BeginOpen();
        await RoundTripAsync();
        await EnterAsync();
        _open = new OpenBatch(this, database, database.Read(known, readSet));
        return _open;
    }

    /// <summary>A batch is about to be opened, alone or with others.</summary>
    public void BeginOpen()
    {
        Opens++;
        Opening();
    }

    public async Task<bool> WasCommittedAsync(Guid eventId, long version, Guid batchId)
    {
        await RoundTripAsync();
        await EnterAsync();
        var found = database.Tables.Log.Any(row => row.Version == version && row.BatchId == batchId);
        database.Exit();
        return found;
    }

    private async Task EnterAsync()
    {
        await database.EnterAsync();
        if (!_isDead && !database.IsDown)
            return;
        database.Exit();
        await ForeverIfDeadAsync();
        throw new JournalUnavailableException("Lost while waiting for the lock.", new IOException());
    }

    private async Task RoundTripAsync()
    {
        for (var hops = database.Random.Next(4); hops > 0; hops--)
            await Task.Yield();
        await ForeverIfDeadAsync();
        if (database.IsDown)
            throw new JournalUnavailableException("Lost on the way.", new IOException());
    }

    private Task ForeverIfDeadAsync() => _isDead ? new TaskCompletionSource().Task : Task.CompletedTask;

    private sealed class OpenBatch(SimulatedJournal journal, SimulatedDatabase database, OpenedEvent opened)
        : IOpenBatch
    {
        private bool _isOver;

        public long Version => opened.Version;

        public long SettingsVersion => opened.SettingsVersion;

        public DateTimeOffset Now => opened.Now;

        public Guid? KnownBatchId => opened.KnownBatchId;

        public IReadOnlyList<LogEntry> EntriesSinceKnown => opened.EntriesSinceKnown;

        public IReadOnlyDictionary<Guid, UsedKey> Keys => opened.Keys;

        public IReadOnlyDictionary<Guid, Booking> Bookings => opened.Bookings;

        public async Task<CommitResult> CommitAsync(BatchCommit commit)
        {
            for (var hops = database.Random.Next(3); hops > 0; hops--)
                await Task.Yield();
            await journal.ForeverIfDeadAsync();
            if (database.Chance(0.02))
                return new CommitResult(CommitOutcome.Mismatch);
            if (database.Chance(0.02))
                return new CommitResult(CommitOutcome.NotCommitted);
            if (database.Chance(0.01))
            {
                // An error of class 53 or XX: the driver closes the connection, and the lock is free.
                Abort();
                return new CommitResult(CommitOutcome.NotCommitted, new IOException("53100: disk full"));
            }

            if (database.Chance(0.02))
                return FailCommit(commit);
            if (database.Chance(0.04))
                return new CommitResult(LoseConnection(commit));

            var outcome = database.Write(commit);
            Abort();
            await Task.Yield();
            await journal.ForeverIfDeadAsync(); // killed between the commit and its answer
            return new CommitResult(database.Chance(0.03) ? CommitOutcome.Unknown : outcome);
        }

        public void Abort()
        {
            if (_isOver)
                return;
            _isOver = true;
            journal._open = null;
            database.Exit();
        }

        public async ValueTask DisposeAsync()
        {
            // The rollback's round trip; after a commit there is none.
            for (var hops = _isOver ? 0 : database.Random.Next(3); hops > 0; hops--)
                await Task.Yield();
            Abort();
        }

        /// <summary>COMMIT itself answers with an error, and may have been done all the same.</summary>
        private CommitResult FailCommit(BatchCommit commit)
        {
            if (database.Chance(0.5))
                database.Write(commit);
            Abort();
            return new CommitResult(CommitOutcome.Unknown, new IOException("XX000: could not commit"));
        }

        /// <summary>
        /// The node knows nothing; the server commits some time later or not at all, and holds the lock until then.
        /// </summary>
        private CommitOutcome LoseConnection(BatchCommit commit)
        {
            var arrives = database.Chance(0.5);
            // Without the lock the lookup does not wait for a late commit: not a fault such a journal can survive.
            if (!database.Guards.HasFlag(Guards.Lock))
                return CommitOutcome.Unknown;
            if (database.Chance(0.3))
                database.BeginOutage(TimeSpan.FromSeconds(database.Random.Next(40)));
            _isOver = true;
            journal._open = null;
            _ = FinishLaterAsync();
            return CommitOutcome.Unknown;

            async Task FinishLaterAsync()
            {
                for (var hops = database.Random.Next(12); hops > 0; hops--)
                    await Task.Yield();
                if (arrives)
                    database.Write(commit);
                database.Exit();
            }
        }
    }
}

using System.Diagnostics;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// One event's lane: commands that arrive while a batch is in flight wait in a bounded queue and travel together in the
/// next one. No timer collects them, so an idle event answers immediately and a busy one forms large batches by itself.
/// </summary>
/// <remarks>
/// While commands wait, the replies of a batch are deferred until the next batch is with the journal: a hundred callers
/// that resume compete for the processors, and the next batch would queue behind them while the journal is idle. A
/// reply is deferred past one lock at most, and by no more than <see cref="LaneLimits.MaxReplyDelayMilliseconds"/> of
/// waiting for it.
/// <para>
/// Several nodes may run a lane for one event: the journal's lock orders their batches, and each lane applies what the
/// others wrote before it decides. A caller that disconnects does not withdraw its command.
/// </para>
/// </remarks>
public sealed class EventLane
{
    private static readonly TimeSpan s_firstBackoff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_maxBatchTime = TimeSpan.FromSeconds(LaneLimits.MaxBatchSeconds);

    private readonly CommandQueue _queue;
    private readonly Guid _eventId;
    private readonly TimedJournal _journal;
    private readonly TimeProvider _time;
    private readonly Func<DateTimeOffset, Guid> _newBatchId;
    private readonly LaneListener _listener;
    private readonly LaneState _state;
    private long _openedAt;

    /// <summary>A lane; call <see cref="RunAsync"/> once.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="journal">Where its inventory is kept.</param>
    /// <param name="time">Only for waiting and for measuring waits; instants come from the journal.</param>
    /// <param name="newBatchId">Makes ids of batches.</param>
    /// <param name="onEvent">Called for everything worth counting, by any thread; must not block.</param>
    public EventLane(
        Guid eventId, IInventoryJournal journal, TimeProvider time, Func<DateTimeOffset, Guid> newBatchId,
        Action<LaneEvent> onEvent)
    {
        (_eventId, _time, _newBatchId) = (eventId, time, newBatchId);
        _queue = new CommandQueue(time);
        _journal = new TimedJournal(eventId, journal, time, _queue);
        _listener = new LaneListener(onEvent);
        _state = new LaneState(_journal, time, _listener);
    }

    /// <summary>Whether holds that are due are kept at this moment.</summary>
    internal Func<bool> KeepsDueHolds { get; init; } = static () => false;

    /// <summary>The event.</summary>
    public Guid EventId => _eventId;

    /// <summary>What readers see: the state after the last committed batch.</summary>
    public AvailabilityView Availability => _state.Availability;

    /// <summary>The event's rules as last loaded or changed; null: not loaded yet.</summary>
    public EventSettings? Settings => _state.Settings;

    /// <summary>Commands waiting.</summary>
    public int Queued => _queue.Queued;

    /// <summary>
    /// Enqueues a command. A full queue, a closed lane and a hold that is certainly refused answer immediately.
    /// </summary>
    public Task<LaneReply> SubmitAsync(InventoryCommand command)
    {
        // A queued command may free the places that this hold asks for: first come, first served.
        if (command is HoldCommand hold && !_queue.CanFreePlaces && Availability.FindRefusal(hold) is { } refusal)
        {
            _listener.Raise(new LaneEvent(LaneEventKind.RefusedFromMemory, 1));
            return Task.FromResult(new LaneReply(LaneStatus.Decided, CommandResult.Refuse(refusal)));
        }

        return command is HoldCommand { IsBoxOffice: false } && _queue.Queued >= LaneLimits.MaxQueuedHolds
            ? Task.FromResult(new LaneReply(LaneStatus.Overloaded, default))
            : _queue.EnqueueAsync(command);
    }

    /// <summary>Accepts no more commands; <see cref="RunAsync"/> ends when those that wait are answered.</summary>
    public void Complete() => _queue.Close();

    /// <summary>Works until <see cref="Complete"/>.</summary>
    public async Task RunAsync()
    {
        var batch = new List<PendingCommand>(LaneLimits.MaxBatchCommands);
        // Not that of the request that happened to start the lane.
        Activity.Current = null;
        try
        {
            while (await _queue.WaitAsync())
            {
                _queue.TakeBatch(batch);
                await RunBatchAsync(batch, _time.GetTimestamp());
                batch.Clear();
                if (_queue.Queued == 0)
                    _queue.FlushReplies();
            }
        }
        finally
        {
            // Only a fault of the loop itself leaves commands behind; no caller may wait for a lane that has ended.
            _queue.RejectAll();
            _queue.Reply(batch, LaneStatus.OutcomeUnknown);
        }
    }

    private async Task RunBatchAsync(IReadOnlyList<PendingCommand> batch, long began)
    {
        using var span = LaneTraces.BeginBatch(_eventId, batch);
        try
        {
            await DecideAndCommitAsync(batch, began);
        }
        catch (Exception exception)
        {
            // Deferred replies first: a command that has its reply is not run again.
            _queue.FlushReplies();
            _state.Drop();
            _listener.Raise(new LaneEvent(LaneEventKind.Defect, batch.Count, Exception: exception));
            if (batch.Count == 1)
            {
                _queue.Reply(batch, LaneStatus.Failed);
                return;
            }

            // A defect in the handling of one command must not fail its neighbours: each gets a batch of its own.
            foreach (var pending in batch.Where(pending => !pending.Task.IsCompleted))
                await RunBatchAsync([pending], began);
        }
    }

    private async Task DecideAndCommitAsync(IReadOnlyList<PendingCommand> batch, long began)
    {
        var commands = batch.Select(pending => pending.Command).ToList();
        for (var attempt = 0; attempt < LaneLimits.MaxBatchAttempts && commands.Count > 0; attempt++)
        {
            if (attempt > 0)
            {
                _queue.FlushReplies();
                _queue.RejectOverdue();
                var backoff = s_firstBackoff * (1 << (attempt - 1));
                if (backoff >= Remaining(began))
                    break;
                await Task.Delay(backoff, _time);
            }

            try
            {
                if (await RunAttemptAsync(batch, commands, began))
                    return;
            }
            catch (JournalUnavailableException exception)
            {
                _listener.Raise(new LaneEvent(LaneEventKind.Retrying, batch.Count, Exception: exception));
            }
            catch (OutOfMemoryException exception)
            {
                _state.Drop();
                _listener.Raise(new LaneEvent(LaneEventKind.Retrying, batch.Count, Exception: exception));
            }
            catch (InventoryCorruptException exception) when (attempt == 0)
            {
                // Once: the state in memory may be at fault. If a fresh one breaks too, a command is.
                _state.Drop();
                _listener.Raise(new LaneEvent(LaneEventKind.Mismatch, batch.Count, Exception: exception));
            }
        }

        _queue.Reply(batch, LaneStatus.Unavailable);
    }

    /// <summary>True: every command has its reply. False: decide again, on a fresh state.</summary>
    private async Task<bool> RunAttemptAsync(
        IReadOnlyList<PendingCommand> batch, IReadOnlyList<InventoryCommand> commands, long began)
    {
        for (var isFresh = false; ; _queue.FlushReplies())
        {
            isFresh |= _state.Inventory is null;
            if (!await EnsureLoadedAsync(began))
            {
                _queue.Reply(batch, LaneStatus.EventNotFound);
                return true;
            }

            await using var open = await OpenCaughtUpAsync(commands, began);
            if (open is not null)
            {
                if (await DecideAndWriteAsync(batch, commands, open) is { } isReplied)
                    return isReplied;
            }
            else if (isFresh && _state.Inventory is null)
            {
                // What was just loaded is behind again: give the other nodes a moment rather than race them.
                return false;
            }
        }
    }

    /// <summary>False: there is no such event.</summary>
    private async Task<bool> EnsureLoadedAsync(long began)
    {
        if (_state.Inventory is not null)
            return true;
        _queue.FlushReplies();
        return await _state.LoadAsync(Remaining(began));
    }

    /// <summary>
    /// Takes the lock and brings the state up to date. Null, without the lock: the state had to be dropped, or the
    /// batch must be opened again to read more.
    /// </summary>
    private async Task<IOpenBatch?> OpenCaughtUpAsync(IReadOnlyList<InventoryCommand> commands, long began)
    {
        var inventory = _state.Inventory!;
        var readSet = BatchReadSet.For(commands, inventory.Keys);
        var open = await _journal.OpenAsync(inventory, readSet, Remaining(began));
        _openedAt = _time.GetTimestamp();
        var isReady = false;
        try
        {
            isReady = _state.CatchUp(open)
                // A booking of another node, just applied, may have used a key that this batch did not ask for.
                && (open.EntriesSinceKnown.Count == 0
                    || BatchReadSet.For(commands, inventory.Keys).BookingIds.Count == readSet.BookingIds.Count);
            return isReady ? open : null;
        }
        finally
        {
            if (!isReady)
                await open.DisposeAsync();
        }
    }

    /// <summary>
    /// True: every command has its reply. False: decide again, on a fresh state. Null: decide again; only expired holds
    /// were written.
    /// </summary>
    private async Task<bool?> DecideAndWriteAsync(
        IReadOnlyList<PendingCommand> batch, IReadOnlyList<InventoryCommand> commands, IOpenBatch open)
    {
        // The journal's clock may step back at a failover; an event's own time never does.
        var inventory = _state.Inventory!;
        var now = open.Now > inventory.ChangedAt ? open.Now : inventory.ChangedAt;
        var clock = new JournalClock(now, _openedAt);
        Availability.MarkFresh(clock, _openedAt);
        var decision = InventoryDecider.Decide(
            inventory, new BatchContext(now, open.Keys, open.Bookings) { KeepsDueHolds = KeepsDueHolds() }, commands);
        if (decision.Changes.Count == 0)
        {
            await EndUnchangedAsync(batch, decision, open);
            return true;
        }

        var entry = new LogEntry(inventory.Version + 1, _newBatchId(now), now, decision.Changes);
        switch (await CommitAsync(batch.Count, open, entry, decision, clock))
        {
            case CommitOutcome.Committed when decision.OnlyExpires:
                return null;
            case CommitOutcome.Committed:
                _queue.DeferReplies(batch, decision.Results);
                return true;
            case CommitOutcome.Unknown:
                // Whatever became of the expiries, the commands were not decided.
                _queue.Reply(batch, decision.OnlyExpires ? LaneStatus.Unavailable : LaneStatus.OutcomeUnknown);
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// Ends a batch that writes nothing. Replies deferred before it go out now: without a commit to wait for, batch
    /// after batch could defer them.
    /// </summary>
    private async Task EndUnchangedAsync(
        IReadOnlyList<PendingCommand> batch, BatchDecision decision, IOpenBatch open)
    {
        var ending = open.DisposeAsync().AsTask();
        _queue.FlushReplies();
        _queue.DeferReplies(batch, decision.Results);
        _listener.Raise(new LaneEvent(LaneEventKind.NothingToWrite, batch.Count));
        await _journal.FlushIfSlowAsync(ending);
        await ending;
    }

    /// <summary>
    /// Commits and, if the answer is lost, looks up what became of it. Afterwards the state fits the journal or is
    /// dropped.
    /// </summary>
    private async Task<CommitOutcome> CommitAsync(
        int commands, IOpenBatch open, LogEntry entry, BatchDecision decision, JournalClock clock)
    {
        CommitResult result;
        var inventory = _state.Inventory!;
        var (total, available) = inventory.Sum();
        // Until the commit is sent the lock is certainly held: no other node can have written.
        var freshSince = _time.GetTimestamp();
        try
        {
            var committing = open.CommitAsync(new BatchCommit(
                entry, new BatchWrites(decision.Changes), decision.Keys, inventory.NextDueAt(), total, available)
            {
                Notes = LaneTraces.WithTrace(decision.Notes, _eventId, entry.Version),
            });
            _queue.FlushReplies();
            result = await committing;
        }
        catch (Exception exception)
        {
            // A defect in the journal. It does not say whether the commit was sent, and deciding again what was
            // committed would do it twice.
            _state.Drop();
            _listener.Raise(new LaneEvent(LaneEventKind.Unknown, commands, entry, exception));
            await open.DisposeAsync();
            if (await ResolveUnknownCommitAsync(commands, entry) is var found && found != CommitOutcome.NotCommitted)
                return found;
            throw;
        }

        if (result.Outcome == CommitOutcome.Committed)
        {
            _state.Advance(commands, entry, clock, freshSince);
            return result.Outcome;
        }

        _state.Drop();
        var kind = result.Outcome switch
        {
            CommitOutcome.Mismatch => LaneEventKind.Mismatch,
            CommitOutcome.Unknown => LaneEventKind.Unknown,
            _ => LaneEventKind.Retrying,
        };
        _listener.Raise(new LaneEvent(kind, commands, entry, result.Cause));
        if (result.Outcome != CommitOutcome.Unknown)
            return result.Outcome;
        // The lock must be free before the lookup can wait for it.
        await open.DisposeAsync();
        return await ResolveUnknownCommitAsync(commands, entry);
    }

    private async Task<CommitOutcome> ResolveUnknownCommitAsync(int commands, LogEntry entry)
    {
        var result = await _journal.ResolveUnknownCommitAsync(entry);
        if (result.Outcome == CommitOutcome.Unknown)
            _listener.Raise(new LaneEvent(LaneEventKind.Unknown, commands, entry, result.Cause));
        return result.Outcome;
    }

    private TimeSpan Remaining(long began)
    {
        var remaining = s_maxBatchTime - _time.GetElapsedTime(began);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// One event's lane: commands that arrive while a batch is in flight wait in a bounded queue and travel together in the
/// next one. No timer collects them, so an idle event answers at once and a busy one makes large batches by itself.
/// </summary>
/// <remarks>
/// While commands wait, the answers of a committed batch go out when the next batch is with the journal: a hundred
/// callers who are told wake up and want the processors, which the next batch then has to queue for while the journal
/// stands idle.
/// <para>
/// Several nodes may run a lane for one event: the journal's lock puts their batches in order, and each takes in what
/// the others wrote before it decides. A caller who goes away does not take its command back.
/// </para>
/// </remarks>
public sealed class EventLane
{
    private static readonly TimeSpan s_firstBackoff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestUntold = TimeSpan.FromMilliseconds(LaneLimits.MaxReplyDelayMilliseconds);

    private readonly CommandQueue _callers = new();
    private readonly Guid _eventId;
    private readonly IInventoryJournal _journal;
    private readonly TimeProvider _time;
    private readonly Action<LaneEvent> _signal;
    private readonly Func<DateTimeOffset, Guid> _newBatchId;
    private EventInventory? _inventory;
    private EventSettings? _settings;

    /// <summary>A lane; call <see cref="RunAsync"/> once.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="journal">Where it is kept.</param>
    /// <param name="time">Only for waiting and for measuring waits; instants come from the journal.</param>
    /// <param name="newBatchId">Makes ids of batches.</param>
    /// <param name="signal">Called for everything worth counting, by any thread; must not block or throw.</param>
    public EventLane(
        Guid eventId, IInventoryJournal journal, TimeProvider time, Func<DateTimeOffset, Guid> newBatchId,
        Action<LaneEvent> signal)
    {
        (_eventId, _journal, _time, _newBatchId, _signal) = (eventId, journal, time, newBatchId, signal);
        Board = new AvailabilityView(time);
    }

    /// <summary>The event.</summary>
    public Guid EventId => _eventId;

    /// <summary>What readers see: the state after the last committed batch.</summary>
    public AvailabilityView Board { get; }

    /// <summary>The event's rules as last loaded; null: not loaded yet.</summary>
    public EventSettings? Settings
    {
        get => Volatile.Read(ref _settings);
        private set => Volatile.Write(ref _settings, value);
    }

    /// <summary>Commands waiting.</summary>
    public int Queued => _callers.Queued;

    /// <summary>
    /// Puts a command in the queue; a full queue, a stopping lane, and a hold that can only be refused answer at once.
    /// </summary>
    public Task<LaneReply> SubmitAsync(InventoryCommand command)
    {
        // Whoever waits in the queue to give places back came first.
        if (command is HoldCommand hold && !_callers.MayGiveBack && Board.FindRefusal(hold) is { } refusal)
        {
            _signal(new LaneEvent(LaneEventKind.RefusedAtOnce, 1));
            return Task.FromResult(new LaneReply(LaneStatus.Decided, CommandResult.Refuse(refusal)));
        }

        return _callers.JoinAsync(command);
    }

    /// <summary>Takes no more commands; <see cref="RunAsync"/> ends after those that wait are answered.</summary>
    public void Complete() => _callers.Close();

    /// <summary>Works until <see cref="Complete"/>.</summary>
    public async Task RunAsync()
    {
        var batch = new List<PendingCommand>(LaneLimits.MaxBatchCommands);
        while (await _callers.WaitAsync())
        {
            _callers.Take(batch);
            await RunBatchAsync(batch);
            batch.Clear();
            if (_callers.Queued == 0)
                _callers.TellAll();
        }
    }

    private async Task RunBatchAsync(IReadOnlyList<PendingCommand> batch)
    {
        try
        {
            await DecideAndCommitAsync(batch);
        }
        catch (Exception exception) when (batch.Count > 1)
        {
            // A defect in one command's handling must not fail its neighbours: each gets a batch of its own. What was
            // committed before it is told first, lest it be done twice.
            _callers.TellAll();
            _inventory = null;
            _signal(new LaneEvent(LaneEventKind.Defect, batch.Count, Exception: exception));
            foreach (var caller in batch.Where(caller => !caller.Task.IsCompleted))
                await RunBatchAsync([caller]);
        }
        catch (Exception exception)
        {
            _callers.TellAll();
            _inventory = null;
            _signal(new LaneEvent(LaneEventKind.Defect, batch.Count, Exception: exception));
            _callers.Answer(batch, LaneStatus.Failed);
        }
    }

    private async Task DecideAndCommitAsync(IReadOnlyList<PendingCommand> batch)
    {
        var commands = batch.Select(caller => caller.Command).ToList();
        for (var attempt = 0; attempt < LaneLimits.MaxBatchAttempts; attempt++)
        {
            if (attempt > 0)
            {
                _callers.TellAll();
                await Task.Delay(s_firstBackoff * (1 << (attempt - 1)), _time);
            }

            try
            {
                if (await TryOnceAsync(batch, commands))
                    return;
            }
            catch (JournalUnavailableException exception)
            {
                _signal(new LaneEvent(LaneEventKind.Retrying, batch.Count, Exception: exception));
            }
            catch (InventoryCorruptException exception) when (attempt == 0)
            {
                // Once: the state in memory may be what is wrong. If a fresh one breaks too, a command is to blame.
                _inventory = null;
                _signal(new LaneEvent(LaneEventKind.Mismatch, batch.Count, Exception: exception));
            }
        }

        _callers.Answer(batch, LaneStatus.Unavailable);
    }

    /// <summary>True: everybody is answered. False: decide again, on a fresh state.</summary>
    private async Task<bool> TryOnceAsync(IReadOnlyList<PendingCommand> batch, IReadOnlyList<InventoryCommand> commands)
    {
        var isFresh = false;
        while (true)
        {
            if (_inventory is null)
            {
                if (!await LoadAsync())
                {
                    _callers.Answer(batch, LaneStatus.EventNotFound);
                    return true;
                }

                isFresh = true;
            }

            var questions = QuestionsOf(commands);
            await using var open = await OpenAsync(questions);
            if (!CatchUp(open))
            {
                _inventory = null;
                // What was just loaded is behind again: give the others a moment rather than race them.
                if (isFresh)
                    return false;
                continue;
            }

            // Another node's booking, just taken in, may have used a key that this batch did not ask for.
            if (open.Missed.Count > 0 && QuestionsOf(commands).BookingIds.Count > questions.BookingIds.Count)
                continue;

            // The journal's clock may step back at a failover; an event's own time never does.
            var now = open.Now > _inventory!.ChangedAt ? open.Now : _inventory.ChangedAt;
            var decision = InventoryDecider.Decide(
                _inventory, new BatchContext(now, open.Keys, open.Bookings), commands);
            if (decision.Changes.Count == 0)
            {
                await open.DisposeAsync();
                Board.MarkFresh(now);
                _signal(new LaneEvent(LaneEventKind.NothingToWrite, batch.Count));
                _callers.Keep(batch, decision.Results);
                return true;
            }

            var entry = new LogEntry(_inventory.Version + 1, _newBatchId(now), now, decision.Changes);
            switch (await CommitAsync(batch.Count, open, entry, decision))
            {
                case CommitOutcome.Committed when decision.OnlyExpires:
                    continue;
                case CommitOutcome.Committed:
                    _callers.Keep(batch, decision.Results);
                    return true;
                case CommitOutcome.Unknown:
                    // Whatever became of the expiries, the commands were not decided.
                    _callers.Answer(batch, decision.OnlyExpires ? LaneStatus.Unavailable : LaneStatus.OutcomeUnknown);
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>Takes the lock. Those who are still to be told do not wait for another node's batch.</summary>
    private async Task<IOpenBatch> OpenAsync(BatchReadSet questions)
    {
        var opening = _journal.OpenAsync(_inventory!, questions);
        if (_callers.HasUntold)
        {
            await ((Task)opening).WaitAsync(s_longestUntold, _time).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (!opening.IsCompletedSuccessfully)
                _callers.TellAll();
        }

        return await opening;
    }

    /// <summary>
    /// Commits, and finds out what became of it. Afterwards the state fits the journal or is
    /// dropped.
    /// </summary>
    private async Task<CommitOutcome> CommitAsync(int commands, IOpenBatch open, LogEntry entry, BatchDecision decision)
    {
        CommitOutcome outcome;
        var (total, available) = _inventory!.Sum();
        try
        {
            var committing = open.CommitAsync(new BatchCommit(
                entry, new BatchWrites(decision.Changes), decision.Keys, NextDueAt(), total, available));
            _callers.TellAll();
            outcome = await committing;
        }
        catch (Exception exception)
        {
            // A defect in the journal. It does not tell whether the commit was sent, and deciding again what was
            // committed would do it twice.
            _inventory = null;
            _signal(new LaneEvent(LaneEventKind.Unknown, commands, entry, exception));
            await open.DisposeAsync();
            if (await FindOutAsync(commands, entry) is var found && found != CommitOutcome.NotCommitted)
                return found;
            throw;
        }

        if (outcome == CommitOutcome.Committed)
        {
            TakeIn(commands, entry);
            return outcome;
        }

        _inventory = null;
        var kind = outcome switch
        {
            CommitOutcome.Mismatch => LaneEventKind.Mismatch,
            CommitOutcome.Unknown => LaneEventKind.Unknown,
            _ => LaneEventKind.Retrying,
        };
        _signal(new LaneEvent(kind, commands, entry));
        if (outcome != CommitOutcome.Unknown)
            return outcome;
        // The lock must be free before the lookup can wait for it.
        await open.DisposeAsync();
        return await FindOutAsync(commands, entry);
    }

    /// <summary>Whatever breaks here: the batch is committed, and its callers must hear that.</summary>
    private void TakeIn(int commands, LogEntry entry)
    {
        try
        {
            _inventory!.Advance(entry.Version, entry.At);
            Board.Publish(entry, _inventory);
            _signal(new LaneEvent(LaneEventKind.Committed, commands, entry));
        }
        catch (Exception exception)
        {
            _inventory = null;
            _signal(new LaneEvent(LaneEventKind.Defect, commands, entry, exception));
        }
    }

    /// <summary>What became of a commit whose answer was lost.</summary>
    private async Task<CommitOutcome> FindOutAsync(int commands, LogEntry entry)
    {
        var began = _time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await _journal.WasCommittedAsync(_eventId, entry.Version, entry.BatchId)
                    ? CommitOutcome.Committed
                    : CommitOutcome.NotCommitted;
            }
            catch (JournalUnavailableException) when (
                _time.GetElapsedTime(began) < TimeSpan.FromSeconds(LaneLimits.MaxUnknownOutcomeSeconds))
            {
                await Task.Delay(s_firstBackoff * (1 << Math.Min(attempt, 4)), _time);
            }
            catch (JournalUnavailableException exception)
            {
                _signal(new LaneEvent(LaneEventKind.Unknown, commands, entry, exception));
                return CommitOutcome.Unknown;
            }
        }
    }

    private async Task<bool> LoadAsync()
    {
        _callers.TellAll();
        _inventory = await _journal.LoadAsync(_eventId, CancellationToken.None);
        if (_inventory is null)
            return false;
        Settings = _inventory.Settings;
        Board.Reset(_inventory);
        _signal(new LaneEvent(LaneEventKind.Loaded, 0));
        return true;
    }

    /// <summary>False: the state cannot be brought up to date and must be loaded again.</summary>
    private bool CatchUp(IOpenBatch open)
    {
        if (open.SettingsVersion != _inventory!.Settings.SettingsVersion)
            return false;
        foreach (var entry in open.Missed)
        {
            _inventory.Apply(entry);
            Board.Publish(entry, _inventory);
            _signal(new LaneEvent(LaneEventKind.CaughtUp, 0, entry));
        }

        return _inventory.Version == open.Version;
    }

    private DateTimeOffset? NextDueAt()
    {
        var (hold, lease) = (_inventory!.NextHoldDeadline(), _inventory.NextLeaseDeadline());
        return hold is null || lease < hold ? lease : hold;
    }

    private BatchReadSet QuestionsOf(IReadOnlyList<InventoryCommand> commands)
    {
        var bookings = new List<Guid>();
        foreach (var command in commands)
        {
            if (command is BookingCommand named)
                bookings.Add(named.BookingId);
            else if (command is HoldCommand { Key: { } key } && _inventory!.Keys.FindBooking(key.KeyHash) is { } made)
                bookings.Add(made);
        }

        return new BatchReadSet(bookings);
    }
}

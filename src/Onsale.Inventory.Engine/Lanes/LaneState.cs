namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// What a lane knows of its event: the inventory to decide on, and what readers see of it. The inventory is exact or
/// not there: where it may not fit the journal, it is dropped, and loaded again for the next batch. Changed by the lane
/// alone; <see cref="Availability"/> and <see cref="Settings"/> are for any thread.
/// </summary>
internal sealed class LaneState(TimedJournal journal, TimeProvider time, LaneListener listener)
{
    private EventInventory? _inventory;
    private EventSettings? _settings;
    private bool _followsHistory = true;

    /// <summary>What is decided on; null: not loaded yet, or dropped.</summary>
    public EventInventory? Inventory => _inventory;

    /// <summary>
    /// What readers see: the state after the last committed batch, while the inventory is dropped too.
    /// </summary>
    public AvailabilityView Availability { get; } = new(time);

    /// <summary>The event's rules as last loaded or changed; null: not loaded yet.</summary>
    public EventSettings? Settings
    {
        get => Volatile.Read(ref _settings);
        private set => Volatile.Write(ref _settings, value);
    }

    /// <summary>Loads the inventory. False: there is no such event.</summary>
    /// <exception cref="JournalUnavailableException">Not loaded, or not within the limit.</exception>
    public async Task<bool> LoadAsync(TimeSpan limit)
    {
        _inventory = await journal.LoadAsync(limit);
        if (_inventory is null)
            return false;
        Settings = _inventory.Settings;
        Availability.Reset(_inventory, _followsHistory);
        _followsHistory = true;
        listener.Raise(new LaneEvent(LaneEventKind.Loaded, 0));
        return true;
    }

    /// <summary>Forgets the inventory: it may not be what the journal holds.</summary>
    public void Drop() => _inventory = null;

    /// <summary>
    /// Applies what other nodes wrote. False: the inventory cannot be brought up to date; it is dropped.
    /// </summary>
    public bool CatchUp(IOpenBatch open)
    {
        if (open.KnownBatchId != _inventory!.BatchId)
        {
            // Equal versions are not enough: after a restore or a failover with loss, other commits may bear them.
            listener.Raise(new LaneEvent(LaneEventKind.HistoryLost, 0));
            (_inventory, _followsHistory) = (null, false);
            return false;
        }

        foreach (var entry in open.EntriesSinceKnown)
        {
            _inventory.Apply(entry);
            Availability.Publish(entry, _inventory);
            listener.Raise(new LaneEvent(LaneEventKind.CaughtUp, 0, entry));
        }

        Settings = _inventory.Settings;
        if (_inventory.Version == open.Version && _inventory.Settings.SettingsVersion == open.SettingsVersion)
            return true;
        Drop();
        return false;
    }

    /// <summary>
    /// Takes over a batch of this lane, whose changes the decision applied already. Never throws: the batch is
    /// committed, and its callers must hear that whatever breaks here.
    /// </summary>
    /// <param name="commands">Commands of the batch.</param>
    /// <param name="entry">What was committed.</param>
    /// <param name="clock">The journal's time.</param>
    /// <param name="freshSince">Timestamp at which no other node can have written.</param>
    public void Advance(int commands, LogEntry entry, JournalClock clock, long freshSince)
    {
        try
        {
            _inventory!.Advance(entry);
            Settings = _inventory.Settings;
            Availability.Publish(entry, _inventory);
            Availability.MarkFresh(clock, freshSince);
        }
        catch (Exception exception)
        {
            Drop();
            listener.Raise(new LaneEvent(LaneEventKind.Defect, commands, entry, exception));
            return;
        }

        listener.Raise(new LaneEvent(LaneEventKind.Committed, commands, entry)
        {
            Took = time.GetElapsedTime(freshSince),
        });
    }
}

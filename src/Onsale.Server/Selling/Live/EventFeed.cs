using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server.Selling.Live;

/// <summary>
/// One event's feed on this node. A single loop turns what the lane has committed into at most ten messages a second,
/// each written once, and gives every newcomer its beginning as of the version of the last message: what follows builds
/// on exactly that.
/// </summary>
internal sealed class EventFeed(
    Guid eventId, EventLanes lanes, SendingThreads threads, LiveMetrics metrics, LiveOptions options, TimeProvider time,
    ILogger logger)
    : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly FrameRing _ring = new();
    private readonly LiveConnectionList _watchers = new();
    private readonly List<LiveConnection> _joining = [];
    private readonly RemoteViewerCounts _otherNodes = new(time);
    private readonly long _tendTicks = (long)(options.KeepAliveSeconds * time.TimestampFrequency);
    private EventSettings? _settings;
    private long _version = -1;
    private long _dirtySince;
    private long _viewersAt;
    private int _viewers = -1;
    private bool _hasNewcomers;
    private byte[] _announcement = [];
    private byte[] _announced = [];
    private bool _hasUninformed;
    private long _announcedAt;

    /// <summary>Watchers at this node.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _watchers.Count;
        }
    }

    public LiveConnection Join(ILiveTransport transport, long? since)
    {
        var watcher = new LiveConnection(this, transport, _ring, metrics, since, time, logger)
        {
            TendAt = time.GetTimestamp() + _tendTicks,
        };
        lock (_gate)
        {
            _watchers.Add(watcher);
            _joining.Add(watcher);
        }

        Wake();
        return watcher;
    }

    /// <summary>Ends watching, if it has not ended yet; afterwards nothing touches the connection any more.</summary>
    public async Task LeaveAsync(LiveConnection watcher)
    {
        watcher.End(WatchEnd.Left);
        lock (_gate)
            _watchers.Remove(watcher);
        await watcher.Ended;
    }

    /// <summary>The lane has committed or taken something in.</summary>
    public void MarkChanged()
    {
        Interlocked.CompareExchange(ref _dirtySince, time.GetTimestamp(), 0);
        Wake();
    }

    /// <summary>
    /// A message of another module, for all who watch and who come later; the same again is not sent.
    /// </summary>
    public void Announce(byte[] message)
    {
        if (Volatile.Read(ref _announcement).AsSpan().SequenceEqual(message))
            return;
        Volatile.Write(ref _announcement, message);
        Wake();
    }

    /// <summary>So many watch at another node.</summary>
    public void SetOthers(Guid nodeId, int count) => _otherNodes.Set(nodeId, count);

    public void EndAll(WatchEnd end)
    {
        foreach (var watcher in Everybody())
            watcher.End(end);
    }

    /// <summary>Works until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var pace = new FeedPace(time);
        while (!stopping.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            if (await TryStepAsync() && pace.RestAfter(began) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WaitAsync(stopping);
        }
    }

    public void Dispose() => _wake.Dispose();

    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // Another thread woke it in between, or the feed has ended.
        }
    }

    /// <summary>
    /// Until something changes, or it is time to look at the journal for changes that no message reported.
    /// </summary>
    private async Task WaitAsync(CancellationToken stopping)
    {
        try
        {
            await _wake.WaitAsync(TimeSpan.FromMilliseconds(LiveLimits.CatchUpMilliseconds), stopping);
        }
        catch (OperationCanceledException)
        {
            // The loop's condition ends it.
        }
    }

    /// <summary>Whether there was something to say, or an attempt that must not be repeated at once.</summary>
    private async Task<bool> TryStepAsync()
    {
        try
        {
            return await StepAsync();
        }
        catch (Exception exception)
        {
            // A defect; the connections of this event must not stay without messages for good.
            LiveLog.FeedFailed(logger, exception, eventId);
            return true;
        }
    }

    private async Task<bool> StepAsync()
    {
        var (lane, newcomers) = await ReadAsync();
        if (lane is null)
            return true; // the journal is away; newcomers wait for it
        var dirtySince = Interlocked.Exchange(ref _dirtySince, 0);
        var joining = TakeJoining(newcomers);

        var settings = lane.Settings!;
        var known = joining.Select(watcher => watcher.Since ?? -1).Append(_version).Where(since => since >= 0);
        var (snapshot, changes) = lane.Availability.Capture(known);
        var hasNews = AddFrames(snapshot, changes, settings);
        Welcome(joining, snapshot, changes, settings);
        AddAnnouncement();
        AddViewers();
        await KickAllAsync();
        if (hasNews && dirtySince != 0)
            metrics.Delay(time.GetElapsedTime(dirtySince));
        return hasNews || joining.Count > 0;
    }

    /// <summary>
    /// The lane, not older than what that many newcomers, who came first, have seen, at another node perhaps.
    /// </summary>
    private async Task<(EventLane? Lane, int Newcomers)> ReadAsync()
    {
        int newcomers;
        long newest;
        lock (_gate)
            (newcomers, newest) = (_joining.Count, _joining.Max(watcher => watcher.Since) ?? -1);
        var (lane, _) = await lanes.ReadAsync(eventId);
        if (lane is not null && lane.Availability.Version < newest)
            await lanes.CatchUpAsync(eventId);
        return (lane, newcomers);
    }

    /// <summary>
    /// Those the lane was read for. Who has come since may have seen more than it shows, and is next: its coming has
    /// woken the loop again.
    /// </summary>
    private List<LiveConnection> TakeJoining(int count)
    {
        lock (_gate)
        {
            var taken = _joining.GetRange(0, count);
            _joining.RemoveRange(0, count);
            return taken;
        }
    }

    private bool AddFrames(
        AvailabilitySnapshot snapshot, IReadOnlyDictionary<long, AvailabilityChanges> changes, EventSettings settings)
    {
        var hasNews = _version >= 0 && snapshot.Version != _version;
        if (hasNews)
        {
            _ring.Add(changes.TryGetValue(_version, out var since)
                ? LiveFrame.Changes(since, settings)
                : LiveFrame.Snapshot(snapshot, settings));
        }

        if (_settings is not null && settings.SettingsVersion != _settings.SettingsVersion)
            _ring.Add(LiveFrame.Event(settings));
        (_version, _settings) = (snapshot.Version, settings);
        return hasNews;
    }

    private void Welcome(
        List<LiveConnection> joining, AvailabilitySnapshot snapshot,
        IReadOnlyDictionary<long, AvailabilityChanges> changes,
        EventSettings settings)
    {
        if (joining.Count == 0)
            return;
        // A thousand that come back after the same cut share one message.
        var beginnings = new Dictionary<long, LiveFrame>();
        LiveFrame? whole = null;
        foreach (var watcher in joining)
        {
            LiveFrame first;
            if (watcher.Since is { } since && changes.TryGetValue(since, out var missed))
            {
                if (!beginnings.TryGetValue(since, out first!))
                    beginnings.Add(since, first = LiveFrame.Changes(missed, settings));
            }
            else
            {
                first = whole ??= LiveFrame.Snapshot(snapshot, settings);
            }

            if (watcher.Since is not null)
                metrics.Recovered(onlyMissed: first != whole);
            watcher.Begin(first, _ring.Next);
        }

        (_hasNewcomers, _hasUninformed) = (true, true);
    }

    /// <summary>After the newcomers' beginnings too.</summary>
    private void AddAnnouncement()
    {
        var message = Volatile.Read(ref _announcement);
        if (message.Length == 0 || (ReferenceEquals(message, _announced) && !_hasUninformed)
            || time.GetElapsedTime(_announcedAt).TotalMilliseconds < LiveLimits.MinAnnouncementMilliseconds)
            return;
        (_announced, _announcedAt, _hasUninformed) = (message, time.GetTimestamp(), false);
        _ring.Add(LiveFrame.Of(message));
    }

    /// <summary>
    /// After the newcomers' beginnings: they hear it too, also when their coming did not change the number.
    /// </summary>
    private void AddViewers()
    {
        if (time.GetElapsedTime(_viewersAt).TotalMilliseconds < LiveLimits.ViewersMilliseconds)
            return;
        var viewers = Count + _otherNodes.Sum();
        if (viewers == _viewers && !_hasNewcomers)
            return;
        (_viewers, _viewersAt, _hasNewcomers) = (viewers, time.GetTimestamp(), false);
        _ring.Add(LiveFrame.Viewers(viewers));
    }

    private Task KickAllAsync()
    {
        var watchers = Everybody();
        if (watchers.Length >= LiveLimits.MinWatchersOnOwnThreads)
            return threads.ForEachAsync(watchers, Kick);
        foreach (var watcher in watchers)
            Kick(watcher);
        return Task.CompletedTask;
    }

    private void Kick(LiveConnection watcher)
    {
        var now = time.GetTimestamp();
        if (now < watcher.TendAt)
        {
            watcher.Kick();
            return;
        }

        // Each by its own time: ten thousand at once would delay what they are sent.
        watcher.TendAt = now + _tendTicks;
        watcher.Tend();
    }

    private LiveConnection[] Everybody()
    {
        lock (_gate)
            return _watchers.ToArray();
    }
}

using Onsale.Inventory;
using Onsale.Server.Inventory;

namespace Onsale.Server.Live;

/// <summary>
/// One event's feed on this node. A single loop turns what the lane has committed into at most ten messages a second,
/// each written once, and gives every newcomer its beginning as of the version of the last message: what follows builds
/// on exactly that.
/// </summary>
internal sealed class EventFeed(Guid eventId, EventLanes lanes, LiveMetrics metrics, TimeProvider time) : IDisposable
{
    private const int MinWatchersAPart = 512;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly FrameRing _ring = new();
    private readonly List<Watcher> _watchers = [];
    private readonly Dictionary<Guid, (int Count, long At)> _otherNodes = [];
    private List<Watcher> _joining = [];
    private EventSettings? _settings;
    private long _version = -1;
    private long _dirtySince;
    private long _viewersAt;
    private long _pingedAt = time.GetTimestamp();
    private int _viewers = -1;

    /// <summary>Watchers at this node.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _watchers.Count + _joining.Count;
        }
    }

    public Watcher Join(ILiveTransport transport, long? since)
    {
        var watcher = new Watcher(transport, _ring, metrics, since);
        lock (_gate)
            _joining.Add(watcher);
        Wake();
        return watcher;
    }

    public void Leave(Watcher watcher)
    {
        lock (_gate)
        {
            if (!_joining.Remove(watcher))
                _watchers.Remove(watcher);
        }
    }

    /// <summary>The lane has committed or taken something in.</summary>
    public void MarkChanged()
    {
        Interlocked.CompareExchange(ref _dirtySince, time.GetTimestamp(), 0);
        Wake();
    }

    /// <summary>So many watch at another node.</summary>
    public void SetOthers(Guid nodeId, int count)
    {
        lock (_gate)
            _otherNodes[nodeId] = (count, time.GetTimestamp());
    }

    public void DropAll(DropReason reason)
    {
        foreach (var watcher in Everybody())
            watcher.Drop(reason);
    }

    /// <summary>Works until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            await StepAsync();
            var rest = TimeSpan.FromMilliseconds(LiveLimits.MinFrameMilliseconds) - time.GetElapsedTime(began);
            if (rest > TimeSpan.Zero)
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
            // Somebody else woke it in between, or nobody watches any more.
        }
    }

    /// <summary>Until something changes, or it is time to look at the journal for changes nobody told us of.</summary>
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

    private async Task StepAsync()
    {
        var (lane, _) = await lanes.ReadAsync(eventId);
        if (lane is null)
            return; // the journal is away; newcomers wait for it
        var dirtySince = Interlocked.Exchange(ref _dirtySince, 0);
        List<Watcher> joining;
        lock (_gate)
            (joining, _joining) = (_joining, []);

        var settings = lane.Settings!;
        var (snapshot, changes) = lane.Board.Capture(
            joining.Select(watcher => watcher.Since).Append(_version).Where(since => since >= 0).Select(since => since!.Value));
        var hasNews = AddFrames(snapshot, changes, settings);
        Welcome(joining, snapshot, changes, settings);
        KickAll();
        if (hasNews && dirtySince != 0)
            metrics.Delay(time.GetElapsedTime(dirtySince));
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
        AddViewers();
        return hasNews;
    }

    private void AddViewers()
    {
        if (time.GetElapsedTime(_viewersAt).TotalMilliseconds < LiveLimits.ViewersMilliseconds)
            return;
        var viewers = Count;
        lock (_gate)
        {
            viewers += _otherNodes.Values
                .Where(node => time.GetElapsedTime(node.At).TotalSeconds < LiveLimits.MaxViewersAgeSeconds)
                .Sum(node => node.Count);
        }

        if (viewers == _viewers)
            return;
        (_viewers, _viewersAt) = (viewers, time.GetTimestamp());
        _ring.Add(LiveFrame.Viewers(viewers));
    }

    private void Welcome(
        List<Watcher> joining, AvailabilitySnapshot snapshot, IReadOnlyDictionary<long, AvailabilityChanges> changes,
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

        lock (_gate)
            _watchers.AddRange(joining.Where(watcher => !watcher.HasEnded));
    }

    private void KickAll()
    {
        var watchers = Everybody();
        var ping = time.GetElapsedTime(_pingedAt).TotalSeconds >= LiveLimits.KeepAliveSeconds;
        if (ping)
            _pingedAt = time.GetTimestamp();
        if (watchers.Count < MinWatchersAPart)
        {
            foreach (var watcher in watchers)
                Kick(watcher, ping);
            return;
        }

        Parallel.ForEach(watchers, watcher => Kick(watcher, ping));
    }

    private void Kick(Watcher watcher, bool ping)
    {
        // One whose connection takes nothing any more cannot notice by itself how far it has fallen behind.
        if (watcher.IsLost)
        {
            metrics.Dropped(DropReason.TooSlow);
            watcher.Drop(DropReason.TooSlow);
        }
        else if (ping)
        {
            watcher.Ping();
        }
        else
        {
            watcher.Kick();
        }
    }

    private List<Watcher> Everybody()
    {
        lock (_gate)
            return [.. _watchers];
    }
}

using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Selling.Live;

/// <summary>
/// All feeds of this node: counts who is connected, tells the feeds of commits, and the other nodes too.
/// </summary>
internal sealed class LiveHub : IDisposable
{
    private readonly ConcurrentDictionary<Guid, FeedHost> _feeds = new();
    private readonly ConcurrentDictionary<UInt128, int> _addresses = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SendingThreads _threads = new();
    private readonly Guid _nodeId;
    private readonly EventLanes _lanes;
    private readonly INodeBus _bus;
    private readonly LiveMetrics _metrics;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveHub> _logger;
    private readonly CancellationTokenRegistration _draining;
    private Task _run = Task.CompletedTask;
    private int _connections;
    private volatile bool _isEnding;

    public LiveHub(
        EventLanes lanes, INodeBus bus, LiveMetrics metrics, IOptions<LiveOptions> options, TimeProvider time,
        DrainService draining, ILogger<LiveHub> logger)
    {
        (_lanes, _bus, _metrics, _options, _time) = (lanes, bus, metrics, options.Value, time);
        _logger = logger;
        _nodeId = Guid.CreateVersion7(time.GetUtcNow());
        _draining = draining.Begun.Register(EndAll);
    }

    /// <summary>Connections of this node.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Watchers of an event at this node.</summary>
    public int CountOf(Guid eventId) => _feeds.TryGetValue(eventId, out var running) ? running.Feed.Count : 0;

    /// <summary>Takes a place for a connection; false: the node or the address has too many.</summary>
    public bool TryEnter(IPAddress? address)
    {
        // Whom a rate limit counts as one caller is one here too: an IPv6 caller owns a whole network.
        var partition = AddressRange.Of(address);
        var all = Interlocked.Increment(ref _connections);
        var ofAddress = _addresses.AddOrUpdate(partition, 1, (_, count) => count + 1);
        if (all <= _options.MaxConnections && ofAddress <= _options.MaxConnectionsPerAddress)
            return true;
        _metrics.Refused();
        Exit(address);
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Exit(IPAddress? address)
    {
        var partition = AddressRange.Of(address);
        Interlocked.Decrement(ref _connections);
        while (_addresses.TryGetValue(partition, out var count))
        {
            var isDone = count <= 1
                ? _addresses.TryRemove(KeyValuePair.Create(partition, count))
                : _addresses.TryUpdate(partition, count - 1, count);
            if (isDone)
                return;
        }
    }

    /// <summary>Starts watching an event, from a version on or from the beginning.</summary>
    public LiveConnection Join(Guid eventId, ILiveTransport transport, long? since)
    {
        while (true)
        {
            var running = _feeds.GetOrAdd(eventId, id => new FeedHost(
                new EventFeed(id, _lanes, _threads, _metrics, _options, _time, _logger)));
            if (running.TryJoin(transport, since) is { } watcher)
            {
                // After it joined: whoever ends all either sees it or was here before.
                if (_isEnding)
                    watcher.End(WatchEnd.Stopping);
                return watcher;
            }

            _feeds.TryRemove(KeyValuePair.Create(eventId, running));
        }
    }

    /// <summary>Listens to the lanes and to the other nodes. The bus may be away.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _lanes.Changed += OnChanged;
        _run = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Ends all watching and all feeds.</summary>
    public async Task StopAsync()
    {
        EndAll();
        await _stopping.CancelAsync();
        await _run;
        _lanes.Changed -= OnChanged;
        foreach (var (eventId, running) in _feeds)
        {
            if (_feeds.TryRemove(KeyValuePair.Create(eventId, running)))
                await running.StopAsync();
        }
    }

    public void Dispose()
    {
        _draining.Dispose();
        _stopping.Dispose();
        _threads.Dispose();
    }

    private async Task RunAsync()
    {
        using var subscription = _bus.Subscribe(OnMessage);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(LiveLimits.ViewersMilliseconds), _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
                TellViewers();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The program is stopping.
        }
        catch (Exception exception)
        {
            LiveLog.HubFailed(_logger, exception);
        }
    }

    /// <summary>Tells the other nodes how many watch here, and retires the feeds that nobody does.</summary>
    private void TellViewers()
    {
        foreach (var (eventId, running) in _feeds)
        {
            _bus.Publish(new ViewersMessage(eventId, _nodeId, running.Feed.Count));
            if (running.TryRetire())
                _feeds.TryRemove(KeyValuePair.Create(eventId, running));
        }
    }

    private void EndAll()
    {
        _isEnding = true;
        foreach (var running in _feeds.Values)
            running.Feed.EndAll(WatchEnd.Stopping);
    }

    private void OnChanged(Guid eventId, LaneEvent signal)
    {
        if (signal.Kind == LaneEventKind.Committed)
            _bus.Publish(new CommittedMessage(eventId, signal.Entry!.Version));
        if (_feeds.TryGetValue(eventId, out var running))
            running.Feed.MarkChanged();
    }

    private void OnMessage(NodeMessage message)
    {
        switch (message)
        {
            case CommittedMessage committed:
                _lanes.Wake(committed.EventId, committed.Version);
                break;
            case ViewersMessage viewers
                when viewers.NodeId != _nodeId && _feeds.TryGetValue(viewers.EventId, out var running):
                running.Feed.SetOthers(viewers.NodeId, viewers.Count);
                break;
        }
    }

    /// <summary>A feed and its loop, which runs while somebody watches.</summary>
    private sealed class FeedHost(EventFeed feed) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly CancellationTokenSource _stopping = new();
        private Task? _run;
        private bool _isRetired;

        public EventFeed Feed => feed;

        /// <summary>Null: it has been retired; make another.</summary>
        public LiveConnection? TryJoin(ILiveTransport transport, long? since)
        {
            lock (_gate)
            {
                if (_isRetired)
                    return null;
                _run ??= Task.Run(() => feed.RunAsync(_stopping.Token));
                return feed.Join(transport, since);
            }
        }

        /// <summary>True: nobody watches, and it has ended.</summary>
        public bool TryRetire()
        {
            lock (_gate)
            {
                if (feed.Count > 0)
                    return false;
                _isRetired = true;
                _stopping.Cancel();
                _ = _run?.ContinueWith(_ => Dispose(), TaskScheduler.Default);
                return true;
            }
        }

        public async Task StopAsync()
        {
            lock (_gate)
                _isRetired = true;
            await _stopping.CancelAsync();
            if (_run is not null)
                await _run;
            Dispose();
        }

        public void Dispose()
        {
            _stopping.Dispose();
            feed.Dispose();
        }
    }
}

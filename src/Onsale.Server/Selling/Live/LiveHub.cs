using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Cluster;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Selling.Live;

/// <summary>
/// All feeds of this node: counts the connections, notifies the feeds of commits, and exchanges viewer counts with the
/// other nodes.
/// </summary>
internal sealed class LiveHub : IDisposable
{
    private readonly ConcurrentDictionary<Guid, FeedHost> _feeds = new();
    private readonly ConcurrentDictionary<UInt128, int> _addresses = new();
    private readonly SendingThreads _threads = new();
    private readonly Guid _nodeId;
    private readonly EventLanes _lanes;
    private readonly INodeBus _bus;
    private readonly LiveMetrics _metrics;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveHub> _logger;
    private readonly CancellationTokenRegistration _draining;
    private IDisposable? _subscription;
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
                // Checked after joining: EndAll either sees this connection or has set the flag before.
                if (_isEnding)
                    watcher.End(WatchEnd.Stopping);
                return watcher;
            }

            _feeds.TryRemove(KeyValuePair.Create(eventId, running));
        }
    }

    /// <summary>
    /// Has everybody who watches an event at this node told something else, and whoever comes later: the latest counts.
    /// It is for the caller not to say too much.
    /// </summary>
    /// <param name="eventId">The event.</param>
    /// <param name="message">One object of JSON, with its <c>type</c>, without line breaks.</param>
    public void Announce(Guid eventId, byte[] message)
    {
        if (_feeds.TryGetValue(eventId, out var running))
            running.Feed.Announce(message);
    }

    /// <summary>Listens to the lanes and to the other nodes. The bus may be unavailable.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _lanes.Changed += OnChanged;
        _subscription = _bus.Subscribe(ViewersMessage.Topic, OnMessage);
        return Task.CompletedTask;
    }

    /// <summary>Ends all watching and all feeds.</summary>
    public async Task StopAsync()
    {
        EndAll();
        _subscription?.Dispose();
        _lanes.Changed -= OnChanged;
        foreach (var (eventId, running) in _feeds)
        {
            if (_feeds.TryRemove(KeyValuePair.Create(eventId, running)))
                await running.StopAsync();
        }
    }

    /// <summary>
    /// Tells the other nodes how many connections each event has here, and retires the feeds without any. Repeated by a
    /// background job.
    /// </summary>
    public Task PublishViewersAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (eventId, running) in _feeds)
        {
            _bus.Publish(new ViewersMessage(eventId, _nodeId, running.Feed.Count).Write());
            if (running.TryRetire())
                _feeds.TryRemove(KeyValuePair.Create(eventId, running));
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _draining.Dispose();
        _threads.Dispose();
    }

    private void EndAll()
    {
        _isEnding = true;
        foreach (var running in _feeds.Values)
            running.Feed.EndAll(WatchEnd.Stopping);
    }

    private void OnChanged(Guid eventId, LaneEvent signal)
    {
        if (_feeds.TryGetValue(eventId, out var running))
            running.Feed.MarkChanged();
    }

    private void OnMessage(NodeMessage message)
    {
        if (ViewersMessage.Read(message) is { } viewers && viewers.NodeId != _nodeId
            && _feeds.TryGetValue(viewers.EventId, out var running))
        {
            running.Feed.SetOthers(viewers.NodeId, viewers.Count);
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

        /// <summary>True: it has no connections, and has ended.</summary>
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

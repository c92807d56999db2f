using System.Net;

namespace Onsale.Bench.Load;

/// <summary>Many watchers of one event, served by one thread of their own.</summary>
internal sealed class FanOutCrowd : IAsyncDisposable
{
    private const int WatchersAnAddress = 250;
    private const int OpeningAtOnce = 64;
    private const int EventsAtOnce = 512;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly FanOutArrivals _arrivals;
    private readonly IPEndPoint _server;
    private readonly Guid _eventId;
    private readonly FanOutWatcher[] _watchers;
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _leaving = new();
    private readonly Task _run;
    private int _opened;
    private int _begun;

    private FanOutCrowd(
        Uri server, Guid eventId, int count, FanOutArrivals arrivals, CancellationToken cancellationToken)
    {
        (_arrivals, _eventId, _watchers) = (arrivals, eventId, new FanOutWatcher[count]);
        _server = new IPEndPoint(IPAddress.Loopback, server.Port);
        _run = Task.Factory.StartNew(
            () => Run(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>So many that have all had their first message.</summary>
    public static async Task<FanOutCrowd> GatherAsync(
        Uri server, Guid eventId, int count, FanOutArrivals arrivals, CancellationToken cancellationToken)
    {
        var crowd = new FanOutCrowd(server, eventId, count, arrivals, cancellationToken);
        await await Task.WhenAny(crowd._complete.Task, crowd._run);
        cancellationToken.ThrowIfCancellationRequested();
        return crowd;
    }

    /// <summary>Throws what went wrong with one of them, if anything did.</summary>
    public Task CheckAsync() => _run.IsFaulted ? _run : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _run;
        _leaving.Dispose();
    }

    private void Run(CancellationToken cancellationToken)
    {
        using var epoll = new Epoll(EventsAtOnce);
        var buffer = new byte[64 * 1024];
        try
        {
            while (!_leaving.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                while (_opened < _watchers.Length && _opened - _begun < OpeningAtOnce)
                    Open(epoll);
                var ready = epoll.Wait(Patience);
                for (var i = 0; i < ready; i++)
                    Receive(_watchers[epoll.Number(i)], ref buffer);
            }
        }
        finally
        {
            foreach (var watcher in _watchers.AsSpan(0, _opened))
                watcher.Dispose();
        }
    }

    private void Open(Epoll epoll)
    {
        var watcher = _watchers[_opened] = new FanOutWatcher(_arrivals);
        // As many addresses as the limit for one of them asks for: 127.0.0.2, 127.0.0.3 …
        watcher.Open(new IPAddress([127, 0, 0, (byte)(2 + (_opened / WatchersAnAddress))]), _server, _eventId);
        epoll.Watch(watcher.Descriptor, _opened++);
    }

    private void Receive(FanOutWatcher watcher, ref byte[] buffer)
    {
        var hadBegun = watcher.HasBegun;
        watcher.Receive(ref buffer);
        if (!hadBegun && watcher.HasBegun && ++_begun == _watchers.Length)
            _complete.TrySetResult();
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Onsale.Server.Selling.Live;

/// <summary>
/// Threads on which feeds with many watchers send. Ten thousand sends take a good part of a tenth of a second; on the
/// pool's threads, which are as many as there are processors, every request would wait for that long.
/// </summary>
internal sealed class SendingThreads : IDisposable
{
    private const int WatchersAtOnce = 64;

    private readonly BlockingCollection<Round> _rounds = [];
    private readonly Lazy<Thread[]> _threads;

    public SendingThreads() => _threads = new Lazy<Thread[]>(Start);

    /// <summary>Does something to all these watchers; completes when it is done to each.</summary>
    public Task ForEachAsync(LiveConnection[] watchers, Action<LiveConnection> action)
    {
        var round = new Round(watchers, action, _threads.Value.Length);
        foreach (var _ in _threads.Value)
            _rounds.Add(round);
        return round.Done;
    }

    public void Dispose()
    {
        _rounds.CompleteAdding();
        if (_threads.IsValueCreated)
        {
            foreach (var thread in _threads.Value)
                thread.Join();
        }

        _rounds.Dispose();
    }

    private Thread[] Start()
    {
        var threads = new Thread[Environment.ProcessorCount];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Run) { IsBackground = true, Name = "Onsale sending" };
            threads[i].UnsafeStart();
        }

        return threads;
    }

    private void Run()
    {
        while (TryWork())
        {
        }
    }

    /// <summary>
    /// A frame of its own for each round: a thread that waits for the next must not keep the last one's watchers alive.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryWork()
    {
        if (!_rounds.TryTake(out var round, Timeout.Infinite))
            return false;
        round.Work();
        return true;
    }

    /// <summary>Each thread takes the next few watchers until there are none left.</summary>
    private sealed class Round(LiveConnection[] watchers, Action<LiveConnection> action, int threads)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _next;
        private int _working = threads;

        public Task Done => _done.Task;

        public void Work()
        {
            try
            {
                int from;
                while ((from = Interlocked.Add(ref _next, WatchersAtOnce) - WatchersAtOnce) < watchers.Length)
                {
                    foreach (var watcher in watchers.AsSpan(from, Math.Min(WatchersAtOnce, watchers.Length - from)))
                        action(watcher);
                }
            }
            catch (Exception exception)
            {
                // A defect, which the feed that waits for this logs.
                _done.TrySetException(exception);
            }

            if (Interlocked.Decrement(ref _working) == 0)
                _done.TrySetResult();
        }
    }
}

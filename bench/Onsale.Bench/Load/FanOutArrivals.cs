using System.Diagnostics;

namespace Onsale.Bench.Load;

/// <summary>
/// When changes were asked for and when messages of them came. Watchers are all served by one thread, so its lock is
/// hardly ever waited for.
/// </summary>
internal sealed class FanOutArrivals
{
    private readonly Dictionary<(long From, long Version), List<long>> _messages = [];
    private readonly Dictionary<long, long> _asked = [];
    private readonly Lock _gate = new();

    /// <summary>Messages of changes that came.</summary>
    public long Changes { get; private set; }

    /// <summary>Other messages: beginnings and viewers.</summary>
    public long Others { get; private set; }

    public void Note(long from, long version, long now)
    {
        lock (_gate)
        {
            if (!_messages.TryGetValue((from, version), out var arrivals))
                _messages[(from, version)] = arrivals = new List<long>(16_384);
            arrivals.Add(now);
            Changes++;
        }
    }

    public void NoteOther()
    {
        lock (_gate)
            Others++;
    }

    /// <summary>The request that made a version was sent at a time.</summary>
    public void NoteAsked(long version, long at)
    {
        lock (_gate)
            _asked[version] = at;
    }

    /// <summary>Forgets what came until now.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _messages.Clear();
            _asked.Clear();
            (Changes, Others) = (0, 0);
        }
    }

    /// <summary>
    /// How long each change took to each watcher, from the sending of its request on. Of a message that carries several,
    /// each counts, so that what waited for the next message is not hidden by what came just before it.
    /// </summary>
    public LatencyHistogram Latencies()
    {
        var latencies = new LatencyHistogram();
        lock (_gate)
        {
            foreach (var ((from, version), arrivals) in _messages)
            {
                for (var one = from + 1; one <= version; one++)
                {
                    if (!_asked.TryGetValue(one, out var asked))
                        continue;
                    foreach (var at in arrivals)
                        latencies.Record(Stopwatch.GetElapsedTime(asked, at));
                }
            }
        }

        return latencies;
    }
}

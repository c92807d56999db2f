using System.Diagnostics;
using System.Text.Json;

namespace Onsale.Bench.Load;

/// <summary>A message of changes as the first watcher had it, and when each had it.</summary>
internal sealed class FanOutMessage(byte[] text, long from, long version)
{
    public ReadOnlySpan<byte> Text => text;

    /// <summary>The version that it builds on.</summary>
    public long From => from;

    public long Version => version;

    /// <summary>A timestamp for each watcher that has it.</summary>
    public List<long> Arrivals { get; } = new(16_384);
}

/// <summary>
/// When changes were asked for and when messages of them came. All watchers are served by one thread, so its lock is
/// hardly ever waited for.
/// </summary>
internal sealed class FanOutArrivals
{
    private readonly List<FanOutMessage> _messages = [];
    private readonly Dictionary<long, long> _asked = [];
    private readonly Lock _gate = new();

    /// <summary>Messages of changes that came to a watcher.</summary>
    public long Changes { get; private set; }

    /// <summary>
    /// A message of changes came. The first of its kind is read as JSON; of the others every byte is compared with it,
    /// which is the stricter test and the cheaper one.
    /// </summary>
    public FanOutMessage Note(ReadOnlySpan<byte> text, long now)
    {
        lock (_gate)
        {
            var message = Find(text);
            message.Arrivals.Add(now);
            Changes++;
            return message;
        }
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
            Changes = 0;
        }
    }

    /// <summary>
    /// How long each change took to each watcher, from the sending of its request on. Of a message that carries
    /// several, each counts, so that what waited for the next message is not hidden by what came just before it.
    /// </summary>
    public LatencyHistogram Latencies()
    {
        var latencies = new LatencyHistogram();
        lock (_gate)
        {
            foreach (var message in _messages)
            {
                for (var one = message.From + 1; one <= message.Version; one++)
                {
                    if (!_asked.TryGetValue(one, out var asked))
                        continue;
                    foreach (var at in message.Arrivals)
                        latencies.Record(Stopwatch.GetElapsedTime(asked, at));
                }
            }
        }

        return latencies;
    }

    private FanOutMessage Find(ReadOnlySpan<byte> text)
    {
        // The last is the one that most are just being sent.
        for (var i = _messages.Count - 1; i >= 0; i--)
        {
            if (text.SequenceEqual(_messages[i].Text))
                return _messages[i];
        }

        var reader = new Utf8JsonReader(text);
        using var json = JsonDocument.ParseValue(ref reader);
        var root = json.RootElement;
        var message = new FanOutMessage(
            text.ToArray(), root.GetProperty("from").GetInt64(), root.GetProperty("version").GetInt64());
        _messages.Add(message);
        return message;
    }
}

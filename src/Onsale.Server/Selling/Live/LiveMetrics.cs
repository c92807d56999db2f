using System.Diagnostics.Metrics;

namespace Onsale.Server.Selling.Live;

/// <summary>Meter <c>Onsale.Live</c>.</summary>
internal sealed class LiveMetrics
{
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _drops;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _recoveries;
    private readonly Histogram<double> _delay;
    private long _messages;

    public LiveMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Onsale.Live");
        _connections = meter.CreateUpDownCounter<long>(
            "onsale.live.connections", "{connection}", "Watchers connected.");
        // Observed when collected: a hundred thousand messages a second must not pay for a listener each.
        meter.CreateObservableCounter(
            "onsale.live.messages", () => Volatile.Read(ref _messages), "{message}", "Messages sent to watchers.");
        _drops = meter.CreateCounter<long>(
            "onsale.live.drops", "{connection}", "Live connections dropped because they fell behind or failed.");
        _refusals = meter.CreateCounter<long>(
            "onsale.live.refusals", "{connection}", "Connections refused at a limit.");
        _recoveries = meter.CreateCounter<long>("onsale.live.recoveries", "{connection}",
            "Watchers that came back with a version, by what they were given: only what they missed, or everything.");
        _delay = meter.CreateHistogram(
            "onsale.live.delay", "s", "Time from a commit to its message being handed to all watchers.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
            });
    }

    public void Connected(string transport) =>
        _connections.Add(1, KeyValuePair.Create("transport", (object?)transport));

    public void Disconnected(string transport) =>
        _connections.Add(-1, KeyValuePair.Create("transport", (object?)transport));

    public void Sent() => Interlocked.Increment(ref _messages);

    public void Dropped(WatchEnd reason) => _drops.Add(1, KeyValuePair.Create("reason", (object?)reason.ToString()));

    public void Refused() => _refusals.Add(1);

    public void Recovered(bool onlyMissed) =>
        _recoveries.Add(1, KeyValuePair.Create("with", (object?)(onlyMissed ? "changes" : "snapshot")));

    public void Delay(TimeSpan delay) => _delay.Record(delay.TotalSeconds);
}

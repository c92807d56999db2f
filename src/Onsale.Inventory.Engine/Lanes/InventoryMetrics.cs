using System.Diagnostics.Metrics;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>Meter <c>Onsale.Inventory</c>.</summary>
internal sealed class InventoryMetrics
{
    private readonly Counter<long> _commands;
    private readonly Counter<long> _refusedFromMemory;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _loads;
    private readonly Counter<long> _caughtUp;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<int> _sharedEvents;

    // Observed rather than added up by the exporter: an alert on a counter that must stay 0 needs the 0.
    private long _alarms;
    private long _unknownOutcomes;

    public InventoryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Onsale.Inventory");
        _commands = meter.CreateCounter<long>("onsale.inventory.commands", "{command}", "Commands decided.");
        _refusedFromMemory = meter.CreateCounter<long>("onsale.inventory.refused_from_memory", "{command}",
            "Holds of what is taken, refused without a batch.");
        _batches = meter.CreateCounter<long>("onsale.inventory.batches", "{batch}", "Batches committed.");
        meter.CreateObservableCounter("onsale.inventory.alarms", () => Volatile.Read(ref _alarms), "{alarm}",
            "Broken invariants: memory and database disagreed, or an assertion failed. Must stay 0.");
        meter.CreateObservableCounter(
            "onsale.inventory.unknown_outcomes", () => Volatile.Read(ref _unknownOutcomes), "{batch}",
            "Commits whose answer was lost and had to be looked up.");
        _retries = meter.CreateCounter<long>("onsale.inventory.retries", "{batch}", "Batches decided again.");
        _loads = meter.CreateCounter<long>("onsale.inventory.loads", "{event}", "Events loaded from the tables.");
        _caughtUp = meter.CreateCounter<long>(
            "onsale.inventory.caught_up", "{entry}", "Log entries taken in from other nodes.");
        _batchSize = meter.CreateHistogram("onsale.inventory.batch.commands", "{command}", "Commands a batch.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });
        _commitSeconds = meter.CreateHistogram("onsale.inventory.commit.duration", "s", "From a commit to its answer.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
            });
        _sharedEvents = meter.CreateHistogram("onsale.inventory.transaction.events", "{event}",
            "Events whose batches one shared transaction committed.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
    }

    /// <summary>A transaction wrote the batches of so many events.</summary>
    public void ObserveShared(int events) => _sharedEvents.Record(events);

    public void Observe(LaneEvent signal)
    {
        switch (signal.Kind)
        {
            case LaneEventKind.Committed:
                _commands.Add(signal.Commands);
                _batches.Add(1);
                _batchSize.Record(signal.Commands);
                _commitSeconds.Record(signal.Took.TotalSeconds);
                break;
            case LaneEventKind.NothingToWrite:
                _commands.Add(signal.Commands);
                break;
            case LaneEventKind.RefusedFromMemory:
                _refusedFromMemory.Add(1);
                break;
            case LaneEventKind.CaughtUp:
                _caughtUp.Add(1);
                break;
            case LaneEventKind.Loaded:
                _loads.Add(1);
                break;
            case LaneEventKind.Retrying:
                _retries.Add(1);
                break;
            case LaneEventKind.Unknown:
                Interlocked.Increment(ref _unknownOutcomes);
                break;
            case LaneEventKind.Mismatch or LaneEventKind.Defect or LaneEventKind.HistoryLost
                or LaneEventKind.ListenerFailed:
                Interlocked.Increment(ref _alarms);
                break;
        }
    }

    /// <summary>The audit found faults.</summary>
    public void Alarm() => Interlocked.Increment(ref _alarms);
}

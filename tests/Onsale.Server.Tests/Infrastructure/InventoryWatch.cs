using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>Counts what a node's inventory reports to its operators, from the moment this is made.</summary>
internal sealed class InventoryWatch : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    // Observed counters tell their sum since their node began: that of each instrument, and what it was at first.
    private readonly ConcurrentDictionary<Instrument, (long First, long Now)> _observed = new();

    public InventoryWatch(params IEnumerable<OnsaleNode> nodes)
    {
        var factories = nodes.Select(node => node.Services.GetRequiredService<IMeterFactory>()).ToHashSet();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope is IMeterFactory factory && factories.Contains(factory))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.IsObservable)
                _observed.AddOrUpdate(instrument, (value, value), (_, seen) => (seen.First, value));
            else
                _counts.AddOrUpdate(instrument.Name, value, (_, count) => count + value);
        });
        _listener.Start();
        _listener.RecordObservableInstruments();
    }

    /// <summary>Broken invariants: memory and database disagreed, or an assertion failed.</summary>
    public long Alarms => Count("alarms");

    /// <summary>Commits whose answer was lost and had to be looked up.</summary>
    public long UnknownOutcomes => Count("unknown_outcomes");

    public long Batches => Count("batches");

    /// <summary>
    /// Times the inventory asked the database anything: each is a batch with its commands, or a load.
    /// </summary>
    public long Looks => Count("commands") + Count("loads");

    public long Retries => Count("retries");

    private long Count(string name)
    {
        _listener.RecordObservableInstruments();
        return _counts.GetValueOrDefault($"onsale.inventory.{name}") + _observed
            .Where(one => one.Key.Name == $"onsale.inventory.{name}").Sum(one => one.Value.Now - one.Value.First);
    }

    public void Dispose() => _listener.Dispose();
}

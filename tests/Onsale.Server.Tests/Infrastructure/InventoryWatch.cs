using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>Counts what a node's inventory reports to its operators, from the moment this is made.</summary>
internal sealed class InventoryWatch : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public InventoryWatch(params IEnumerable<OnsaleNode> nodes)
    {
        var factories = nodes.Select(node => node.Services.GetRequiredService<IMeterFactory>()).ToHashSet();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope is IMeterFactory factory && factories.Contains(factory))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, by, _, _) =>
            _counts.AddOrUpdate(instrument.Name, by, (_, count) => count + by));
        _listener.Start();
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

    private long Count(string name) => _counts.GetValueOrDefault($"onsale.inventory.{name}");

    public void Dispose() => _listener.Dispose();
}

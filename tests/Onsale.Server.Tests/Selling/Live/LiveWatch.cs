using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Live;

/// <summary>Counts what a node's live feed reports to its operators, by instrument and label.</summary>
internal sealed class LiveWatch : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public LiveWatch(OnsaleNode node)
    {
        var factory = node.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Meter.Name == "Onsale.Live")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, by, tags, _) =>
        {
            var label = tags.Length == 0 ? "" : $" {tags[0].Value}";
            _counts.AddOrUpdate(instrument.Name["onsale.live.".Length..] + label, by, (_, count) => count + by);
        });
        _listener.Start();
    }

    /// <summary>Such as <c>drops TooSlow</c>.</summary>
    public long this[string name] => _counts.GetValueOrDefault(name);

    public void Dispose() => _listener.Dispose();
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Onsale.Platform.Telemetry;

/// <summary>
/// This program's meters, and a chosen few of the framework's, as Prometheus text (exposition format 0.0.4). Measuring
/// costs a lookup and an addition; the text is written only when it is asked for.
/// </summary>
internal sealed partial class PrometheusMetrics : IDisposable
{
    /// <summary>Of the framework, only what a dashboard shows: each instrument more costs every request.</summary>
    private static readonly Dictionary<string, string[]?> FrameworkInstruments = new(StringComparer.Ordinal)
    {
        ["Microsoft.AspNetCore.Hosting"] = ["http.server.request.duration"],
        ["Microsoft.AspNetCore.Server.Kestrel"] = ["kestrel.active_connections", "kestrel.rejected_connections"],
        ["System.Runtime"] = null,
        ["Npgsql"] = null,
    };

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _scraping = new();
    private readonly IMeterFactory _meters;
    private readonly ILogger<PrometheusMetrics> _logger;

    public PrometheusMetrics(IMeterFactory meters, ILogger<PrometheusMetrics> logger)
    {
        (_meters, _logger) = (meters, logger);
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, family) => Record(family, (double)value, tags));
        _listener.Start();
    }

    /// <summary>Everything measured until now.</summary>
    public string Write()
    {
        lock (_scraping)
        {
            foreach (var family in _families.Values)
                family.ForgetObserved();
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException exception)
            {
                // One broken gauge must not hide all others.
                LogBrokenGauge(exception);
            }

            var text = new StringBuilder(32 * 1024);
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
                family.Write(text);
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        // Another node in this process has its own meters: theirs are not ours to count.
        if (instrument.Meter.Scope is { } scope && !ReferenceEquals(scope, _meters))
            return;
        var isOurs = instrument.Meter.Name.StartsWith("Onsale.", StringComparison.Ordinal);
        if (!isOurs && (!FrameworkInstruments.TryGetValue(instrument.Meter.Name, out var chosen)
            || (chosen is not null && !chosen.Contains(instrument.Name, StringComparer.Ordinal))))
        {
            return;
        }

        var family = MetricFamily.Of(instrument, startsAtZero: isOurs);
        listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(family.Name, family));
    }

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(value, tags);

    [LoggerMessage(EventId = 9101, Level = LogLevel.Warning, Message = "A gauge could not be read")]
    private partial void LogBrokenGauge(Exception exception);
}

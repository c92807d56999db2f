using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Onsale.Platform.Telemetry;

/// <summary>What Prometheus calls a metric: one name and type, and a series for each set of labels.</summary>
internal sealed class MetricFamily
{
    /// <summary>
    /// Series of one metric; further label sets are counted together, so that no caller can grow memory.
    /// </summary>
    public const int MaxSeries = 1000;

    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries> _byTags = new(
        TagsComparer.Instance);
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries>
        .AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;

    // The same labels in another order are another key above, but the same series.
    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly string _type;
    private readonly string _help;
    private readonly double[]? _bounds;
    private readonly bool _isObserved;
    private readonly bool _isSet;
    private readonly bool _startsAtZero;

    private MetricFamily(
        string name, string type, string help, double[]? bounds, bool isObserved, bool isSet, bool startsAtZero)
    {
        (Name, _type, _help, _bounds) = (name, type, help, bounds);
        (_isObserved, _isSet, _startsAtZero) = (
            isObserved, isSet, startsAtZero && bounds is null && !isObserved && !isSet);
        _lookup = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    public string Name { get; }

    public static MetricFamily Of(Instrument instrument, bool startsAtZero)
    {
        var kind = instrument.GetType().Name;
        var isObserved = instrument.IsObservable;
        var isHistogram = kind.StartsWith("Histogram", StringComparison.Ordinal);
        var isCounter = kind.StartsWith("Counter", StringComparison.Ordinal)
            || kind.StartsWith("ObservableCounter", StringComparison.Ordinal);
        var isSet = isObserved || kind.StartsWith("Gauge", StringComparison.Ordinal);
        var type = isHistogram ? "histogram" : isCounter ? "counter" : "gauge";
        return new MetricFamily(
            MetricNames.OfMetric(instrument.Name, instrument.Unit, isCounter), type, instrument.Description ?? "",
            isHistogram ? BoundsOf(instrument) : null, isObserved, isSet, startsAtZero);
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_lookup.TryGetValue(tags, out var series))
            series = Add(tags);
        if (_bounds is not null)
            series.Observe(value, _bounds);
        else if (_isSet)
            series.Set(value);
        else
            series.Add(value);
    }

    /// <summary>Before gauges are asked anew: what they no longer report is gone.</summary>
    public void ForgetObserved()
    {
        if (!_isObserved)
            return;
        foreach (var series in _series.Values)
            series.IsCurrent = false;
    }

    public void Write(StringBuilder text)
    {
        var series = _series.Where(pair => pair.Value.IsCurrent)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ToList();
        if (series.Count == 0 && !_startsAtZero)
            return;
        if (_help.Length > 0)
            text.Append("# HELP ").Append(Name).Append(' ').Append(MetricNames.EscapeHelp(_help)).Append('\n');
        text.Append("# TYPE ").Append(Name).Append(' ').Append(_type).Append('\n');
        // An alert on a counter that must stay 0 needs the 0.
        if (series.Count == 0)
            text.Append(Name).Append(" 0\n");
        foreach (var (labels, one) in series)
        {
            if (_bounds is null)
                AppendSample(text, Name, labels, one.Value);
            else
                WriteHistogram(text, labels, one);
        }
    }

    private void WriteHistogram(StringBuilder text, string labels, MetricSeries series)
    {
        var counts = series.Counts();
        var cumulative = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            cumulative += counts[i];
            var bound = i < _bounds!.Length ? _bounds[i] : double.PositiveInfinity;
            var le = $"le=\"{MetricNames.Number(bound)}\"";
            AppendSample(text, $"{Name}_bucket", labels.Length == 0 ? le : $"{labels},{le}", cumulative);
        }

        AppendSample(text, $"{Name}_sum", labels, series.Value);
        AppendSample(text, $"{Name}_count", labels, cumulative);
    }

    private static void AppendSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(MetricNames.Number(value)).Append('\n');
    }

    private MetricSeries Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_byTags.Count >= MaxSeries)
            return _series.GetOrAdd("otel_metric_overflow=\"true\"", _ => New());
        var series = _series.GetOrAdd(MetricNames.Labels(tags), _ => New());
        _byTags.TryAdd(tags.ToArray(), series);
        return series;
    }

    private MetricSeries New() => new(_bounds is null ? 0 : _bounds.Length + 1);

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultBounds,
    };

    private sealed class TagsComparer : IEqualityComparer<KeyValuePair<string, object?>[]>,
        IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, KeyValuePair<string, object?>[]>
    {
        public static readonly TagsComparer Instance = new();

        public bool Equals(KeyValuePair<string, object?>[]? x, KeyValuePair<string, object?>[]? y) =>
            Equals(x.AsSpan(), y!);

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, KeyValuePair<string, object?>[] other)
        {
            if (alternate.Length != other.Length)
                return false;
            for (var i = 0; i < alternate.Length; i++)
            {
                if (!alternate[i].Key.Equals(other[i].Key, StringComparison.Ordinal)
                    || !Equals(alternate[i].Value, other[i].Value))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(KeyValuePair<string, object?>[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
        {
            var hash = new HashCode();
            foreach (var tag in alternate)
                hash.Add(tag.Value);
            return hash.ToHashCode();
        }

        public KeyValuePair<string, object?>[] Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) =>
            alternate.ToArray();
    }
}

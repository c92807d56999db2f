namespace Onsale.Platform.Telemetry;

/// <summary>The numbers of one series, written without a lock.</summary>
internal sealed class MetricSeries(int buckets)
{
    private readonly long[] _counts = new long[buckets];
    private double _value;

    /// <summary>Of a histogram, the sum.</summary>
    public double Value => Volatile.Read(ref _value);

    public bool IsCurrent { get; set; } = true;

    public long[] Counts() => [.. _counts.Select((_, i) => Volatile.Read(ref _counts[i]))];

    public void Add(double value)
    {
        var seen = Volatile.Read(ref _value);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _value, seen + value, seen);
            if (before.Equals(seen))
                return;
            seen = before;
        }
    }

    public void Set(double value)
    {
        Volatile.Write(ref _value, value);
        IsCurrent = true;
    }

    public void Observe(double value, double[] bounds)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Add(value);
    }
}

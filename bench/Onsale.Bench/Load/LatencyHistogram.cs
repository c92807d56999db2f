using System.Numerics;

namespace Onsale.Bench.Load;

/// <summary>
/// Counts latencies in buckets whose width grows with the value, so that any percentile is exact to three significant
/// digits from a microsecond to an hour (the layout of HdrHistogram, hdrhistogram.org). Recording is one atomic
/// increment.
/// </summary>
internal sealed class LatencyHistogram
{
    // 2,048 steps for the first power of two and 1,024 for each further one: a step is at most 0.1 % of its value.
    private const int StepBits = 11;
    private const int Steps = 1 << StepBits;
    private const int MaxMicrosecondBits = 32;

    private readonly long[] _counts = new long[((MaxMicrosecondBits - StepBits) * (Steps / 2)) + Steps];

    public long Count => _counts.Sum();

    public void Record(TimeSpan latency) =>
        Interlocked.Increment(ref _counts[IndexOf(Math.Clamp((long)latency.TotalMicroseconds, 0, uint.MaxValue))]);

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
    }

    /// <summary>The latency that so many percent of all stay at or below; zero when there are none.</summary>
    public TimeSpan Percentile(double percent)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(Count * percent / 100));
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return TimeSpan.FromMicroseconds(HighestOf(i));
        }

        return TimeSpan.Zero;
    }

    private static int IndexOf(long microseconds)
    {
        var shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount((ulong)microseconds) - StepBits);
        return (shift * (Steps / 2)) + (int)(microseconds >> shift);
    }

    private static long HighestOf(int index)
    {
        var shift = Math.Max(0, (index / (Steps / 2)) - 1);
        var step = (long)index - (shift * (Steps / 2));
        return ((step + 1) << shift) - 1;
    }
}

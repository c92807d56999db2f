using System.Collections.Concurrent;

namespace Onsale.Platform.Work;

/// <summary>
/// How often addresses do something: a count that halves with each half-minute, about what they did in the last minute.
/// At most so many addresses; who has done nothing for a while is the same as who was never here.
/// </summary>
internal sealed class WorkRates(TimeProvider time)
{
    internal const int MaxAddresses = 100_000;

    /// <summary>So that a steady rate of n a minute shows as about n.</summary>
    private const double HalfLifeSeconds = 60 * 0.693;

    private readonly ConcurrentDictionary<(WorkAction, UInt128), Rate> _rates = new();

    /// <summary>What an address has done lately, this one included.</summary>
    public double Add(WorkAction action, UInt128 address)
    {
        var now = time.GetTimestamp();
        if (_rates.Count >= MaxAddresses)
            ForgetCalm(now);
        // Past the bound newcomers share a rate: they are asked for work rather than let through unseen.
        var key = _rates.Count >= MaxAddresses && !_rates.ContainsKey((action, address))
            ? (action, UInt128.MaxValue)
            : (action, address);
        return _rates.GetOrAdd(key, _ => new Rate()).Add(now, time, 1);
    }

    /// <summary>What an address has done lately.</summary>
    public double Of(WorkAction action, UInt128 address) =>
        _rates.TryGetValue((action, address), out var rate) ? rate.Add(time.GetTimestamp(), time, 0) : 0;

    private void ForgetCalm(long now)
    {
        foreach (var (key, rate) in _rates)
        {
            if (rate.Add(now, time, 0) < 0.5)
                _rates.TryRemove(key, out _);
        }
    }

    private sealed class Rate
    {
        private readonly Lock _gate = new();
        private double _count;
        private long _at;

        public double Add(long now, TimeProvider time, double more)
        {
            lock (_gate)
            {
                var elapsed = Math.Max(0, time.GetElapsedTime(_at, now).TotalSeconds);
                _count = (_count == 0 ? 0 : _count * Math.Pow(0.5, elapsed / HalfLifeSeconds)) + more;
                _at = now;
                return _count;
            }
        }
    }
}

using System.Collections.Concurrent;

namespace Onsale.Platform.RateLimits;

/// <summary>
/// One policy's budgets by partition, as the generic cell rate algorithm (ITU-T I.371): a partition is one number, the
/// instant at which its budget is whole again.
/// </summary>
/// <remarks>
/// The framework's limiters answer only yes or no, cost an allocation for statistics, and do not tell the time to the
/// next permit, which the RateLimit field needs. Here a decision is one compare-and-swap and allocates nothing. A
/// partition whose budget is whole is the same as none, so idle ones are dropped without changing any decision.
/// </remarks>
internal sealed class RateLimiter(RateLimitRule rule, TimeProvider time, int maxPartitions = RateLimiter.MaxPartitions)
{
    /// <summary>Partitions of one policy, about 100 bytes each.</summary>
    public const int MaxPartitions = 200_000;

    private const long Dropped = long.MaxValue;

    private readonly ConcurrentDictionary<UInt128, Partition> _partitions = new();

    // When every place is taken by busy callers, newcomers share one budget: memory stays bounded under any attack.
    private readonly Partition _overflow = new();
    private readonly long _window = rule.WindowSeconds * time.TimestampFrequency;
    private readonly long _interval = Math.Max(1, rule.WindowSeconds * time.TimestampFrequency / rule.PermitLimit);
    private long _nextSweep = time.GetTimestamp();
    private int _count;
    private int _sweeping;

    public RateLimitRule Rule => rule;

    /// <summary>Partitions that have spent something lately.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Seconds until a permit can be taken; 0: now.</summary>
    public int SecondsToPermit(UInt128 key, double weight = 1)
    {
        var over = TicksSpent(key) + IntervalOf(weight) - _window;
        return over > 0 ? Seconds(over) : 0;
    }

    /// <summary>Until the whole budget is back.</summary>
    public TimeSpan Spent(UInt128 key) => time.GetElapsedTime(0, TicksSpent(key));

    /// <summary>More is spent than was taken here.</summary>
    public void Learn(UInt128 key, TimeSpan spent)
    {
        var now = time.GetTimestamp();
        var at = now + (long)(spent.TotalSeconds * time.TimestampFrequency);
        while (true)
        {
            if (!_partitions.TryGetValue(key, out var partition))
                partition = Add(key, now);
            var whole = Volatile.Read(ref partition.WholeAt);
            // What all share when there are too many callers is nobody's own.
            if (ReferenceEquals(partition, _overflow) || (whole != Dropped && whole >= at)
                || (whole != Dropped && Interlocked.CompareExchange(ref partition.WholeAt, at, whole) == whole))
            {
                return;
            }
        }
    }

    /// <summary>The decision that follows from what is spent over all nodes.</summary>
    public RateLimitDecision Decide(bool isAllowed, TimeSpan spent, double weight = 1)
    {
        var ticks = (long)(spent.TotalSeconds * time.TimestampFrequency);
        var interval = IntervalOf(weight);
        return new RateLimitDecision(
            isAllowed, Math.Max(0, (int)((_window - ticks) / interval)), Seconds(ticks),
            isAllowed ? 0 : Math.Max(1, Seconds(ticks + interval - _window)));
    }

    /// <summary>Takes one permit.</summary>
    /// <param name="key">Whose budget.</param>
    /// <param name="weight">What it costs, in permits; never more than the whole budget.</param>
    public RateLimitDecision Take(UInt128 key, double weight = 1)
    {
        var interval = IntervalOf(weight);
        var now = time.GetTimestamp();
        while (true)
        {
            if (!_partitions.TryGetValue(key, out var partition))
                partition = Add(key, now);
            var whole = Volatile.Read(ref partition.WholeAt);
            if (whole == Dropped)
                continue;
            var next = Math.Max(whole, now) + interval;
            var spent = next - now;
            if (spent > _window)
                return new RateLimitDecision(Allowed: false, 0, Seconds(whole - now), Seconds(spent - _window));
            if (Interlocked.CompareExchange(ref partition.WholeAt, next, whole) == whole)
                return new RateLimitDecision(Allowed: true, (int)((_window - spent) / interval), Seconds(spent), 0);
        }
    }

    private long IntervalOf(double weight) =>
        weight == 1 ? _interval : Math.Clamp((long)(_interval * weight), 1, _window);

    private long TicksSpent(UInt128 key)
    {
        var now = time.GetTimestamp();
        return _partitions.TryGetValue(key, out var partition)
            && Volatile.Read(ref partition.WholeAt) is var whole && whole is not (Dropped or long.MinValue)
                ? Math.Max(whole - now, 0)
                : 0;
    }

    private int Seconds(long ticks) => (int)((ticks + time.TimestampFrequency - 1) / time.TimestampFrequency);

    private Partition Add(UInt128 key, long now)
    {
        if (now >= Volatile.Read(ref _nextSweep))
            Sweep(now);
        if (Volatile.Read(ref _count) >= maxPartitions)
            return _overflow;
        var added = new Partition();
        var partition = _partitions.GetOrAdd(key, added);
        if (ReferenceEquals(partition, added))
            Interlocked.Increment(ref _count);
        return partition;
    }

    private void Sweep(long now)
    {
        if (Interlocked.Exchange(ref _sweeping, 1) == 1)
            return;
        foreach (var (key, partition) in _partitions)
        {
            var whole = Volatile.Read(ref partition.WholeAt);
            if (whole > now || Interlocked.CompareExchange(ref partition.WholeAt, Dropped, whole) != whole)
                continue;
            _partitions.TryRemove(key, out _);
            Interlocked.Decrement(ref _count);
        }

        Volatile.Write(ref _nextSweep, now + Math.Max(_window, time.TimestampFrequency));
        Volatile.Write(ref _sweeping, 0);
    }

    private sealed class Partition
    {
        public long WholeAt = long.MinValue;
    }
}

/// <summary>The answer to one request.</summary>
/// <param name="Allowed">Whether it may go on.</param>
/// <param name="Remaining">Requests that could follow at once.</param>
/// <param name="ResetSeconds">Until the whole budget is back.</param>
/// <param name="RetryAfterSeconds">Until one more request is allowed; 0 when it is now.</param>
internal readonly record struct RateLimitDecision(bool Allowed, int Remaining, int ResetSeconds, int RetryAfterSeconds);

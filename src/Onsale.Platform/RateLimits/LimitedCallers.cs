using System.Collections.Concurrent;

namespace Onsale.Platform.RateLimits;

/// <summary>Somebody whom this node refused lately.</summary>
/// <param name="Policy">Whose budget was spent.</param>
/// <param name="Partition">An address range or a buyer.</param>
/// <param name="Refused">How often, since it was refused first.</param>
/// <param name="FirstAt">When first.</param>
/// <param name="LastAt">When last.</param>
internal sealed record LimitedCaller(
    RateLimitPolicy Policy, UInt128 Partition, long Refused, DateTimeOffset FirstAt, DateTimeOffset LastAt);

/// <summary>Whom this node refused in the last minutes, for operators; at most so many.</summary>
internal sealed class LimitedCallers(TimeProvider time)
{
    internal const int MaxCallers = 10_000;
    internal const int KeptMinutes = 15;

    private readonly ConcurrentDictionary<(RateLimitPolicy, UInt128), Entry> _callers = new();

    public void Note(RateLimitPolicy policy, UInt128 partition)
    {
        var now = time.GetUtcNow();
        if (!_callers.TryGetValue((policy, partition), out var entry))
        {
            if (_callers.Count >= MaxCallers)
                ForgetOld(now);
            if (_callers.Count >= MaxCallers)
                return;
            entry = _callers.GetOrAdd((policy, partition), _ => new Entry(now));
        }

        entry.Add(now);
    }

    /// <summary>The most refused first.</summary>
    public IReadOnlyList<LimitedCaller> Top(int count)
    {
        ForgetOld(time.GetUtcNow());
        return [.. _callers.Select(pair => pair.Value.Of(pair.Key.Item1, pair.Key.Item2))
            .OrderByDescending(caller => caller.Refused).ThenByDescending(caller => caller.LastAt).Take(count)];
    }

    private void ForgetOld(DateTimeOffset now)
    {
        foreach (var (key, entry) in _callers)
        {
            if (now - entry.LastAt > TimeSpan.FromMinutes(KeptMinutes))
                _callers.TryRemove(key, out _);
        }
    }

    private sealed class Entry(DateTimeOffset firstAt)
    {
        private long _lastTicks = firstAt.UtcTicks;
        private long _refused;

        public DateTimeOffset LastAt => new(Volatile.Read(ref _lastTicks), TimeSpan.Zero);

        public void Add(DateTimeOffset now)
        {
            Interlocked.Increment(ref _refused);
            Volatile.Write(ref _lastTicks, now.UtcTicks);
        }

        public LimitedCaller Of(RateLimitPolicy policy, UInt128 partition) =>
            new(policy, partition, Volatile.Read(ref _refused), firstAt, LastAt);
    }
}

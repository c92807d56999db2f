using System.Collections.Frozen;

namespace Onsale.Platform.RateLimits;

/// <summary>What an operator has set for one caller, until a time.</summary>
/// <param name="IsBlocked">Nothing is taken.</param>
/// <param name="Multiple">So many times the budget; 0: no limit.</param>
/// <param name="Until">When it ends.</param>
internal sealed record RateLimitOverride(bool IsBlocked, int Multiple, DateTimeOffset Until);

/// <summary>The overrides in force, in memory: a look costs nothing while there are none.</summary>
internal sealed class RateLimitOverrides(TimeProvider time)
{
    private volatile FrozenDictionary<(RateLimitPolicy, UInt128), RateLimitOverride>? _inForce;

    /// <summary>Replaces them all.</summary>
    public void Set(IReadOnlyDictionary<(RateLimitPolicy Policy, UInt128 Partition), RateLimitOverride> inForce) =>
        _inForce = inForce.Count == 0 ? null : inForce.ToFrozenDictionary();

    public RateLimitOverride? Find(RateLimitPolicy policy, UInt128 partition) =>
        _inForce is { } all && all.TryGetValue((policy, partition), out var found) && found.Until > time.GetUtcNow()
            ? found
            : null;
}

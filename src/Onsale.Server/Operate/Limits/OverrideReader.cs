using Onsale.Platform.RateLimits;

namespace Onsale.Server.Operate.Limits;

/// <summary>Brings what operators have set into this node's memory.</summary>
internal sealed class OverrideReader(OverrideStore store, RateLimitOverrides overrides)
{
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var inForce = new Dictionary<(RateLimitPolicy Policy, UInt128 Partition), RateLimitOverride>();
        foreach (var one in await store.InForceAsync(cancellationToken))
        {
            // Another version of the program may know more policies.
            if (Enum.TryParse<RateLimitPolicy>(one.Policy, ignoreCase: true, out var policy))
                inForce[(policy, one.Caller)] = new RateLimitOverride(one.IsBlocked, one.Multiple, one.Until);
        }

        overrides.Set(inForce);
    }
}

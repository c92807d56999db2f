using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Platform.RateLimits;

/// <summary>
/// The budgets of all policies. Each request's answer says what is left, in the fields of
/// draft-ietf-httpapi-ratelimit-headers-10: <c>RateLimit-Policy: "booking";q=30;w=10</c> and
/// <c>RateLimit: "booking";r=29;t=1</c>.
/// </summary>
internal sealed class RateLimitBudgets(
    IOptions<RateLimitOptions> options, SecurityEvents security, TimeProvider time)
{
    private readonly bool _enabled = options.Value.Enabled;

    private readonly Budget[] _budgets =
        [.. Enum.GetValues<RateLimitPolicy>().Select(policy => new Budget(policy, options.Value.Of(policy), time))];

    /// <summary>Takes one permit; null: there was one, else the refusal.</summary>
    /// <param name="context">Whose answer says what is left.</param>
    /// <param name="policy">The budgets to take it from.</param>
    /// <param name="partition">Whose budget.</param>
    public Problem? Take(HttpContext context, RateLimitPolicy policy, UInt128 partition)
    {
        if (!_enabled)
            return null;
        var budget = _budgets[(int)policy];
        var decision = budget.Limiter.Take(partition);
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = budget.PolicyField;
        headers["RateLimit"] = budget.Field(decision);
        if (decision.Allowed)
            return null;
        security.RateLimited(budget.Name, partition);
        return Refuse(budget.Limiter.Rule, decision);
    }

    private static Problem Refuse(RateLimitRule rule, RateLimitDecision decision) => new(
        StatusCodes.Status429TooManyRequests, "rate-limited",
        $"At most {rule.PermitLimit} requests in {rule.WindowSeconds} s are taken here. "
        + $"Try again in {decision.RetryAfterSeconds} s.")
    {
        RetryAfterSeconds = decision.RetryAfterSeconds,
    };

    private sealed class Budget(RateLimitPolicy policy, RateLimitRule rule, TimeProvider time)
    {
        private const int MaxCachedFields = 65_536;

        // Small budgets see the same few values again and again: their text is made once.
        private readonly string?[] _fields =
            (long)(rule.PermitLimit + 1) * (rule.WindowSeconds + 1) is var count and <= MaxCachedFields
                ? new string[count]
                : [];

        public string Name { get; } = policy.ToString().ToLowerInvariant();

        public RateLimiter Limiter { get; } = new(rule, time);

        public StringValues PolicyField { get; } =
            $"\"{policy.ToString().ToLowerInvariant()}\";q={rule.PermitLimit};w={rule.WindowSeconds}";

        public StringValues Field(RateLimitDecision decision)
        {
            // A clock that was read just before another caller's can give a second more than the window has.
            if (_fields.Length == 0 || decision.Remaining > rule.PermitLimit || decision.ResetSeconds > rule.WindowSeconds)
                return Format(decision);
            return _fields[(decision.Remaining * (rule.WindowSeconds + 1)) + decision.ResetSeconds] ??= Format(decision);
        }

        private string Format(RateLimitDecision decision) =>
            $"\"{Name}\";r={decision.Remaining};t={decision.ResetSeconds}";
    }
}

using System.Globalization;
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
/// <remarks>
/// With Redis all nodes share them (<see cref="SharedLimits"/>). Where guessing is what a limit is against, Redis is
/// asked before the answer; elsewhere the node grants by what it knows and hears afterwards what the others have
/// granted, so that a hold waits for nobody. What a node refuses by its own memory it refuses without asking: more than
/// that cannot be left.
/// </remarks>
internal sealed class RateLimitBudgets(
    IOptions<RateLimitOptions> options, SecurityEvents security, TimeProvider time, RateLimitOverrides overrides,
    LimitedCallers limited, SharedLimits? shared = null)
{
    private readonly bool _enabled = options.Value.Enabled;

    private readonly Budget[] _budgets =
        [.. Enum.GetValues<RateLimitPolicy>().Select(policy => new Budget(policy, options.Value.Of(policy), time))];

    /// <summary>Takes one permit; null: there was one, else the refusal. Waits for nobody.</summary>
    /// <param name="context">Whose answer says what is left.</param>
    /// <param name="policy">The budgets to take it from.</param>
    /// <param name="partition">Whose budget.</param>
    public Problem? Take(HttpContext context, RateLimitPolicy policy, UInt128 partition)
    {
        if (!_enabled)
            return null;
        var budget = _budgets[(int)policy];
        if (overrides.Find(policy, partition) is { } @override)
            return TakeOverridden(context, budget, partition, @override);
        return Answer(context, budget, partition, TakeHere(budget, partition));
    }

    /// <summary>The same, decided over all nodes before it is answered.</summary>
    public ValueTask<Problem?> TakeOfAllAsync(HttpContext context, RateLimitPolicy policy, UInt128 partition)
    {
        if (!_enabled || shared is not { IsUp: true } || overrides.Find(policy, partition) is not null)
            return ValueTask.FromResult(Take(context, policy, partition));
        var budget = _budgets[(int)policy];
        return budget.Limiter.SecondsToPermit(partition) > 0
            ? ValueTask.FromResult(Answer(context, budget, partition, budget.Limiter.Take(partition)))
            : AskAsync(context, budget, partition);
    }

    /// <summary>
    /// Seconds until a permit could be taken; 0: now. For what is counted only when it succeeded.
    /// </summary>
    public int SecondsToPermit(RateLimitPolicy policy, UInt128 partition) =>
        _enabled && overrides.Find(policy, partition) is not { Multiple: 0 }
            ? _budgets[(int)policy].Limiter.SecondsToPermit(partition)
            : 0;

    /// <summary>Counts what was granted by <see cref="SecondsToPermit"/>.</summary>
    public void Count(RateLimitPolicy policy, UInt128 partition)
    {
        if (_enabled)
            TakeHere(_budgets[(int)policy], partition);
    }

    public RateLimitRule RuleOf(RateLimitPolicy policy) => _budgets[(int)policy].Limiter.Rule;

    private async ValueTask<Problem?> AskAsync(HttpContext context, Budget budget, UInt128 partition)
    {
        var limiter = budget.Limiter;
        if (await shared!.TakeAsync(budget.KeyOf(partition), limiter.Rule, limiter.Spent(partition)) is not { } answer)
            return Answer(context, budget, partition, TakeHere(budget, partition));
        limiter.Learn(partition, answer.Spent);
        return Answer(context, budget, partition, limiter.Decide(answer.Allowed, answer.Spent));
    }

    private RateLimitDecision TakeHere(Budget budget, UInt128 partition)
    {
        var limiter = budget.Limiter;
        if (shared is null)
            return limiter.Take(partition);
        // Alone, a node has its share of the budget.
        if (!shared.IsUp)
            return limiter.Take(partition, Math.Min(shared.Nodes, limiter.Rule.PermitLimit));
        var before = limiter.Spent(partition);
        var decision = limiter.Take(partition);
        if (decision.Allowed)
            CountEverywhere(shared, budget, partition, before);
        return decision;
    }

    /// <summary>Apart, since what it hands on is allocated where its method begins: at each request otherwise.</summary>
    private static void CountEverywhere(
        SharedLimits shared, Budget budget, UInt128 partition, TimeSpan before)
    {
        var limiter = budget.Limiter;
        shared.Count(budget.KeyOf(partition), limiter.Rule, before, spent => limiter.Learn(partition, spent));
    }

    private Problem? TakeOverridden(
        HttpContext context, Budget budget, UInt128 partition, RateLimitOverride @override)
    {
        if (@override.IsBlocked)
        {
            limited.Note(budget.Policy, partition);
            var seconds = Math.Clamp((int)(@override.Until - time.GetUtcNow()).TotalSeconds, 1, 3600);
            return new Problem(
                StatusCodes.Status429TooManyRequests, "rate-limited",
                $"Requests from here are not taken for a while. Try again in {seconds} s.")
            {
                RetryAfterSeconds = seconds,
            };
        }

        if (@override.Multiple == 0)
            return null;
        var weight = 1d / @override.Multiple;
        // A budget of its own, which is whole: who has spent the usual one is let in at once.
        var decision = budget.Limiter.Take(partition ^ ((UInt128)@override.Multiple << 96), weight);
        context.Response.Headers["RateLimit-Policy"] = budget.PolicyFieldOf(@override.Multiple);
        context.Response.Headers["RateLimit"] = budget.Format(decision);
        return decision.Allowed ? null : Refuse(budget, partition, decision, @override.Multiple);
    }

    private Problem? Answer(HttpContext context, Budget budget, UInt128 partition, RateLimitDecision decision)
    {
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = budget.PolicyField;
        headers["RateLimit"] = budget.Field(decision);
        return decision.Allowed ? null : Refuse(budget, partition, decision);
    }

    private Problem Refuse(Budget budget, UInt128 partition, RateLimitDecision decision, int multiple = 1)
    {
        security.RateLimited(budget.Name, partition);
        limited.Note(budget.Policy, partition);
        var rule = budget.Limiter.Rule;
        return new Problem(
            StatusCodes.Status429TooManyRequests, "rate-limited",
            $"At most {rule.PermitLimit * multiple} requests in {rule.WindowSeconds} s are taken here. "
            + $"Try again in {decision.RetryAfterSeconds} s.")
        {
            RetryAfterSeconds = decision.RetryAfterSeconds,
        };
    }

    private sealed class Budget(RateLimitPolicy policy, RateLimitRule rule, TimeProvider time)
    {
        private const int MaxCachedFields = 65_536;

        // Small budgets see the same few values again and again: their text is made once.
        private readonly string?[] _fields =
            (long)(rule.PermitLimit + 1) * (rule.WindowSeconds + 1) is var count and <= MaxCachedFields
                ? new string[count]
                : [];

        public RateLimitPolicy Policy => policy;

        public string Name { get; } = policy.ToString().ToLowerInvariant();

        public RateLimiter Limiter { get; } = new(rule, time);

        public StringValues PolicyField { get; } =
            $"\"{policy.ToString().ToLowerInvariant()}\";q={rule.PermitLimit};w={rule.WindowSeconds}";

        public StringValues PolicyFieldOf(int multiple) =>
            $"\"{Name}\";q={(long)rule.PermitLimit * multiple};w={rule.WindowSeconds}";

        public string KeyOf(UInt128 partition) =>
            string.Create(CultureInfo.InvariantCulture, $"onsale:limit:{Name}:{partition:x32}");

        public StringValues Field(RateLimitDecision decision)
        {
            // A clock that was read just before another caller's can give a second more than the window has.
            if (_fields.Length == 0 || decision.Remaining > rule.PermitLimit || decision.ResetSeconds > rule.WindowSeconds)
                return Format(decision);
            return _fields[(decision.Remaining * (rule.WindowSeconds + 1)) + decision.ResetSeconds] ??= Format(decision);
        }

        public string Format(RateLimitDecision decision) =>
            $"\"{Name}\";r={decision.Remaining};t={decision.ResetSeconds}";
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Operate.Limits;

/// <summary>Who is limited, and what operators have set for single callers.</summary>
internal static class OwnOverrides
{
    private const string Block = "block";
    private const string Lift = "lift";
    private const string Multiply = "multiply";

    public static Ok<LimitedCallersResponse> ListCallers(LimitedCallers limited, IServiceProvider services)
    {
        var shared = services.GetService<SharedLimits>();
        return TypedResults.Ok(new LimitedCallersResponse(
            shared is { IsUp: true }, shared?.Nodes ?? 1,
            [.. limited.Top(LimitsLimits.MaxCallers).Select(caller => new LimitedCallerResponse(
                NameOf(caller.Policy), CallerText.Write(caller.Partition), caller.Refused, caller.FirstAt,
                caller.LastAt))]));
    }

    public static async Task<Ok<OverridesResponse>> ListAsync(
        OverrideStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new OverridesResponse([.. (await store.InForceAsync(cancellationToken)).Select(ToResponse)]));

    public static async Task<Results<Created<OverrideResponse>, Problem>> SetAsync(
        SetOverrideRequest request, Buyer buyer, OverrideStore store, OverrideReader reader, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var now = time.GetUtcNow();
        var isPolicy = Enum.GetValues<RateLimitPolicy>().Any(known => NameOf(known) == request.Policy);
        validation.Require(isPolicy, "policy", "Must be one of the rate limits' policies, such as booking.");
        var caller = CallerText.Read(request.Caller);
        validation.Require(caller is not null, "caller", "Must be an address, an IPv6 /64, or a buyer's id.");
        validation.Require(request.Action is Block or Lift or Multiply, "action", "Must be block, lift or multiply.");
        validation.Require(request.Action == Multiply ? request.Multiple is >= 2 and <= LimitsLimits.MaxMultiple
            : request.Multiple is null,
            "multiple", $"Give 2 to {LimitsLimits.MaxMultiple} with multiply, and nothing otherwise.");
        validation.Require(request.Until > now && request.Until <= now.AddDays(LimitsLimits.MaxOverrideDays), "until",
            $"Must be within the next {LimitsLimits.MaxOverrideDays} days.");
        var reason = request.Reason.Trim();
        validation.Require(
            reason.Length is > 0 and <= LimitsLimits.MaxReasonChars && !reason.Any(char.IsControl), "reason",
            $"Say why, in 1 to {LimitsLimits.MaxReasonChars} characters.");
        if (validation.ToProblem() is { } problem)
            return problem;

        var set = new StoredOverride(
            Guid.CreateVersion7(now), request.Policy, caller!.Value, request.Action == Block,
            request.Action == Multiply ? request.Multiple!.Value : request.Action == Lift ? 0 : 1,
            request.Until, reason, buyer.Id, now);
        if (!await store.SetAsync(set))
            return new Problem(StatusCodes.Status409Conflict, "too-many-overrides", "There are too many overrides.");
        await reader.ReadAsync(cancellationToken);
        return TypedResults.Created($"/api/v1/operate/limits/overrides/{set.Id}", ToResponse(set));
    }

    public static async Task<Results<NoContent, Problem>> DeleteAsync(
        string overrideId, OverrideStore store, OverrideReader reader, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(overrideId, "D", out var id) || !await store.DeleteAsync(id))
            return Problem.NotFound("There is no such override.");
        await reader.ReadAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static string NameOf(RateLimitPolicy policy) => policy.ToString().ToLowerInvariant();

    private static OverrideResponse ToResponse(StoredOverride one) => new(
        one.Id, one.Policy, CallerText.Write(one.Caller),
        one.IsBlocked ? Block : one.Multiple == 0 ? Lift : Multiply,
        one is { IsBlocked: false, Multiple: > 0 } ? one.Multiple : null, one.Until, one.Reason, one.CreatedBy,
        one.CreatedAt);
}

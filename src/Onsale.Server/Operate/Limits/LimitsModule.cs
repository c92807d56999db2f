using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.Jobs;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Operate.Limits;

internal static class LimitsModule
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(LimitsJson.Default);
        builder.Services.AddSingleton<OverrideStore>();
        builder.Services.AddSingleton<OverrideReader>();
        builder.Services.AddPeriodicJob(provider => new PeriodicJob(
            "limit-overrides", TimeSpan.FromSeconds(LimitsLimits.ReadSeconds),
            provider.GetRequiredService<OverrideReader>().ReadAsync, RunsAtStart: true));
    }

    public static void MapLimits(this IEndpointRouteBuilder routes)
    {
        var limits = routes.MapApi().MapGroup("/operate/limits")
            .WithTags("Operation")
            .WithMetadata(new RequestSizeLimitAttribute(LimitsLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .RequireAuthorization(RoleNames.Operator)
            .NoStore();
        limits.MapGet("", OwnOverrides.ListCallers)
            .WithName("listLimitedCallers")
            .WithSummary("Whom the node that answers refused lately by which limit, the most refused first");
        limits.MapGet("/overrides", OwnOverrides.ListAsync)
            .WithName("listLimitOverrides").WithSummary("What operators have set for single callers");
        limits.MapPost("/overrides", OwnOverrides.SetAsync)
            .WithName("setLimitOverride")
            .WithSummary("Blocks a caller, lifts or multiplies its limit, until a time; the last one of a caller holds")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "too-many-overrides");
        limits.MapDelete("/overrides/{overrideId}", OwnOverrides.DeleteAsync)
            .WithName("deleteLimitOverride").WithSummary("Ends an override now")
            .Refuses(StatusCodes.Status404NotFound, "not-found");
    }
}

using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Bench.Hosts;

/// <summary>Routes that do nothing, to know what the way to a route costs.</summary>
internal static class Baselines
{
    public const string NoOpPath = "/api/v1/bench/no-op";
    public const string StatsPath = "/api/v1/bench/stats";

    public static void Map(IEndpointRouteBuilder routes)
    {
        // The strictest yardstick: no token, no limit, no body, an answer of some bytes.
        routes.MapGet("/no-op", NoOpAsync);
        // What remains of a hold without the hold: token, rate limit, idempotency key, body, validation of its form.
        routes.MapPost("/no-op", AuthenticatedNoOpAsync)
            .WithMetadata(new RequestSizeLimitAttribute(BookingsLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithMetadata(GuestInMemory.Instance) // as the route of holds
            .RequireAuthorization();
        routes.MapGet("/stats", StatsAsync);
    }

    private static Ok<NoOp> NoOpAsync() => TypedResults.Ok(new NoOp("ok", 1));

    private static Ok<NoOp> AuthenticatedNoOpAsync(
        HoldRequest request, Buyer buyer, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey) =>
        TypedResults.Ok(
            new NoOp(buyer.IsGuest && idempotencyKey is not null ? "ok" : "no", request.Seats?.Length ?? 0));

    private static Ok<StatsResponse> StatsAsync(ServerStats stats) => TypedResults.Ok(stats.Read());
}

/// <summary>A small answer.</summary>
internal sealed record NoOp(string Status, int Count);

[JsonSerializable(typeof(NoOp))]
[JsonSerializable(typeof(StatsResponse))]
internal sealed partial class BaselinesJson : JsonSerializerContext;

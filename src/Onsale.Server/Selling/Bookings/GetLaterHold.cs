using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Server.Selling.Bookings;

/// <summary>GET /events/{id}/bookings/requests/{requestId}: what became of a hold that is answered later.</summary>
internal static class GetLaterHold
{
    public static async Task<Results<Ok<LaterHoldResponse>, Problem>> HandleAsync(
        string id, string requestId, Buyer buyer, HttpContext context, LaterHolds holds,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var eventId) || !Guid.TryParseExact(requestId, "D", out var wanted)
            || await holds.FindAsync(eventId, wanted, buyer.Id, cancellationToken) is not { } hold)
        {
            return new Problem(StatusCodes.Status404NotFound, "request-not-found",
                "There is no such request, or it was long ago: repeat the hold with its Idempotency-Key.");
        }

        if (hold.Status == 0)
        {
            context.Response.Headers.RetryAfter = "1";
            return TypedResults.Ok(new LaterHoldResponse(wanted, Done: false));
        }

        using var answer = JsonDocument.Parse(hold.Body);
        return TypedResults.Ok(new LaterHoldResponse(
            wanted, Done: true, hold.Status, answer.RootElement.Clone(), hold.Location));
    }
}

/// <summary>202: the outcome is to be asked for at an address.</summary>
internal sealed class AcceptedLater(string location) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status202Accepted;
        httpContext.Response.Headers.Location = location;
        httpContext.Response.Headers["Preference-Applied"] = "respond-async";
        httpContext.Response.Headers.RetryAfter = "1";
        httpContext.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted));
}

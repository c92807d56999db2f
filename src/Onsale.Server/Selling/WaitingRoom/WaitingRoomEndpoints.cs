using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;
using Onsale.Platform.Work;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Selling.WaitingRoom;

internal static class WaitingRoomEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi();
        var queue = api.MapGroup("/events/{id}/queue").WithTags("Waiting room");
        var buyers = queue.MapGroup("")
            .WithMetadata(new RequestSizeLimitAttribute(WaitingRoomLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .RequireAuthorization()
            .NoStore();
        buyers.MapPost("", JoinQueue.HandleAsync)
            .WithMetadata(GuestInMemory.Instance)
            .WithName("joinQueue").WithSummary("Joins the waiting room; with a pass, the same place again")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status403Forbidden, "account-required", "pass-invalid")
            .AsksForWork()
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict, "queue-closed")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        buyers.MapPost("/admission", ClaimAdmission.HandleAsync)
            .WithName("claimAdmission").WithSummary("The right to book, for a pass whose turn it is")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status403Forbidden, "account-required", "pass-invalid")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict, "queue-closed", "not-your-turn", "room-full", "pass-used");
        buyers.MapDelete("", LeaveQueue.HandleAsync)
            .WithName("leaveQueue").WithSummary("Gives up the place in the line, and the admission")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        // Answered from memory, for everybody alike: see the availability.
        var state = routes.ServiceProvider.GetRequiredService<GetQueue>();
        queue.MapGet("", state.HandleAsync)
            .WithName("getQueue").WithSummary("The waiting room's public state")
            .Produces<QueueState>()
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status429TooManyRequests, "rate-limited")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded")
            .ShortCircuit();
        var organiser = routes.MapOrganisation("/events/{event}/queue", "Organiser events");
        organiser.MapGet("/", OrganiserQueue.GetAsync).Needs(Permissions.EventsRead)
            .WithName("getQueueSettings").WithSummary("How the event's waiting room is set, and how it stands")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        organiser.MapPut("/", OrganiserQueue.SetAsync).Needs(Permissions.EventsEdit)
            .WithName("setQueueSettings")
            .WithSummary("Sets the event's waiting room up or steers it: mode, rate, pause, message")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
    }
}

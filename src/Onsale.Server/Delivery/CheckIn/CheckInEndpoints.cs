using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Delivery.CheckIn;

internal static class CheckInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var checkIns = routes.MapOrganisation("/events/{event}/check-ins", "Check-in");
        checkIns.MapPost("/", SendScans.HandleAsync).Needs(Permissions.CheckInScan)
            .WithMetadata(new RequestSizeLimitAttribute(CheckInLimits.RequestBytes))
            .WithName("sendScans").WithSummary("Admits tickets: scans in order, each nonce once")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        checkIns.MapGet("/", GetCheckIns.HandleAsync).Needs(Permissions.CheckInScan)
            .WithName("getCheckIns").WithSummary("How many are admitted and inside, by tier and gate")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        checkIns.MapGet("/tickets", ListDoorTickets.HandleAsync).Needs(Permissions.CheckInSearch)
            .WithName("listDoorTickets").WithSummary("Tickets by name, order code or code, with who is inside")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
    }
}

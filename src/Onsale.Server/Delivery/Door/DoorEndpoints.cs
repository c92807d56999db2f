using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Delivery.CheckIn;

namespace Onsale.Server.Delivery.Door;

internal static class DoorEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        MapDevices(routes.MapOrganisation("/events/{event}/door-devices", "Check-in"));
        var door = routes.MapApi().MapGroup("/door").WithTags("Door").NoStore();
        door.MapPost("/pair", PairDevice.HandleAsync)
            .WithMetadata(new RequestSizeLimitAttribute(DoorLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Auth)
            .WithName("pairDoorDevice").WithSummary("Turns a pairing code into a device's token, once")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "pairing-not-found");
        door.MapGet("/event", GetDoorEvent.HandleAsync).IsForDevices()
            .WithName("getDoorEvent").WithSummary("The event of a paired device, and what checks its codes offline");
        door.MapGet("/tickets", ListTicketParts.HandleAsync).IsForDevices()
            .WithName("listDoorTicketParts").WithSummary("The event's tickets for a device without a network, in parts")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        door.MapGet("/changes", GetDoorChanges.HandleAsync).IsForDevices()
            .WithName("getDoorChanges").WithSummary("What the other doors have done since")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        door.MapPost("/check-ins", SendDoorScans.HandleAsync).IsForDevices()
            .WithMetadata(new RequestSizeLimitAttribute(CheckInLimits.RequestBytes))
            .WithName("sendDoorScans").WithSummary("A device's scans in order, each nonce once")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
    }

    private static void MapDevices(RouteGroupBuilder devices)
    {
        devices.MapPost("/", DoorDevices.AddAsync).Needs(Permissions.CheckInSearch)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("addDoorDevice").WithSummary("A code that pairs one device with the event's door")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict, "not-published", "too-many-devices");
        devices.MapGet("/", DoorDevices.ListAsync).Needs(Permissions.CheckInSearch)
            .WithName("listDoorDevices").WithSummary("The devices of the event's door")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        devices.MapDelete("/{deviceId}", DoorDevices.RevokeAsync).Needs(Permissions.CheckInSearch)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("revokeDoorDevice").WithSummary("Ends a device's rights at once")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "device-not-found");
    }

    /// <summary>Routes whose budget is the device's own: <see cref="DoorAccess"/> takes it.</summary>
    private static RouteHandlerBuilder IsForDevices(this RouteHandlerBuilder route) => route
        .Refuses(StatusCodes.Status403Forbidden, "device-not-paired")
        .Refuses(StatusCodes.Status404NotFound, "event-not-found")
        .Refuses(StatusCodes.Status429TooManyRequests, "rate-limited")
        .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
}

using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.Events.Codes;

internal static class CodesEndpoints
{
    public static void MapCodes(this IEndpointRouteBuilder routes)
    {
        var codes = routes.MapOrganisation("/events/{event}/codes", "Organiser codes")
            .WithMetadata(new RequestSizeLimitAttribute(EventLimits.MaxEditRequestBytes));
        codes.MapGet("/", OwnCodes.ListAsync).Needs(Permissions.EventsRead)
            .WithName("listCodes").WithSummary("The codes of an event, with what they are used for").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        codes.MapPost("/", OwnCodes.AddAsync).Needs(Permissions.EventsEdit).RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("addCode").WithSummary("A code that buyers give for a lower price, or before the sale").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "not-published", "code-taken", "too-many-codes");
        codes.MapPatch("/{codeId}", OwnCodes.ChangeAsync).Needs(Permissions.EventsEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("changeCode").WithSummary("Changes a code for holds to come").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "code-not-found")
            .Refuses(StatusCodes.Status409Conflict, "code-limit-below-used", "code-ended")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile");
        codes.MapDelete("/{codeId}", OwnCodes.EndAsync).Needs(Permissions.EventsEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("endCode").WithSummary("Ends a code: bookings with it stay what they are").Finds()
            .Refuses(StatusCodes.Status404NotFound, "code-not-found")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile");
    }

    private static RouteHandlerBuilder Finds(this RouteHandlerBuilder route) => route
        .Refuses(StatusCodes.Status404NotFound, "event-not-found")
        .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown");
}

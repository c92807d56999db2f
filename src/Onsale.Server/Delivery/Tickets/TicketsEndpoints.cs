using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Delivery.Tickets;

internal static class TicketsEndpoints
{
    private const int MaxRequestBytes = 4 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi().MapGet("/events/{id}/ticket-keys", TicketKeys.ListPublicAsync)
            .WithName("listTicketKeys").WithSummary("The public keys that the event's tickets are signed with")
            .WithTags("Events")
            .RequireRateLimit(RateLimitPolicy.Reads)
            .NoStore()
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        routes.MapOrganisation("/events/{event}/ticket-keys", "Organiser tickets")
            .MapPost("/", TicketKeys.ReplaceAsync).Needs(Permissions.EventsEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("replaceTicketKey")
            .WithSummary("Signs tickets with a new key, and revokes earlier ones if asked to")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict, "not-published", "too-many-ticket-keys", "changed-meanwhile");
        var rules = routes.MapOrganisation("/events/{event}/ticket-rules", "Organiser tickets");
        rules.MapGet("/", TicketRules.GetAsync).Needs(Permissions.EventsRead)
            .WithName("getTicketSettings").WithSummary("How the event's tickets are shown")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        rules.MapPut("/", TicketRules.SetAsync).Needs(Permissions.EventsEdit)
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("setTicketSettings").WithSummary("Has the event's tickets shown live on the phone, or not")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
    }
}

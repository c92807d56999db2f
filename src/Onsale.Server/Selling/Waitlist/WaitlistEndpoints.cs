using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Selling.Waitlist;

internal static class WaitlistEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var buyers = routes.MapApi().MapGroup("/events/{id}/waitlist").WithTags("Waitlist")
            .WithMetadata(new RequestSizeLimitAttribute(WaitlistLimits.MaxRequestBytes))
            .RequireAuthorization()
            .NoStore();
        buyers.MapPost("", JoinWaitlist.HandleAsync).RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("joinWaitlist")
            .WithSummary("Joins the waitlist of an event that has not enough places; repeated, the same place")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict,
                "no-waitlist", "already-on-waitlist", "waitlist-full", "places-available", "ticket-alone",
                "limit-exceeded", "not-on-sale")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown");
        buyers.MapGet("", OwnWaitlistPlace.GetAsync).RequireRateLimit(RateLimitPolicy.Reads)
            .WithName("getWaitlistPlace")
            .WithSummary("The buyer's place on the waitlist, and the offer if there is one")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded");
        buyers.MapDelete("", OwnWaitlistPlace.LeaveAsync).RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("leaveWaitlist").WithSummary("Leaves the waitlist; an open offer is given back")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict, "payment-in-progress")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown");

        var organiser = routes.MapOrganisation("/events/{event}/waitlist", "Organiser waitlist")
            .WithMetadata(new RequestSizeLimitAttribute(WaitlistLimits.MaxRequestBytes));
        organiser.MapGet("/", OrganiserWaitlist.GetAsync).Needs(Permissions.EventsRead)
            .WithName("getWaitlist").WithSummary("How the event's waitlist is set, and how it stands")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        organiser.MapPut("/", OrganiserWaitlist.SetAsync).Needs(Permissions.EventsEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("setWaitlist").WithSummary("Opens the event's waitlist, changes it or closes it to new offers")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict, "not-published")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown");
        organiser.MapGet("/entries", OrganiserWaitlist.ListAsync).Needs(Permissions.BookingsRead)
            .WithName("listWaitlist").WithSummary("Who waits, in the order of joining, and why without an offer")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        organiser.MapDelete("/entries/{entryId}", OrganiserWaitlist.RemoveAsync).Needs(Permissions.BookingsEdit)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("removeFromWaitlist").WithSummary("Takes a party off the list; an open offer is given back")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found", "entry-not-found")
            .Refuses(StatusCodes.Status409Conflict, "payment-in-progress")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown");
    }
}

using Onsale.Platform.Contract;
using Onsale.Platform.RateLimits;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Catalog.Events;

internal static class EventsEndpoints
{
    public static void MapEvents(this RouteGroupBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("Events");
        var asked = events.MapGroup("").RequireRateLimit(RateLimitPolicy.Reads);
        asked.MapGet("", ListEvents.HandleAsync)
            .WithName("listEvents").WithSummary("Published events, filtered, sorted and paged")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        asked.MapGet("/facets", GetFacets.HandleAsync)
            .WithName("getEventFacets").WithSummary("The cities, categories and currencies that have events to come");
        asked.MapGet("/suggestions", GetSuggestions.HandleAsync)
            .WithName("getEventSuggestions").WithSummary("Events, cities and categories for what is being typed")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        asked.MapGet("/{idOrSlug}", GetEvent.HandleAsync)
            .WithName("getEvent").WithSummary("One event with tiers, pools and policy")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        asked.MapGet("/{id}/seatmap", GetSeatMap.HandleAsync)
            .WithName("getSeatMap").WithSummary("The static plan: sections, rows and seats by ordinal")
            .Produces<SeatMap>().Refuses(StatusCodes.Status404NotFound, "event-not-found", "no-seat-map");
        asked.MapGet("/{id}/seats", ListSeats.HandleAsync)
            .WithName("listSeats").WithSummary("The numbered seats with their states")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        // Answered from memory, and asked again and again by everyone who watches: a limit would cost more than it
        // saves (ColdReadLimit has one for what memory cannot answer), and nothing else that stands before other routes
        // has anything to do here.
        var availability = ((IEndpointRouteBuilder)events).ServiceProvider.GetRequiredService<GetAvailability>();
        events.MapGet("/{id}/availability", availability.HandleAsync)
            .WithName("getAvailability").WithSummary("What is free, or what changed since a version")
            .Produces<AvailabilityResponse>()
            .Refuses(StatusCodes.Status429TooManyRequests, "rate-limited")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .ShortCircuit();
    }
}

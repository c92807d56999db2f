using Onsale.Server.Hosting.RateLimits;

namespace Onsale.Server.Events;

internal static class EventsEndpoints
{
    public static void MapEvents(this RouteGroupBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("Events").RequireRateLimit(RateLimitPolicy.Reads);
        events.MapGet("", ListEvents.HandleAsync).WithName("listEvents");
        events.MapGet("/facets", GetFacets.HandleAsync).WithName("getEventFacets");
        events.MapGet("/{idOrSlug}", GetEvent.HandleAsync).WithName("getEvent");
    }
}

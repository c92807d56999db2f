using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.Venues;

internal static class VenuesModule
{
    public static void AddVenues(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(VenuesJson.Default);
        builder.Services.AddSingleton<VenueStore>();
    }

    public static void MapVenues(this IEndpointRouteBuilder routes)
    {
        var venues = routes.MapOrganisation("/venues", "Organisations");
        venues.MapGet("/", OwnVenues.ListAsync).Needs(Permissions.VenuesRead)
            .WithName("listVenues").WithSummary("The organisation's venues by name")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        venues.MapPost("/", OwnVenues.AddAsync).Needs(Permissions.VenuesEdit)
            .WithName("addVenue").WithSummary("Adds a venue")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "too-many-venues");
        venues.MapGet("/{venueId}", OwnVenues.GetAsync).Needs(Permissions.VenuesRead)
            .WithName("getVenue").WithSummary("One venue")
            .Refuses(StatusCodes.Status404NotFound, "venue-not-found");
        venues.MapPatch("/{venueId}", OwnVenues.ChangeAsync).Needs(Permissions.VenuesEdit)
            .WithName("changeVenue").WithSummary("Changes a venue; events that exist keep their time zone")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "venue-not-found");
    }
}

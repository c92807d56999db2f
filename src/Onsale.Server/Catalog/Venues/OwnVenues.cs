using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.Venues;

/// <summary>The venues of an organisation, for those who sell there.</summary>
internal static class OwnVenues
{
    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "venue-not-found", "The organisation has no such venue.");

    private static readonly Problem s_tooMany = new(
        StatusCodes.Status409Conflict, "too-many-venues",
        $"An organisation has at most {VenuesLimits.MaxVenues} venues.");

    public static async Task<Results<Ok<Page<VenueDetails>>, Problem>> ListAsync(
        string? page, string? limit, OrganisationAccess access, VenueStore venues,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (rows, total) = await venues.ListAsync(access.OrganisationId, paging, cancellationToken);
        return TypedResults.Ok(Page<VenueDetails>.Of(rows, total, paging));
    }

    public static async Task<Results<Ok<VenueDetails>, Problem>> GetAsync(
        string venueId, OrganisationAccess access, VenueStore venues, CancellationToken cancellationToken) =>
        Guid.TryParseExact(venueId, "D", out var id)
        && await venues.FindAsync(access.OrganisationId, id, cancellationToken) is { } venue
            ? TypedResults.Ok(venue)
            : s_notFound;

    public static async Task<Results<Created<VenueDetails>, Problem>> AddAsync(
        VenueRequest request, OrganisationAccess access, VenueStore venues, OrganisationStore organisations,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var organisation = await organisations.GetAsync(access.OrganisationId, cancellationToken);
        var validation = new Validation();
        var venue = VenueRules.Apply(
            new VenueDetails(id, $"venue-{id:N}", "", "", "", "", organisation.TimeZone, "", "", "", ""),
            new VenueChange(
                request.Name, request.City, request.Country, request.Address, request.TimeZone, request.Accessibility,
                request.MapUrl, request.Transport, request.Coordinates),
            validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var added = await venues.AddAsync(
            access.Actor,
            new NewVenue(
                id, access.OrganisationId, venue.Slug, venue.Name, venue.City, venue.Country, venue.Address,
                venue.TimeZone)
            {
                Accessibility = venue.Accessibility,
                MapUrl = venue.MapUrl,
                Transport = venue.Transport,
                Coordinates = VenueCoordinates.TryParse(venue.Coordinates),
            },
            cancellationToken);
        return added
            ? TypedResults.Created($"/api/v1/organisations/{access.OrganisationId}/venues/{id}", venue)
            : s_tooMany;
    }

    public static async Task<Results<Ok<VenueDetails>, Problem>> ChangeAsync(
        string venueId, VenueChange change, OrganisationAccess access, VenueStore venues,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(venueId, "D", out var id)
            || await venues.FindAsync(access.OrganisationId, id, cancellationToken) is not { } present)
        {
            return s_notFound;
        }

        var validation = new Validation();
        VenueRules.Apply(present, change, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        return await venues.ChangeAsync(
            access.Actor, id, row => VenueRules.Apply(row, change, new Validation()), cancellationToken) is { } venue
            ? TypedResults.Ok(venue)
            : s_notFound;
    }
}

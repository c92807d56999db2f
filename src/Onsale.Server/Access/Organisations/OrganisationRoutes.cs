using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Access.Organisations;

/// <summary>What all routes of one organisation share, whichever module they belong to.</summary>
internal static class OrganisationRoutes
{
    /// <summary>How these routes begin, below the API's own prefix.</summary>
    public const string Prefix = "/organisations/{org}";

    /// <summary>The group of a module's routes below <c>/organisations/{org}</c>.</summary>
    /// <param name="routes">The program.</param>
    /// <param name="path">What follows the organisation, such as <c>/venues</c>.</param>
    /// <param name="tag">Groups them in the contract.</param>
    public static RouteGroupBuilder MapOrganisation(this IEndpointRouteBuilder routes, string path, string tag) =>
        routes.MapApi().MapGroup($"{Prefix}{path}")
            .WithTags(tag)
            .WithMetadata(new RequestSizeLimitAttribute(OrganisationsLimits.RequestBytes))
            .RequireRateLimit(RateLimitPolicy.Reads)
            .RequireAuthorization()
            .NoStore();

    /// <summary>
    /// The right that a route needs (<see cref="Permissions"/>). Who is no member is answered as if there were no such
    /// organisation, before anything else of the request is looked at.
    /// </summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, string permission) => route
        .WithMetadata(new PermissionMetadata(permission))
        .Refuses(StatusCodes.Status403Forbidden, "forbidden")
        .Refuses(StatusCodes.Status404NotFound, "organisation-not-found");
}

/// <summary>The right that a route needs.</summary>
internal sealed record PermissionMetadata(string Permission);

using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Catalog.Favourites;

internal static class FavouritesModule
{
    public static void AddFavourites(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(FavouritesJson.Default);
        builder.Services.AddSingleton<FavouritesStore>();
    }

    public static void MapFavourites(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapApi().MapGroup("/me")
            .WithTags("Accounts")
            .WithMetadata(new RequestSizeLimitAttribute(FavouritesLimits.MaxRequestBytes))
            .RequireRateLimit(RateLimitPolicy.Reads)
            .RequireAuthorization()
            .NoStore()
            .Refuses(StatusCodes.Status403Forbidden, "forbidden");
        me.MapGet("/favourites", MyFavouriteEvents.GetAsync)
            .WithName("getMyFavourites").WithSummary("The events and venues that the account has marked");
        me.MapPost("/favourites", MyFavouriteEvents.MergeAsync)
            .WithName("mergeMyFavourites").WithSummary("Adds what a browser kept for a guest; repeated: the same")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status401Unauthorized, "unauthenticated");
        me.MapPut("/favourites/{eventId}", MyFavouriteEvents.AddAsync)
            .WithName("addFavourite").WithSummary("Marks an event; repeated: the same")
            .Refuses(StatusCodes.Status401Unauthorized, "unauthenticated")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found")
            .Refuses(StatusCodes.Status409Conflict, "too-many-favourites");
        me.MapDelete("/favourites/{eventId}", MyFavouriteEvents.RemoveAsync)
            .WithName("removeFavourite").WithSummary("Takes an event's mark away; repeated: the same")
            .Refuses(StatusCodes.Status404NotFound, "event-not-found");
        me.MapPut("/followed-venues/{slug}", MyVenues.AddAsync)
            .WithName("followVenue").WithSummary("Follows a venue; repeated: the same")
            .Refuses(StatusCodes.Status401Unauthorized, "unauthenticated")
            .Refuses(StatusCodes.Status404NotFound, "venue-not-found")
            .Refuses(StatusCodes.Status409Conflict, "too-many-favourites");
        me.MapDelete("/followed-venues/{slug}", MyVenues.RemoveAsync)
            .WithName("unfollowVenue").WithSummary("Follows a venue no longer; repeated: the same")
            .Refuses(StatusCodes.Status404NotFound, "venue-not-found");
    }
}

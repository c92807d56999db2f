using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Server.Catalog.Favourites;

/// <summary>The venues that an account follows.</summary>
internal static class MyVenues
{
    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "venue-not-found", "There is no such venue.");

    private static readonly Problem s_tooMany = new(
        StatusCodes.Status409Conflict, "too-many-favourites",
        $"An account follows at most {FavouritesLimits.MaxVenues} venues.");

    public static async Task<Results<NoContent, Problem>> AddAsync(
        string slug, Buyer buyer, FavouritesStore favourites, CancellationToken cancellationToken)
    {
        if (buyer.IsGuest)
            return MyFavouriteEvents.GuestHasNone;
        if (!MyFavouriteEvents.IsSlug(slug))
            return s_notFound;
        return await favourites.AddVenueAsync(buyer.Id, slug, cancellationToken) switch
        {
            Marked.Done => TypedResults.NoContent(),
            Marked.TooMany => s_tooMany,
            Marked.NoAccount => MyFavouriteEvents.NoAccount,
            _ => s_notFound,
        };
    }

    /// <summary>The same answer whether or not it was followed: repeated, it changes nothing.</summary>
    public static async Task<Results<NoContent, Problem>> RemoveAsync(
        string slug, Buyer buyer, FavouritesStore favourites, CancellationToken cancellationToken)
    {
        if (buyer.IsGuest)
            return MyFavouriteEvents.GuestHasNone;
        if (!MyFavouriteEvents.IsSlug(slug))
            return s_notFound;
        await favourites.RemoveVenueAsync(buyer.Id, slug, cancellationToken);
        return TypedResults.NoContent();
    }
}

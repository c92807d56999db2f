using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Server.Catalog.Favourites;

/// <summary>The events that an account has marked. A guest has no account to keep them in.</summary>
internal static class MyFavouriteEvents
{
    internal static readonly Problem GuestHasNone = new(
        StatusCodes.Status403Forbidden, "forbidden", "A guest session has no favourites. Register to have them.");

    internal static readonly Problem NoAccount = new(
        StatusCodes.Status401Unauthorized, "unauthenticated", "This account does not exist any more.");

    private static readonly Problem s_tooMany = new(
        StatusCodes.Status409Conflict, "too-many-favourites",
        $"An account has at most {FavouritesLimits.MaxEvents} favourite events.");

    public static async Task<Results<Ok<MyFavourites>, Problem>> GetAsync(
        Buyer buyer, FavouritesStore favourites, CancellationToken cancellationToken) =>
        buyer.IsGuest ? GuestHasNone : TypedResults.Ok(await favourites.FindAsync(buyer.Id, cancellationToken));

    public static async Task<Results<Ok<MyFavourites>, Problem>> MergeAsync(
        FavouritesMerge merge, Buyer buyer, FavouritesStore favourites, CancellationToken cancellationToken)
    {
        if (buyer.IsGuest)
            return GuestHasNone;
        var (eventIds, venues) = (merge.EventIds ?? [], merge.Venues ?? []);
        var validation = new Validation();
        validation.Require(
            eventIds.Count <= FavouritesLimits.MaxEvents, "eventIds",
            $"Must be at most {FavouritesLimits.MaxEvents} ids.");
        validation.Require(
            venues.Count <= FavouritesLimits.MaxVenues, "venues",
            $"Must be at most {FavouritesLimits.MaxVenues} slugs.");
        validation.Require(
            venues.All(slug => slug is not null && IsSlug(slug)), "venues", "Must be names of venues in addresses.");
        if (validation.ToProblem() is { } invalid)
            return invalid;
        return await favourites.MergeAsync(
            buyer.Id, [.. eventIds.Distinct()], [.. venues.Distinct(StringComparer.Ordinal)], cancellationToken)
            is { } merged ? TypedResults.Ok(merged) : NoAccount;
    }

    public static async Task<Results<NoContent, Problem>> AddAsync(
        string eventId, Buyer buyer, FavouritesStore favourites, CancellationToken cancellationToken)
    {
        if (buyer.IsGuest)
            return GuestHasNone;
        if (!Guid.TryParseExact(eventId, "D", out var id))
            return Problem.EventNotFound();
        return await favourites.AddEventAsync(buyer.Id, id, cancellationToken) switch
        {
            Marked.Done => TypedResults.NoContent(),
            Marked.TooMany => s_tooMany,
            Marked.NoAccount => NoAccount,
            _ => Problem.EventNotFound(),
        };
    }

    /// <summary>The same answer whether or not it was one: repeated, it changes nothing.</summary>
    public static async Task<Results<NoContent, Problem>> RemoveAsync(
        string eventId, Buyer buyer, FavouritesStore favourites, CancellationToken cancellationToken)
    {
        if (buyer.IsGuest)
            return GuestHasNone;
        if (!Guid.TryParseExact(eventId, "D", out var id))
            return Problem.EventNotFound();
        await favourites.RemoveEventAsync(buyer.Id, id, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Whether it may be a venue's name in addresses.</summary>
    internal static bool IsSlug(string slug) =>
        slug.Length is > 0 and <= FavouritesLimits.MaxSlugCharacters && Validation.IsStorable(slug);
}

using System.Text.Json.Serialization;

namespace Onsale.Server.Catalog.Favourites;

/// <summary>
/// What an account has marked, the latest first. <c>GET /events</c> takes the ids as <c>ids</c> and the venues' slugs
/// as <c>venue</c>, and says more of them.
/// </summary>
/// <param name="EventIds">Events that visitors see, those that are over among them.</param>
internal sealed record MyFavourites(IReadOnlyList<Guid> EventIds, IReadOnlyList<FollowedVenue> Venues);

/// <summary>A venue that an account follows.</summary>
/// <param name="Slug">Its name in addresses.</param>
internal sealed record FollowedVenue(string Slug, string Name, string City);

/// <summary>What a browser kept for a guest, to be added to the account's.</summary>
/// <param name="EventIds">Events; those that do not exist are left out.</param>
/// <param name="Venues">Slugs of venues; those that do not exist are left out.</param>
internal sealed record FavouritesMerge(IReadOnlyList<Guid>? EventIds = null, IReadOnlyList<string>? Venues = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MyFavourites))]
[JsonSerializable(typeof(FavouritesMerge))]
internal sealed partial class FavouritesJson : JsonSerializerContext;

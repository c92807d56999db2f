using System.Text.Json.Serialization;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Venues;

/// <summary>A venue to be added.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, such as DE.</param>
/// <param name="TimeZone">IANA name; the organisation's where it is left out.</param>
/// <param name="Accessibility">What who needs it should know: lifts, steps, places for wheelchairs.</param>
/// <param name="MapUrl">A link to a map.</param>
/// <param name="Transport">How to get there: lines and stops, parking, racks for bicycles.</param>
/// <param name="Coordinates">Latitude and longitude in degrees of WGS 84, such as 52.5163, 13.3777.</param>
internal sealed record VenueRequest(
    string Name, string City, string Country, string? Address = null, string? TimeZone = null,
    string? Accessibility = null, string? MapUrl = null, string? Transport = null, string? Coordinates = null);

/// <summary>What to change; what is left out stays, and an empty text clears what may be empty.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, such as DE.</param>
/// <param name="TimeZone">IANA name. Events that exist keep theirs.</param>
/// <param name="Coordinates">Latitude and longitude in degrees of WGS 84, such as 52.5163, 13.3777.</param>
internal sealed record VenueChange(
    string? Name = null, string? City = null, string? Country = null, string? Address = null, string? TimeZone = null,
    string? Accessibility = null, string? MapUrl = null, string? Transport = null, string? Coordinates = null);

/// <summary>A venue of an organisation.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="TimeZone">IANA name; what its events are in.</param>
/// <param name="Coordinates">Latitude and longitude in degrees of WGS 84; empty: unknown.</param>
internal sealed record VenueDetails(
    Guid Id, string Slug, string Name, string City, string Country, string Address, string TimeZone,
    string Accessibility, string MapUrl, string Transport, string Coordinates);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VenueRequest))]
[JsonSerializable(typeof(VenueChange))]
[JsonSerializable(typeof(VenueDetails))]
[JsonSerializable(typeof(Page<VenueDetails>))]
internal sealed partial class VenuesJson : JsonSerializerContext;

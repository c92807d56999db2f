using System.Text.Json.Serialization;

namespace Onsale.Server.Catalog.Presenters;

/// <summary>A venue as visitors see it.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="Accessibility">How to get in and around, in the organiser's words; empty where nothing is said.</param>
/// <param name="MapUrl">A map of the organiser's choice; left out where there is none.</param>
/// <param name="Transport">How to get there, in the organiser's words; empty where nothing is said.</param>
internal sealed record PublicVenue(
    string Slug, string Name, string City, string Country, string Address, string TimeZone, string Accessibility,
    string? MapUrl, string Transport);

/// <summary>Who presents events, as visitors see it.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="ContactEmail">Left out where there is none, as all that follow.</param>
internal sealed record PublicOrganiser(
    string Slug, string Name, string? ContactEmail, string? ContactPhone, string? Website, string? ImprintUrl,
    string? TermsUrl, string? PrivacyUrl);

[JsonSerializable(typeof(PublicVenue))]
[JsonSerializable(typeof(PublicOrganiser))]
internal sealed partial class PresentersJson : JsonSerializerContext;

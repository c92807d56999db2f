using Onsale.Platform.Contract;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Venues;

/// <summary>What the fields of a venue may be.</summary>
internal static class VenueRules
{
    /// <summary>The changed venue; what is wrong is noted by field.</summary>
    public static VenueDetails Apply(VenueDetails venue, VenueChange change, Validation validation) => venue with
    {
        Name = change.Name is { } name
            ? validation.Text("name", name, 1, VenuesLimits.MaxNameCharacters) : venue.Name,
        City = change.City is { } city
            ? validation.Text("city", city, 1, VenuesLimits.MaxCityCharacters) : venue.City,
        Country = change.Country is { } country ? CheckCountry(country, validation) : venue.Country,
        Address = change.Address is { } address
            ? validation.Text("address", address, 0, VenuesLimits.MaxAddressCharacters) : venue.Address,
        TimeZone = change.TimeZone is { } zone ? CheckTimeZone(zone, validation) : venue.TimeZone,
        Accessibility = change.Accessibility is { } accessibility
            ? validation.Text("accessibility", accessibility, 0, VenuesLimits.MaxAccessibilityCharacters)
            : venue.Accessibility,
        MapUrl = change.MapUrl is { } map ? CheckUrl(map, validation) : venue.MapUrl,
        Transport = change.Transport is { } transport
            ? validation.Text("transport", transport, 0, VenuesLimits.MaxTransportCharacters) : venue.Transport,
        Coordinates = change.Coordinates is { } coordinates
            ? CheckCoordinates(coordinates, validation) : venue.Coordinates,
    };

    private static string CheckCountry(string country, Validation validation)
    {
        validation.Require(
            country.Length == 2 && country.All(char.IsAsciiLetterUpper), "country",
            "Must be an ISO 3166-1 code of two capital letters, such as DE.");
        return country;
    }

    private static string CheckTimeZone(string zone, Validation validation)
    {
        validation.Require(TimeZones.IsKnown(zone), "timeZone", "Must be an IANA time zone such as Europe/Berlin.");
        return zone;
    }

    private static string CheckCoordinates(string coordinates, Validation validation)
    {
        if (string.IsNullOrWhiteSpace(coordinates))
            return "";
        if (VenueCoordinates.TryParse(coordinates) is { } place)
            return place.ToString();
        validation.Add("coordinates", "Must be latitude and longitude in degrees, such as 52.5163, 13.3777.");
        return "";
    }

    private static string CheckUrl(string url, Validation validation)
    {
        var text = validation.Text("mapUrl", url, 0, VenuesLimits.MaxUrlCharacters);
        var isWeb = Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
        validation.Require(
            text.Length == 0 || isWeb, "mapUrl", "Must be an address that begins with https:// or http://.");
        return text;
    }
}

using System.Globalization;

namespace Onsale.Server.Catalog.Venues;

/// <summary>Where a venue is, in degrees of WGS 84, to five places: about a metre.</summary>
internal readonly record struct VenueCoordinates(decimal Latitude, decimal Longitude)
{
    /// <summary>Reads "52.5163, 13.3777"; null: it is no such text.</summary>
    public static VenueCoordinates? TryParse(string text)
    {
        if (text.Length > VenuesLimits.MaxCoordinatesCharacters)
            return null;
        var parts = text.Split(',');
        return parts.Length == 2 && Degrees(parts[0], 90) is { } latitude && Degrees(parts[1], 180) is { } longitude
            ? new VenueCoordinates(latitude, longitude)
            : null;
    }

    /// <summary>As the store writes them: without zeros at the end.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Latitude:0.#####}, {Longitude:0.#####}");

    private static decimal? Degrees(string text, decimal most)
    {
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        return decimal.TryParse(text, styles, CultureInfo.InvariantCulture, out var degrees)
            && Math.Abs(degrees) <= most
                ? Math.Round(degrees, 5)
                : null;
    }
}

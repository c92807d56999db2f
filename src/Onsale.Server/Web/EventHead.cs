using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Onsale.Inventory;
using Onsale.Platform.Contract;
using Onsale.Server.Catalog.Artwork;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Web;

/// <summary>What a page says about itself to those who run no script: title, Open Graph, schema.org.</summary>
internal static class EventHead
{
    private const string SiteName = "Onsale";
    private const string SiteDescription = "Tickets for concerts, theatre, sport and everything worth going out for.";

    public static void AppendSite(StringBuilder head, HttpRequest request)
    {
        AppendTitle(head, SiteName, SiteDescription);
        AppendProperty(head, "og:type", "website");
        AppendProperty(head, "og:site_name", SiteName);
        AppendProperty(head, "og:url", Absolute(request, request.Path));
    }

    /// <summary>Of a page that is for signed-in people only: nothing for search engines.</summary>
    public static void AppendPrivate(StringBuilder head)
    {
        head.Append("<title>").Append(SiteName).Append("</title>");
        AppendMeta(head, "robots", "noindex");
    }

    public static void Append(StringBuilder head, EventDetails details, HttpRequest request)
    {
        var address = Absolute(request, $"/events/{details.Slug}");
        var picture = SharedPictureOf(details);
        var image = picture.StartsWith('/') ? Absolute(request, picture) : picture;
        AppendTitle(head, $"{details.Title} · {SiteName}", details.Summary);
        head.Append("<link rel=\"canonical\" href=\"").Append(Encode(address)).Append("\">");
        AppendProperty(head, "og:type", "event");
        AppendProperty(head, "og:site_name", SiteName);
        AppendProperty(head, "og:title", details.Title);
        AppendProperty(head, "og:description", $"{PlaceAndTime(details)}. {details.Summary}");
        AppendProperty(head, "og:url", address);
        AppendProperty(head, "og:image", image);
        if (ArtworkAddress.IsDrawn(picture))
        {
            AppendProperty(head, "og:image:width", ArtworkPictures.Width.ToString(CultureInfo.InvariantCulture));
            AppendProperty(head, "og:image:height", ArtworkPictures.Height.ToString(CultureInfo.InvariantCulture));
        }

        AppendMeta(head, "twitter:card", "summary_large_image");
        // The encoder of the serialiser writes < and > as escapes: nothing in a title can end the element.
        head.Append("<script type=\"application/ld+json\">")
            .Append(JsonSerializer.Serialize(Describe(details, address, image), SchemaJson.Default.SchemaEvent))
            .Append("</script>");
    }

    /// <summary>Drawn pictures as PNG: messengers show no SVG beside a link.</summary>
    private static string SharedPictureOf(EventDetails details) => details.ImageUrl switch
    {
        var own when !ArtworkAddress.IsDrawn(own) => own,
        _ when ArtworkPictures.IsSupported => ArtworkAddress.PngOf(details.Id, details.Category),
        _ => ArtworkAddress.SvgOf(details.Id, details.Category),
    };

    private static SchemaEvent Describe(EventDetails details, string address, string image)
    {
        return new SchemaEvent(
            "https://schema.org", TypeOf(details.Category), details.Title, details.Summary, address, [image],
            Local(details.StartsAt, details.TimeZone), Local(details.EndsAt, details.TimeZone),
            details.Status == EventStatus.Cancelled
                ? "https://schema.org/EventCancelled" : "https://schema.org/EventScheduled",
            "https://schema.org/OfflineEventAttendanceMode",
            new SchemaPlace("Place", details.Venue.Name, new SchemaAddress(
                "PostalAddress", details.Venue.Address, details.Venue.City, details.Venue.Country)),
            new SchemaOrganiser("Organization", details.Organiser.Name),
            OffersOf(details, address));
    }

    /// <summary>None in a currency whose minor unit is unknown: no price is better than a wrong one.</summary>
    private static SchemaOffer[] OffersOf(EventDetails details, string address) =>
        Currencies.FindExponent(details.Currency) is { } exponent
            ? [.. details.Tiers.Select(tier => new SchemaOffer(
                "Offer", tier.Name, ToMajorUnits(tier.Price.Amount, exponent), details.Currency,
                StatusOf(details, tier), address, details.OnSaleAt.ToString("O", CultureInfo.InvariantCulture)))]
            : [];

    private static string TypeOf(string category) => category switch
    {
        "concert" or "club" or "classical" or "jazz" => "MusicEvent",
        "theatre" => "TheaterEvent",
        "ballet" => "DanceEvent",
        "comedy" => "ComedyEvent",
        "sports" => "SportsEvent",
        "festival" => "Festival",
        "conference" => "BusinessEvent",
        "family" => "ChildrensEvent",
        _ => "Event",
    };

    private static string StatusOf(EventDetails details, EventTier tier) => details.SaleStatus switch
    {
        SaleStatus.Upcoming => "https://schema.org/PreOrder",
        SaleStatus.OnSale when tier.Available > 0 => "https://schema.org/InStock",
        _ => "https://schema.org/SoldOut",
    };

    /// <summary>By the venue's clock with its offset; in UTC where the zone is not known: the same instant.</summary>
    private static string Local(DateTimeOffset instant, string zone) =>
        (TimeZones.ToLocal(instant, zone) ?? instant.ToUniversalTime())
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string PlaceAndTime(EventDetails details)
    {
        var time = TimeZones.ToLocal(details.StartsAt, details.TimeZone) is { } start
            ? start.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)
            : details.StartsAt.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return $"{time}, {details.Venue.Name}, {details.Venue.City}";
    }

    /// <summary>As schema.org wants a price: in major units with all decimal digits.</summary>
    private static string ToMajorUnits(long amount, int exponent) =>
        (amount / (decimal)Math.Pow(10, exponent)).ToString($"F{exponent}", CultureInfo.InvariantCulture);

    /// <summary>Title, description, canonical address and Open Graph of a page about something.</summary>
    public static void AppendAbout(StringBuilder head, string name, string description, string address, string type)
    {
        AppendTitle(head, $"{name} · {SiteName}", description);
        head.Append("<link rel=\"canonical\" href=\"").Append(Encode(address)).Append("\">");
        AppendProperty(head, "og:type", type);
        AppendProperty(head, "og:site_name", SiteName);
        AppendProperty(head, "og:title", name);
        AppendProperty(head, "og:description", description);
        AppendProperty(head, "og:url", address);
    }

    public static string Absolute(HttpRequest request, string path) => $"{request.Scheme}://{request.Host}{path}";

    private static void AppendTitle(StringBuilder head, string title, string description)
    {
        head.Append("<title>").Append(Encode(title)).Append("</title>");
        AppendMeta(head, "description", description);
    }

    private static void AppendMeta(StringBuilder head, string name, string content) =>
        head.Append("<meta name=\"").Append(name).Append("\" content=\"").Append(Encode(content)).Append("\">");

    private static void AppendProperty(StringBuilder head, string name, string content) =>
        head.Append("<meta property=\"").Append(name).Append("\" content=\"").Append(Encode(content)).Append("\">");

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

internal sealed record SchemaEvent(
    [property: JsonPropertyName("@context")] string Context, [property: JsonPropertyName("@type")] string Type,
    string Name, string Description, string Url, string[] Image, string StartDate, string EndDate, string EventStatus,
    string EventAttendanceMode, SchemaPlace Location, SchemaOrganiser Organizer, SchemaOffer[] Offers);

internal sealed record SchemaPlace(
    [property: JsonPropertyName("@type")] string Type, string Name, SchemaAddress Address);

internal sealed record SchemaAddress(
    [property: JsonPropertyName("@type")] string Type, string StreetAddress, string AddressLocality,
    string AddressCountry);

internal sealed record SchemaOrganiser([property: JsonPropertyName("@type")] string Type, string Name);

internal sealed record SchemaOffer(
    [property: JsonPropertyName("@type")] string Type, string Name, string Price, string PriceCurrency,
    string Availability, string Url, string ValidFrom);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SchemaEvent))]
internal sealed partial class SchemaJson : JsonSerializerContext;

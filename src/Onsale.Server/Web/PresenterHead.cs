using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Onsale.Server.Catalog.Presenters;

namespace Onsale.Server.Web;

/// <summary>What the pages of venues and organisers say about themselves to those who run no script.</summary>
internal static class PresenterHead
{
    public static void Append(StringBuilder head, PublicVenue venue, HttpRequest request)
    {
        var address = EventHead.Absolute(request, $"/venues/{venue.Slug}");
        EventHead.AppendAbout(
            head, venue.Name, $"Events at {venue.Name}, {venue.Address}, {venue.City}.", address, "place");
        AppendSchema(head, new SchemaSubject(
            "https://schema.org", "EventVenue", venue.Name, address,
            new SchemaAddress("PostalAddress", venue.Address, venue.City, venue.Country), SameAs: null));
    }

    public static void Append(StringBuilder head, PublicOrganiser organiser, HttpRequest request)
    {
        var address = EventHead.Absolute(request, $"/organisers/{organiser.Slug}");
        EventHead.AppendAbout(head, organiser.Name, $"Events presented by {organiser.Name}.", address, "profile");
        AppendSchema(head, new SchemaSubject(
            "https://schema.org", "Organization", organiser.Name, address, Address: null, organiser.Website));
    }

    // The encoder of the serialiser writes < and > as escapes: nothing in a name can end the element.
    private static void AppendSchema(StringBuilder head, SchemaSubject subject) => head
        .Append("<script type=\"application/ld+json\">")
        .Append(JsonSerializer.Serialize(subject, SubjectJson.Default.SchemaSubject))
        .Append("</script>");
}

internal sealed record SchemaSubject(
    [property: JsonPropertyName("@context")] string Context, [property: JsonPropertyName("@type")] string Type,
    string Name, string Url, SchemaAddress? Address, string? SameAs);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SchemaSubject))]
internal sealed partial class SubjectJson : JsonSerializerContext;

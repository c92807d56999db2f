using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Catalog.Venues;

public sealed class OwnVenuesTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task A_venue_is_added_changed_and_told_in_the_log()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var added = await organisation.AskAsync(HttpMethod.Post, "/venues", body: new
        {
            name = "Lido",
            city = "Berlin",
            country = "DE",
            accessibility = "Step-free from Cuvrystraße",
            transport = "U1 Schlesisches Tor",
        });
        added.Status.ShouldBe(201, added.Body.ToString());
        added["timeZone"].GetString().ShouldBe("UTC");

        var changed = await organisation.AskAsync(
            HttpMethod.Patch, $"/venues/{added.Id}", body: new { timeZone = "Europe/Berlin", accessibility = "" });

        changed["timeZone"].GetString().ShouldBe("Europe/Berlin");
        (await organisation.AskAsync(HttpMethod.Get, $"/venues/{added.Id}"))["accessibility"].GetString().ShouldBe("");
        changed["transport"].GetString().ShouldBe("U1 Schlesisches Tor");
        (await organisation.AskAsync(HttpMethod.Get, "/venues"))["data"].GetArrayLength().ShouldBe(1);
        var log = (await organisation.AskAsync(HttpMethod.Get, "/activity?action=venue"))["data"];
        log[0].GetProperty("after").GetProperty("timeZone").GetString().ShouldBe("Europe/Berlin");
        log[1].GetProperty("action").GetString().ShouldBe("venue.added");
    }

    [Fact]
    public async Task Coordinates_are_kept_to_a_metre_and_can_be_taken_away()
    {
        var organisation = await TestOrganisation.FoundAsync(_node);
        var added = await organisation.AskAsync(HttpMethod.Post, "/venues", body: new
        {
            name = "Lido",
            city = "Berlin",
            country = "DE",
            coordinates = " -52.500004 ,13.0",
        });
        added["coordinates"].GetString().ShouldBe("-52.5, 13");
        var path = $"/venues/{added.Id}";
        (await organisation.AskAsync(HttpMethod.Get, path))["coordinates"].GetString().ShouldBe("-52.5, 13");

        await organisation.AskAsync(HttpMethod.Patch, path, body: new { transport = "U1" });
        (await organisation.AskAsync(HttpMethod.Get, path))["coordinates"].GetString().ShouldBe("-52.5, 13");
        await organisation.AskAsync(HttpMethod.Patch, path, body: new { coordinates = "0.00001, -0.5" });
        (await organisation.AskAsync(HttpMethod.Get, path))["coordinates"].GetString().ShouldBe("0.00001, -0.5");
        await organisation.AskAsync(HttpMethod.Patch, path, body: new { coordinates = "" });
        (await organisation.AskAsync(HttpMethod.Get, path))["coordinates"].GetString().ShouldBe("");
    }

    [Theory]
    [InlineData("""{"name":"","city":"Berlin","country":"DE"}""", "name")]
    [InlineData("""{"name":"A","city":"Berlin","country":"de"}""", "country")]
    [InlineData("""{"name":"A","city":"Berlin","country":"DE","timeZone":"CEST"}""", "timeZone")]
    [InlineData("""{"name":"A","city":"Berlin","country":"DE","mapUrl":"javascript:alert(1)"}""", "mapUrl")]
    [InlineData("""{"name":"A","city":"Berlin","country":"DE","capacity":5}""", "capacity")]
    [InlineData("""{"name":"A","city":"Berlin","country":"DE","coordinates":"52.5"}""", "coordinates")]
    [InlineData("""{"name":"A","city":"Berlin","country":"DE","coordinates":"91, 13"}""", "coordinates")]
    [InlineData("""{"name":"A","city":"Berlin","country":"DE","coordinates":"52.5, 13e0"}""", "coordinates")]
    [InlineData("""{"name":"A","city":"Berlin","country":"DE","transport":"a\u0000b"}""", "transport")]
    public async Task What_is_wrong_with_a_venue_is_named_by_field(string body, string field)
    {
        var organisation = await TestOrganisation.FoundAsync(_node);

        var answer = await organisation.AskAsync(
            HttpMethod.Post, "/venues", body: JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
    }
}

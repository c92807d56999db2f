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

    [Theory]
    [InlineData("""{"name":"","city":"Berlin","country":"DE"}""", "name")]
    [InlineData("""{"name":"A","city":"Berlin","country":"de"}""", "country")]
    [InlineData("""{"name":"A","city":"Berlin","country":"DE","timeZone":"CEST"}""", "timeZone")]
    [InlineData("""{"name":"A","city":"Berlin","country":"DE","mapUrl":"javascript:alert(1)"}""", "mapUrl")]
    [InlineData("""{"name":"A","city":"Berlin","country":"DE","capacity":5}""", "capacity")]
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

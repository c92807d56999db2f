using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Onsale.Inventory;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Catalog.Events;

public sealed class PresenterTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task Venue_and_organiser_of_a_public_event_are_there_with_their_events()
    {
        var (organisation, venue, @event) = await EventAsync(EventStatus.Published);

        var place = await Node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/venues/{venue}");
        place.GetProperty("name").GetString().ShouldBe("Hall");
        place.TryGetProperty("mapUrl", out _).ShouldBeFalse();
        place.GetProperty("transport").GetString().ShouldBe("");
        var organiser = await Node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/organisers/{organisation}");
        organiser.GetProperty("name").GetString().ShouldBe("House");

        foreach (var query in new[] { $"venue={venue}", $"organiser={organisation}" })
        {
            var list = await Node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/events?{query}");
            list.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetGuid()).ShouldBe([@event]);
        }

        (await Node.Client.GetFromJsonAsync<JsonElement>("/api/v1/events?venue=no-such-venue"))
            .GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Of_drafts_alone_nothing_is_told()
    {
        var (organisation, venue, _) = await EventAsync(EventStatus.Draft);

        await (await Node.Client.GetAsync($"/api/v1/venues/{venue}")).ShouldBeProblemAsync(404, "venue-not-found");
        await (await Node.Client.GetAsync($"/api/v1/organisers/{organisation}"))
            .ShouldBeProblemAsync(404, "organiser-not-found");
    }

    [Theory]
    [InlineData("venues/no-such-venue", "venue-not-found")]
    [InlineData("organisers/a'; drop table venues; --", "organiser-not-found")]
    public async Task What_does_not_exist_is_not_found(string route, string code) =>
        await (await Node.Client.GetAsync($"/api/v1/{route}")).ShouldBeProblemAsync(404, code);

    private async Task<(string Organisation, string Venue, Guid Event)> EventAsync(EventStatus status)
    {
        var @event = await TestEvent.WithPoolsAsync(Node.DataSource, [5], made => made with { Status = status });
        await using var connection = await Node.DataSource.OpenConnectionAsync();
        var (organisation, venue) = await connection.QuerySingleAsync<(string, string)>(
            """
            select o.slug, v.slug from events e
            join organisations o on o.id = e.organisation_id join venues v on v.id = e.venue_id where e.id = @Id
            """, new { @event.Id });
        return (organisation, venue, @event.Id);
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;

namespace Onsale.Server.Tests.Catalog.Events;

/// <summary>Events near a city that the visitor names: nobody asks where they are.</summary>
public sealed class NearListTests(SharedNode shared) : IClassFixture<SharedNode>
{
    // Potsdam is 25 km from Berlin, Leipzig 148.
    private static readonly (decimal, decimal) s_berlin = (52.5163m, 13.3777m);
    private static readonly (decimal, decimal) s_potsdam = (52.3989m, 13.0657m);
    private static readonly (decimal, decimal) s_leipzig = (51.3397m, 12.3731m);

    private readonly EventSeed _seed = new(shared.Node.DataSource);

    [Theory]
    [InlineData("", "Berlin", "Potsdam")]
    [InlineData("&within=20", "Berlin")]
    [InlineData("&within=200", "Berlin", "Potsdam", "Leipzig")]
    public async Task Near_a_city_is_what_is_in_it_and_no_further_than_asked_for(string within, params string[] cities)
    {
        await EventsAsync(
            ("Berlin", s_berlin), ("Potsdam", s_potsdam), ("Leipzig", s_leipzig), ("Nowhere", null));

        (await CitiesAsync($"near={Uri.EscapeDataString(Name("Berlin"))}{within}"))
            .ShouldBe(cities.Select(Name), ignoreOrder: true);
    }

    [Fact]
    public async Task Without_coordinates_near_is_the_city_itself()
    {
        await EventsAsync(("Here", null), ("There", null), ("Berlin", s_berlin));

        (await CitiesAsync($"near={Uri.EscapeDataString(Name("here").ToUpperInvariant())}")).ShouldBe([Name("Here")]);
        (await CitiesAsync("near=Atlantis")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_venue_without_coordinates_is_near_its_city_where_another_has_them()
    {
        await EventsAsync(("Berlin", s_berlin), ("Berlin", null), ("Potsdam", s_potsdam));

        (await CitiesAsync($"near={Uri.EscapeDataString(Name("Berlin"))}")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task On_one_spot_and_at_its_opposite_the_distance_is_a_number()
    {
        await EventsAsync(("Pole", (90m, 0m)), ("Other", (-90m, 180m)), ("Pole", (90m, 0m)));

        (await CitiesAsync($"near={Uri.EscapeDataString(Name("Pole"))}&within=500")).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("near=x&within=0", "within")]
    [InlineData("near=x&within=501", "within")]
    [InlineData("near=x&within=far", "within")]
    public async Task What_cannot_be_is_refused_by_its_name(string query, string field)
    {
        using var response = await shared.Node.Client.GetAsync($"/api/v1/events?{query}");

        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")
            .TryGetProperty(field, out _).ShouldBeTrue();
    }

    private string Name(string city) => $"{city} {_seed.Word}";

    private async Task EventsAsync(params (string City, (decimal, decimal)? At)[] venues)
    {
        foreach (var (city, at) in venues)
            await _seed.EventAsync(await _seed.VenueAsync(city: Name(city), at: at));
    }

    private async Task<List<string>> CitiesAsync(string query)
    {
        var page = await shared.Node.Client.GetFromJsonAsync<JsonElement>(
            $"/api/v1/events?search={_seed.Word}&{query}");
        return
        [
            .. page.GetProperty("data").EnumerateArray()
                .Select(line => line.GetProperty("venue").GetProperty("city").GetString()!),
        ];
    }
}

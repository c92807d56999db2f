using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Catalog.Events;

public sealed class ListEventsTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;
    private EventSeed _seed = null!;

    public async Task InitializeAsync()
    {
        _node = await OnsaleNode.StartAsync();
        _seed = new EventSeed(_node.DataSource);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task An_event_is_listed_with_all_that_a_card_shows()
    {
        var venue = await _seed.VenueAsync("Grand Hall", "Boston");
        var seeded = await _seed.EventAsync(venue, "Symphony", prices: [9000, 2500, 4500], capacity: 40, sold: 10);

        var item = (await ListAsync($"search={_seed.Word}")).GetProperty("data").EnumerateArray().Single();

        item.GetProperty("id").GetGuid().ShouldBe(seeded.Id);
        item.GetProperty("slug").GetString().ShouldBe(seeded.Slug);
        item.GetProperty("title").GetString().ShouldBe($"Symphony {_seed.Word}");
        item.GetProperty("startsAt").GetString().ShouldBe("2031-05-01T18:00:00Z");
        item.GetProperty("timeZone").GetString().ShouldBe("America/New_York");
        item.GetProperty("venue").GetProperty("name").GetString().ShouldBe("Grand Hall");
        item.GetProperty("venue").GetProperty("city").GetString().ShouldBe("Boston");
        item.GetProperty("priceRange").GetRawText().ShouldBe(
            """{"min":{"amount":2500,"currency":"USD"},"max":{"amount":9000,"currency":"USD"}}""");
        item.GetProperty("availability").GetRawText().ShouldBe("""{"total":120,"available":90}""");
        item.GetProperty("saleStatus").GetString().ShouldBe("onSale");
    }

    [Fact]
    public async Task Drafts_and_cancelled_events_are_not_listed()
    {
        var venue = await _seed.VenueAsync();
        await _seed.EventAsync(venue, status: 0);
        await _seed.EventAsync(venue, status: 2);

        (await ListAsync($"search={_seed.Word}")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("beethoven")]
    [InlineData("BEETHOV")]
    [InlineData("thunder ac")]
    [InlineData("dc")]
    [InlineData("dont stop")]
    [InlineData("café")]
    [InlineData("cafe")]
    [InlineData("zürich")]
    [InlineData("Zurich")]
    [InlineData("философ")]
    [InlineData("blue note")]
    [InlineData("jazz-club")]
    public async Task Words_are_found_by_their_beginning_in_any_order_case_and_accent(string search)
    {
        var venue = await _seed.VenueAsync("Blue Note Jazz Club", "Zürich");
        await _seed.EventAsync(venue, "Café AC/DC: Don't Stop the Thunder", description: "Beethoven (feat. философия)");

        var found = await ListAsync($"search={_seed.Word}%20{Uri.EscapeDataString(search)}");

        found.GetProperty("meta").GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("eethoven")]
    [InlineData("beethoven mozart")]
    [InlineData("' | '")]
    [InlineData("zz:*|beethoven & (zz")]
    [InlineData("!!!")]
    [InlineData("\\")]
    public async Task Other_words_and_odd_characters_find_nothing_and_break_nothing(string search)
    {
        var venue = await _seed.VenueAsync();
        await _seed.EventAsync(venue, "Beethoven");
        var prefix = search.Any(char.IsAsciiLetter) ? $"{_seed.Word}%20" : "";

        var found = await ListAsync($"search={prefix}{Uri.EscapeDataString(search)}");

        found.GetProperty("meta").GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_renamed_venue_is_found_by_its_new_name()
    {
        var venue = await _seed.VenueAsync("Old Barn");
        await _seed.EventAsync(venue);
        await using var connection = await _node.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "update venues set name = 'New Palace', city = 'Lyon' where id = @venue", new { venue });

        (await ListAsync($"search={_seed.Word}%20palace&city=lyon")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await ListAsync($"search={_seed.Word}%20barn")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task City_category_and_dates_filter_together()
    {
        var boston = await _seed.VenueAsync(city: "Boston");
        var austin = await _seed.VenueAsync(city: "Austin");
        await _seed.EventAsync(boston, "A", "jazz", EventSeed.Base);
        await _seed.EventAsync(boston, "B", "rock", EventSeed.Base.AddDays(1));
        await _seed.EventAsync(austin, "C", "jazz", EventSeed.Base.AddDays(2));

        (await TitlesAsync("city=BOSTON")).ShouldBe(["A", "B"]);
        (await TitlesAsync("category=Jazz")).ShouldBe(["A", "C"]);
        (await TitlesAsync("city=boston&category=jazz")).ShouldBe(["A"]);
        (await TitlesAsync("from=2031-05-02")).ShouldBe(["B", "C"]);
        (await TitlesAsync("to=2031-05-02")).ShouldBe(["A", "B"]);
        (await TitlesAsync("from=2031-05-01T18:00:00Z&to=2031-05-01T18:00:00Z")).ShouldBe(["A"]);
        (await TitlesAsync("from=2031-05-01T20:00:01%2B02:00&to=2031-05-02T23:59:59Z")).ShouldBe(["B"]);
    }

    [Fact]
    public async Task Lists_sort_by_date_price_and_title_in_both_orders()
    {
        var venue = await _seed.VenueAsync();
        await _seed.EventAsync(venue, "beta", startsAt: EventSeed.Base.AddDays(2), prices: [100]);
        await _seed.EventAsync(venue, "Alpha", startsAt: EventSeed.Base.AddDays(3), prices: [900, 300]);
        await _seed.EventAsync(venue, "Gamma", startsAt: EventSeed.Base.AddDays(1), prices: [200]);

        (await TitlesAsync("")).ShouldBe(["Gamma", "beta", "Alpha"]);
        (await TitlesAsync("sort=date&order=desc")).ShouldBe(["Alpha", "beta", "Gamma"]);
        (await TitlesAsync("sort=price")).ShouldBe(["beta", "Gamma", "Alpha"]);
        (await TitlesAsync("sort=price&order=desc")).ShouldBe(["Alpha", "Gamma", "beta"]);
        (await TitlesAsync("sort=title&order=asc")).ShouldBe(["Alpha", "beta", "Gamma"]);
        (await TitlesAsync("sort=title&order=desc")).ShouldBe(["Gamma", "beta", "Alpha"]);
    }

    [Fact]
    public async Task Pages_cover_the_list_once()
    {
        var venue = await _seed.VenueAsync();
        for (var i = 0; i < 7; i++)
            await _seed.EventAsync(venue, $"Show{i}"); // all at the same time: only the id tells them apart
        var titles = new List<string>();

        for (var page = 1; page <= 4; page++)
        {
            var list = await ListAsync($"search={_seed.Word}&limit=2&page={page}");
            list.GetProperty("meta").GetRawText().ShouldBe(
                $$"""{"total":7,"page":{{page}},"limit":2,"totalPages":4}""");
            titles.AddRange(Titles(list));
        }

        titles.ShouldBe(Enumerable.Range(0, 7).Select(i => $"Show{i}"), ignoreOrder: true);
        (await ListAsync($"search={_seed.Word}&page=5&limit=2")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_has_ended_is_listed_only_when_asked_for()
    {
        var venue = await _seed.VenueAsync();
        await _seed.EventAsync(venue, "Past", startsAt: new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));

        (await TitlesAsync("")).ShouldBeEmpty();
        (await TitlesAsync("from=2020-12-31")).ShouldBe(["Past"]);
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("limit=5%00", "limit")]
    [InlineData("page=-1", "page")]
    [InlineData("page=x", "page")]
    [InlineData("page=1.5", "page")]
    [InlineData("page=99999999999", "page")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=51", "limit")]
    [InlineData("page=0&limit=51", "page", "limit")]
    [InlineData("sort=venue", "sort")]
    [InlineData("order=up", "order")]
    [InlineData("from=tomorrow", "from")]
    [InlineData("from=2031-02-30", "from")]
    [InlineData("to=2031-05-01T10:00:00", "to")]
    [InlineData("from=2031-05-02&to=2031-05-01", "to")]
    [InlineData("search=%00", "search")]
    [InlineData("city=a%00b", "city")]
    public async Task A_wrong_filter_is_refused_and_named(string query, params string[] fields) =>
        await (await _node.Client.GetAsync($"/api/v1/events?{query}")).ShouldRefuseAsync(fields);

    [Fact]
    public async Task A_long_search_is_refused() =>
        await (await _node.Client.GetAsync($"/api/v1/events?search={new string('a', 101)}"))
            .ShouldRefuseAsync("search");

    [Fact]
    public async Task An_unchanged_list_is_not_sent_again()
    {
        await _seed.EventAsync(await _seed.VenueAsync());
        using var first = await _node.Client.GetAsync($"/api/v1/events?search={_seed.Word}");
        first.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromSeconds(2));
        using var request = new HttpRequestMessage(HttpMethod.Get, first.RequestMessage!.RequestUri);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await _node.Client.SendAsync(request);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await second.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Facets_count_cities_and_categories()
    {
        var city = $"City {_seed.Word}";
        var venue = await _seed.VenueAsync(city: city);
        await _seed.EventAsync(venue, category: "jazz");
        await _seed.EventAsync(venue, category: "jazz", status: 0);

        var facets = await _node.Client.GetFromJsonAsync<JsonElement>("/api/v1/events/facets");

        facets.GetProperty("cities").EnumerateArray().Single(facet => facet.GetProperty("value").GetString() == city)
            .GetProperty("count").GetInt32().ShouldBe(1);
        facets.GetProperty("categories").EnumerateArray()
            .ShouldContain(facet => facet.GetProperty("value").GetString() == "jazz");
    }

    private Task<JsonElement> ListAsync(string query) =>
        _node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/events?{query}");

    private async Task<List<string>> TitlesAsync(string query) =>
        Titles(await ListAsync($"search={_seed.Word}&{query}"));

    private static List<string> Titles(JsonElement list) =>
        [.. list.GetProperty("data").EnumerateArray().Select(
            item => item.GetProperty("title").GetString()!.Split(' ')[0])];
}

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
    [InlineData("lodz")]
    [InlineData("Łódź")]
    [InlineData("soren")]
    [InlineData("SØREN")]
    [InlineData("koln strasse")]
    [InlineData("STRASSE")]
    [InlineData("aegir")]
    [InlineData("thor")]
    [InlineData("citta dinya")]
    [InlineData("КОНЦЕРТ")]
    [InlineData("ΜΟΥΣΙΚΗΣ")]
    [InlineData("محمد")]
    public async Task Words_are_found_by_their_beginning_in_any_order_case_and_accent(string search)
    {
        var venue = await _seed.VenueAsync("Blue Note Jazz Club", "Zürich");
        await _seed.EventAsync(
            venue, "Café AC/DC: Don't Stop the Thunder",
            description: "Beethoven (feat. философия), Łódź, Søren, Köln Straße, Ægir, Þór, città dınya, концерт, "
                + "μουσικής, مُحَمَّد");

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
    public async Task Price_sort_with_several_currencies_keeps_each_currency_together()
    {
        var venue = await _seed.VenueAsync();
        await _seed.EventAsync(venue, "Dollars150", prices: [15_000]);
        var yen = await _seed.EventAsync(venue, "Yen5000", prices: [5_000]);
        var forint = await _seed.EventAsync(venue, "Forint4500", prices: [450_000]);
        await _seed.EventAsync(venue, "Dollars59", prices: [5_900]);
        await using var connection = await _node.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "update events set currency = case id when @yen then 'JPY' else 'HUF' end where id in (@yen, @forint)",
            new { yen = yen.Id, forint = forint.Id });

        (await TitlesAsync("sort=price")).ShouldBe(["Forint4500", "Yen5000", "Dollars59", "Dollars150"]);
        (await TitlesAsync("sort=price&order=desc")).ShouldBe(["Dollars150", "Dollars59", "Yen5000", "Forint4500"]);
    }

    [Fact]
    public async Task Day_filter_means_the_day_that_the_venue_shows()
    {
        var venue = await _seed.VenueAsync();
        // 20:00 in New York on 5 December is 01:00 on the 6th in UTC.
        await _seed.EventAsync(venue, "Evening", startsAt: new DateTimeOffset(2031, 12, 6, 1, 0, 0, TimeSpan.Zero));

        (await TitlesAsync("from=2031-12-05&to=2031-12-05")).ShouldBe(["Evening"]);
        (await TitlesAsync("from=0001-01-01&to=9999-12-31")).ShouldBe(["Evening"]);
        (await TitlesAsync("from=2031-12-06&to=2031-12-06")).ShouldBeEmpty();
        (await TitlesAsync("from=2031-12-06T00:00:00Z&to=2031-12-06T23:59:59Z")).ShouldBe(["Evening"]);
    }

    [Fact]
    public async Task Day_filter_of_an_event_in_an_unknown_zone_means_the_day_in_UTC()
    {
        var seeded = await _seed.EventAsync(await _seed.VenueAsync(), "Mars");
        await using var connection = await _node.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("update events set time_zone = 'Mars/Olympus' where id = @Id", new { seeded.Id });

        (await TitlesAsync("from=2031-05-01&to=2031-05-01")).ShouldBe(["Mars"]);
        (await TitlesAsync("when=today")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Named_days_are_those_of_the_venues_calendar()
    {
        var venue = await _seed.VenueAsync();
        await using var connection = await _node.DataSource.OpenConnectionAsync();
        var today = await connection.ExecuteScalarAsync<DateTime>(
            "select ((now() at time zone 'America/New_York')::date)::timestamp");
        for (var day = 0; day < 15; day++)
        {
            // Noon in New York, and in its summer time 13:00: the same day either way.
            var noon = new DateTimeOffset(today.AddDays(day).AddHours(17), TimeSpan.Zero);
            await _seed.EventAsync(venue, $"Day{day:00}", startsAt: noon);
        }

        var fromMonday = ((int)today.DayOfWeek + 6) % 7;
        (await TitlesAsync("from=2020-01-01&when=today")).ShouldBe(["Day00"]);
        (await TitlesAsync("from=2020-01-01&when=tomorrow")).ShouldBe(["Day01"]);
        (await TitlesAsync("from=2020-01-01&when=weekend")).ShouldBe(
            Enumerable.Range(0, 7 - fromMonday).Where(day => fromMonday + day >= 5).Select(day => $"Day{day:00}"));
        (await TitlesAsync("from=2020-01-01&when=nextWeek&limit=20")).ShouldBe(
            Enumerable.Range(7 - fromMonday, 7).Select(day => $"Day{day:00}"));
    }

    [Fact]
    public async Task Price_filter_finds_events_with_a_tier_in_the_range()
    {
        var venue = await _seed.VenueAsync();
        await _seed.EventAsync(venue, "Both", prices: [1_000, 10_000]);
        await _seed.EventAsync(venue, "Middle", startsAt: EventSeed.Base.AddDays(1), prices: [5_000]);

        (await TitlesAsync("currency=USD&minPrice=4000&maxPrice=6000")).ShouldBe(["Middle"]);
        (await TitlesAsync("currency=USD&maxPrice=1000")).ShouldBe(["Both"]);
        (await TitlesAsync("currency=USD&minPrice=5000")).ShouldBe(["Both", "Middle"]);
        (await TitlesAsync("currency=EUR")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Beethov")]
    public async Task Suggestions_are_events_whose_words_begin_with_what_is_typed(string typed)
    {
        await _seed.EventAsync(await _seed.VenueAsync("Blue Note", "Zürich"), "Beethoven");

        var found = await SuggestAsync($"{_seed.Word} {typed}");

        found.GetProperty("isSimilar").GetBoolean().ShouldBeFalse();
        var one = found.GetProperty("events").EnumerateArray().Single();
        one.GetProperty("title").GetString().ShouldStartWith("Beethoven");
        one.GetProperty("venue").GetString().ShouldBe("Blue Note");
    }

    [Fact]
    public async Task Suggestions_name_cities_by_their_beginning_without_accents()
    {
        var city = $"Łódź {_seed.Word}";
        await _seed.EventAsync(await _seed.VenueAsync(city: city));

        var found = await SuggestAsync($"lodz {_seed.Word[..20]}");

        found.GetProperty("cities").EnumerateArray().Single().GetProperty("value").GetString().ShouldBe(city);
    }

    [Theory]
    [InlineData("shostakovitch")]
    [InlineData("shostakowich")]
    [InlineData("SHOSTAKOVIHC")]
    public async Task Suggestions_for_a_misspelt_name_are_similar_ones(string typed)
    {
        await _seed.EventAsync(await _seed.VenueAsync(), "Shostakovich");

        var found = await SuggestAsync(typed);

        found.GetProperty("isSimilar").GetBoolean().ShouldBeTrue();
        found.GetProperty("events").EnumerateArray()
            .ShouldContain(one => one.GetProperty("title").GetString()!.StartsWith("Shostakovich"));
    }

    [Fact]
    public async Task City_filter_without_the_accents_finds_the_city()
    {
        await _seed.EventAsync(await _seed.VenueAsync(city: "Łódź"), "Lodz");
        await _seed.EventAsync(await _seed.VenueAsync(city: "København"), "Copenhagen");
        await _seed.EventAsync(await _seed.VenueAsync(city: "Saint-Étienne"), "Etienne");

        (await TitlesAsync("city=lodz")).ShouldBe(["Lodz"]);
        (await TitlesAsync("city=KOBENHAVN")).ShouldBe(["Copenhagen"]);
        (await TitlesAsync("city=saint%20etienne")).ShouldBe(["Etienne"]);
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
    [InlineData("when=yesterday", "when")]
    [InlineData("currency=XXX", "currency")]
    [InlineData("minPrice=100", "currency")]
    [InlineData("currency=EUR&minPrice=-1", "minPrice")]
    [InlineData("currency=EUR&minPrice=1.5", "minPrice")]
    [InlineData("currency=EUR&minPrice=200&maxPrice=100", "maxPrice")]
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
    public async Task Facets_count_cities_categories_and_currencies()
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
        facets.GetProperty("currencies").EnumerateArray().Sum(facet => facet.GetProperty("count").GetInt32())
            .ShouldBeGreaterThan(0);
    }

    private Task<JsonElement> ListAsync(string query) =>
        _node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/events?{query}");

    private Task<JsonElement> SuggestAsync(string search) => _node.Client.GetFromJsonAsync<JsonElement>(
        $"/api/v1/events/suggestions?search={Uri.EscapeDataString(search)}");

    private async Task<List<string>> TitlesAsync(string query) =>
        Titles(await ListAsync($"search={_seed.Word}&{query}"));

    private static List<string> Titles(JsonElement list) =>
        [.. list.GetProperty("data").EnumerateArray().Select(
            item => item.GetProperty("title").GetString()!.Split(' ')[0])];
}

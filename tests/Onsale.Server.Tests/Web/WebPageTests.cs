using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Onsale.Server.Catalog.Artwork;
using Onsale.Server.Tests.Architecture;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Web;

public sealed partial class WebPageTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;

    public async Task InitializeAsync() => _node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task An_event_page_describes_itself_without_script_and_no_title_can_break_out_of_it()
    {
        const string Title = "Evening </script><script>alert(1)</script> & \"friends\"";
        var made = await TestEvent.WithPoolsAsync(_node.DataSource, [5], one => one with { Title = Title });
        var (response, html) = await GetPageAsync($"/events/{made.Id}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        html.ShouldNotContain("<script>alert");
        html.ShouldContain("<meta property=\"og:title\" content=\"Evening &lt;/script&gt;");
        using var data = JsonDocument.Parse(LinkedData().Match(html).Groups[1].Value);
        data.RootElement.GetProperty("@type").GetString().ShouldBe("MusicEvent");
        data.RootElement.GetProperty("name").GetString().ShouldBe(Title);
        var offer = data.RootElement.GetProperty("offers")[0];
        offer.GetProperty("price").GetString().ShouldBe("10.00");
        offer.GetProperty("availability").GetString().ShouldBe("https://schema.org/InStock");
    }

    [Fact]
    public async Task An_event_page_shows_title_and_picture_before_any_script_and_brings_its_data()
    {
        const string Title = "Evening </script><img src=x> & \"friends\"";
        var made = await TestEvent.WithPoolsAsync(_node.DataSource, [5], one => one with { Title = Title });
        var (_, html) = await GetPageAsync($"/events/{made.Id}");
        html.ShouldContain("<bdi>Evening &lt;/script&gt;&lt;img src=x&gt; &amp; &quot;friends&quot;</bdi></h1>");
        html.ShouldContain($"src=\"{ArtworkAddress.SvgOf(made.Id, "concert")}\"");
        html.ShouldNotContain("{{");
        html.ShouldNotContain(" style=");
        using var data = JsonDocument.Parse(PageData().Match(html).Groups[1].Value);
        using var answer = JsonDocument.Parse(await _node.Client.GetStringAsync($"/api/v1/events/{made.Id}"));
        JsonElement.DeepEquals(data.RootElement.GetProperty("event"), answer.RootElement).ShouldBeTrue();
    }

    [Fact]
    public async Task The_page_for_choosing_shows_its_title_before_any_script_and_asks_for_the_plan_at_once()
    {
        var seated = await TestEvent.WithSeatsAsync(_node.DataSource, 1, 4);
        var (_, html) = await GetPageAsync($"/events/{seated.Id}/pick");
        html.ShouldContain("<h1><bdi>");
        html.ShouldNotContain("{{");
        var plan = PreloadedPlan().Match(html).Groups[1].Value;
        (await _node.Client.GetAsync(plan)).Headers.CacheControl!.ToString().ShouldContain("immutable");
        var unseated = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);
        (_, html) = await GetPageAsync($"/events/{unseated.Id}/pick");
        html.ShouldContain("<h1><bdi>");
        PreloadedPlan().IsMatch(html).ShouldBeFalse();
    }

    [Fact]
    public async Task Signing_in_is_seen_before_any_script()
    {
        var (_, html) = await GetPageAsync("/login");
        html.ShouldContain("type=\"password\"");
        html.ShouldNotContain(" style=");
        InlineScript().IsMatch(html).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/", "/api/v1/events?page=1&limit=50")]
    [InlineData("/events", "/api/v1/events?page=1&limit=12")]
    public async Task A_page_of_events_brings_the_answer_that_the_app_would_ask_for(string address, string question)
    {
        await TestEvent.WithPoolsAsync(_node.DataSource, [5]);
        var (_, html) = await GetPageAsync(address);
        using var data = JsonDocument.Parse(PageData().Match(html).Groups[1].Value);
        using var answer = JsonDocument.Parse(await _node.Client.GetStringAsync(question));
        var meta = answer.RootElement.GetProperty("meta");
        data.RootElement.GetProperty("events").GetProperty("meta").GetProperty("limit").GetInt32()
            .ShouldBe(meta.GetProperty("limit").GetInt32());
        data.RootElement.GetProperty("events").GetProperty("data").GetArrayLength().ShouldBeGreaterThan(0);
        data.RootElement.GetProperty("facets").GetProperty("categories").GetArrayLength().ShouldBeGreaterThan(0);
        html.ShouldContain("src=\"/artwork/");
    }

    [Theory]
    [InlineData("*/*", "/events/{event}", HttpStatusCode.OK)]
    [InlineData(null, "/events/{event}", HttpStatusCode.OK)]
    [InlineData("*/*", "/events/no-such-event", HttpStatusCode.NotFound)]
    [InlineData("application/json", "/events/{event}", HttpStatusCode.NotFound)]
    [InlineData("*/*", "/nowhere/at/all", HttpStatusCode.NotFound)]
    public async Task Who_takes_anything_gets_the_page_of_a_link_as_messengers_ask_for_it(
        string? accept, string address, HttpStatusCode status)
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, address.Replace("{event}", @event.Id.ToString(), StringComparison.Ordinal));
        if (accept is not null)
            request.Headers.Add("Accept", accept);

        using var response = await _node.Client.SendAsync(request);

        response.StatusCode.ShouldBe(status);
        if (status == HttpStatusCode.OK)
            (await response.Content.ReadAsStringAsync()).ShouldContain("<meta property=\"og:title\"");
    }

    [Fact]
    public async Task Every_page_of_the_shops_router_is_one_that_the_server_knows()
    {
        var router = SourceTree.Read("web/src/app/router.tsx");
        var pages = RouterPath().Matches(router).Select(match => match.Groups["path"].Value)
            .Where(path => !path.Contains('$', StringComparison.Ordinal)).ToList();
        pages.Count.ShouldBeGreaterThan(10);

        foreach (var path in pages)
            (await GetPageAsync(path)).Response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/events", HttpStatusCode.OK)]
    [InlineData("/checkout/x/y", HttpStatusCode.OK)]
    [InlineData("/bookings", HttpStatusCode.OK)]
    [InlineData("/bookings/x/y", HttpStatusCode.OK)]
    [InlineData("/profile", HttpStatusCode.OK)]
    [InlineData("/organise", HttpStatusCode.OK)]
    [InlineData("/organise/lantern/events", HttpStatusCode.OK)]
    [InlineData("/operate", HttpStatusCode.OK)]
    [InlineData("/operate/x", HttpStatusCode.NotFound)]
    [InlineData("/status", HttpStatusCode.OK)]
    [InlineData("/organised", HttpStatusCode.NotFound)]
    [InlineData("/bookings/x", HttpStatusCode.NotFound)]
    [InlineData("/login/x", HttpStatusCode.NotFound)]
    [InlineData("/events/{event}/pick", HttpStatusCode.OK)]
    [InlineData("/events/{event}/pock", HttpStatusCode.NotFound)]
    [InlineData("/events/no-such-event", HttpStatusCode.NotFound)]
    [InlineData("/nowhere/at/all", HttpStatusCode.NotFound)]
    public async Task Every_address_survives_a_reload_and_says_whether_it_exists(string address, HttpStatusCode status)
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);
        var (response, html) = await GetPageAsync(
            address.Replace("{event}", @event.Id.ToString(), StringComparison.Ordinal));
        response.StatusCode.ShouldBe(status);
        html.ShouldContain("<div id=\"root\">");
    }

    [Fact]
    public async Task Organisers_pages_are_an_app_of_their_own_that_no_search_engine_lists()
    {
        var (response, html) = await GetPageAsync("/organise/lantern/events");
        var (_, shop) = await GetPageAsync("/");

        html.ShouldContain("<meta name=\"robots\" content=\"noindex\">");
        html.ShouldContain("src=\"/assets/organise-");
        html.ShouldContain("<link rel=\"modulepreload\" href=\"/assets/organise-en-");
        shop.ShouldNotContain("/assets/organise-");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("style-src 'self';");
        InlineScript().IsMatch(html).ShouldBeFalse();
        var script = OrganiseScript().Match(html).Groups[1].Value;
        (await _node.Client.GetAsync(script)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/health/nothing")]
    [InlineData("/assets/nothing.js")]
    public async Task What_is_no_page_stays_a_problem(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/html");
        using var response = await _node.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Pages_allow_no_inline_script_and_no_inline_style()
    {
        var (response, html) = await GetPageAsync("/");
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldNotContain("unsafe");
        InlineScript().IsMatch(html).ShouldBeFalse();
    }

    [Theory]
    [InlineData("gzip, br", "br")]
    [InlineData("br;q=0.1, gzip;q=1", "gzip")]
    [InlineData("br;q=0, gzip;q=0", null)]
    public async Task Built_files_come_compressed_and_are_kept_for_good(string accepted, string? coding)
    {
        var (_, html) = await GetPageAsync("/");
        var address = LargestScript().Match(html).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Encoding", accepted);
        using var response = await _node.Client.SendAsync(request);
        response.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(coding);
        response.Headers.CacheControl!.ToString().ShouldContain("immutable");
        string.Join(",", response.Headers.Vary).ShouldContain("Accept-Encoding");
    }

    [Theory]
    [InlineData(null, "de-CH, en;q=0.5", "<html lang=\"de\" dir=\"ltr\">")]
    [InlineData(
        "onsale_language=ar; onsale_theme=dark", "de",
        "<html lang=\"ar\" dir=\"rtl\" data-mantine-color-scheme=\"dark\">")]
    [InlineData("onsale_language=\"><script>; onsale_theme=x", "fr", "<html lang=\"en\" dir=\"ltr\">")]
    public async Task The_page_speaks_the_visitors_language(string? cookie, string accepted, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Accept-Language", accepted);
        if (cookie is not null)
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var response = await _node.Client.SendAsync(request);
        (await response.Content.ReadAsStringAsync()).ShouldContain(tag);
    }

    [Fact]
    public async Task Artwork_is_the_same_for_ever_and_runs_nothing()
    {
        var made = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);
        using var response = await _node.Client.GetAsync(ArtworkAddress.SvgOf(made.Id, "concert"));
        var svg = await response.Content.ReadAsStringAsync();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        response.Headers.CacheControl!.ToString().ShouldContain("immutable");
        svg.ShouldBe(ArtworkDrawing.Draw(made.Id, "concert"));
        svg.ShouldNotContain("<script");
        svg.Length.ShouldBeLessThan(64 * 1024);
    }

    [Fact]
    public async Task Shared_picture_is_a_PNG_of_1200_by_630_pixels_that_other_sites_may_show()
    {
        var made = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);
        var (_, html) = await GetPageAsync($"/events/{made.Id}");
        var address = new Uri(SharedPicture().Match(html).Groups[1].Value);
        html.ShouldContain("<meta property=\"og:image:width\" content=\"1200\">");
        html.ShouldContain("<meta property=\"og:image:height\" content=\"630\">");

        using var response = await _node.Client.GetAsync(address.PathAndQuery);

        var png = await response.Content.ReadAsByteArrayAsync();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        response.Headers.CacheControl!.ToString().ShouldContain("immutable");
        response.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["cross-origin"]);
        png.AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
        BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(16)).ShouldBe(1200u);
        BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(20)).ShouldBe(630u);
        png.Length.ShouldBeInRange(5_000, 500_000);
    }

    [Theory]
    [InlineData(".svg")]
    [InlineData(".png")]
    public async Task Picture_under_an_address_without_its_version_is_kept_for_minutes_only(string extension)
    {
        var made = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);

        using var none = await _node.Client.GetAsync($"/artwork/{made.Id}{extension}");
        using var old = await _node.Client.GetAsync($"/artwork/{made.Id}{extension}?v=00000000");

        none.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromMinutes(5));
        old.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Picture_of_another_category_has_another_address()
    {
        var id = Guid.Empty;
        ArtworkAddress.PngOf(id, "jazz").ShouldNotBe(ArtworkAddress.PngOf(id, "concert"));
        (await _node.Client.GetAsync($"/artwork/{id}.png")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _node.Client.GetAsync("/artwork/x.gif")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Event_in_an_unknown_time_zone_has_a_page_with_its_time_in_UTC()
    {
        var made = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);
        await _node.DataSource.ExecuteAsync("update events set time_zone = 'Mars/Olympus' where id = $1", made.Id);

        var (response, html) = await GetPageAsync($"/events/{made.Id}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        html.ShouldContain(" UTC, ");
        using var data = JsonDocument.Parse(LinkedData().Match(html).Groups[1].Value);
        data.RootElement.GetProperty("startDate").GetString()!.ShouldEndWith("+00:00");
    }

    [Fact]
    public async Task Event_in_an_unknown_currency_has_a_page_without_offers()
    {
        var made = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);
        await _node.DataSource.ExecuteAsync("update events set currency = 'XXX' where id = $1", made.Id);

        var (response, html) = await GetPageAsync($"/events/{made.Id}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var data = JsonDocument.Parse(LinkedData().Match(html).Groups[1].Value);
        data.RootElement.GetProperty("offers").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_calendar_file_has_the_event_in_lines_that_calendars_can_read()
    {
        var made = await TestEvent.WithPoolsAsync(
            _node.DataSource, [5], one => one with { Title = new string('ü', 90) + "; a, b" });
        var file = await _node.Client.GetByteArrayAsync($"/api/v1/events/{made.Id}/calendar");
        var lines = System.Text.Encoding.UTF8.GetString(file).Split("\r\n");
        lines.ShouldAllBe(line => System.Text.Encoding.UTF8.GetByteCount(line) <= 75);
        string.Concat(lines).Replace(" ", "", StringComparison.Ordinal).ShouldContain("\\;a\\,b");
    }

    private async Task<(HttpResponseMessage Response, string Html)> GetPageAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/html");
        var response = await _node.Client.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("<meta property=\"og:image\" content=\"([^\"]+\\.png[^\"]*)\">")]
    private static partial Regex SharedPicture();

    [GeneratedRegex("<script type=\"application/ld\\+json\">(.*?)</script>")]
    private static partial Regex LinkedData();

    [GeneratedRegex("(?:href|src)=\"(/assets/vendor-[^\"]+\\.js)\"")]
    private static partial Regex LargestScript();

    [GeneratedRegex("src=\"(/assets/organise-app-[^\"]+\\.js)\"")]
    private static partial Regex OrganiseScript();

    [GeneratedRegex("<script type=\"application/json\" id=\"page-data\">(.*?)</script>")]
    private static partial Regex PageData();

    [GeneratedRegex("<link rel=\"preload\" as=\"fetch\"[^>]* href=\"(/api/v1/events/[^\"]+/seatmap\\?v=[^\"]+)\"")]
    private static partial Regex PreloadedPlan();

    [GeneratedRegex("<script(?![^>]*(?:src=|ld\\+json|application/json))")]
    private static partial Regex InlineScript();

    [GeneratedRegex("path: \"(?<path>/[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RouterPath();
}

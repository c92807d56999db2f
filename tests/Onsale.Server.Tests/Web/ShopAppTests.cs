using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Web;

/// <summary>The shop and the door as apps of a device: what a browser is told, and what it may keep.</summary>
public sealed partial class ShopAppTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;

    public async Task InitializeAsync() => _node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("/", "en", "My tickets")]
    [InlineData("/events", "de", "Meine Tickets")]
    [InlineData("/bookings", "es", "Mis entradas")]
    [InlineData("/checkout/x/y", "ar", "تذاكري")]
    public async Task Pages_of_the_shop_name_the_app_in_their_language(string page, string language, string tickets)
    {
        var manifest = await ManifestOfAsync(await HtmlOfAsync(_node, page, language));

        manifest.GetProperty("lang").GetString().ShouldBe(language);
        manifest.GetProperty("id").GetString().ShouldBe("/");
        manifest.GetProperty("start_url").GetString().ShouldBe("/");
        manifest.GetProperty("scope").GetString().ShouldBe("/");
        var shortcut = manifest.GetProperty("shortcuts")[0];
        shortcut.GetProperty("name").GetString().ShouldBe(tickets);
        shortcut.GetProperty("url").GetString().ShouldBe("/bookings");
    }

    [Theory]
    [InlineData("/organise")]
    [InlineData("/operate")]
    [InlineData("/door")]
    public async Task Other_apps_do_not_offer_the_shop(string page) =>
        (await HtmlOfAsync(_node, page, "en")).ShouldNotContain("/shop.");

    [Theory]
    [InlineData("/")]
    [InlineData("/door")]
    public async Task Icons_are_pictures_of_the_size_that_the_manifest_says(string page)
    {
        var html = await HtmlOfAsync(_node, page, "en");
        var manifest = await ManifestOfAsync(html);
        var icons = manifest.GetProperty("icons").EnumerateArray()
            .Where(icon => icon.GetProperty("type").GetString() == "image/png").ToList();
        icons.Select(icon => $"{icon.GetProperty("purpose")} {icon.GetProperty("sizes")}")
            .ShouldBe(["any 192x192", "any 512x512", "maskable 512x512"]);
        foreach (var icon in icons)
        {
            var png = await _node.Client.GetByteArrayAsync(icon.GetProperty("src").GetString());
            png.AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
            var (width, height) = (SizeAt(png, 16), SizeAt(png, 20));
            $"{width}x{height}".ShouldBe(icon.GetProperty("sizes").GetString());
        }

        var apple = await _node.Client.GetByteArrayAsync(AppleIcon().Match(html).Groups["address"].Value);
        SizeAt(apple, 16).ShouldBe(180u);
    }

    [Theory]
    [InlineData("/shop-worker.js")]
    [InlineData("/door-worker.js")]
    public async Task A_worker_is_asked_for_each_time(string address)
    {
        using var answer = await _node.Client.GetAsync(address);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        answer.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await _node.Client.SendAsync(again);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Every_file_that_the_worker_keeps_is_there_and_its_page_names_no_other()
    {
        var worker = await _node.Client.GetStringAsync("/shop-worker.js");
        var files = BuiltFile().Matches(worker).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        files.Count.ShouldBeGreaterThan(10);
        worker.ShouldNotContain("%VERSION%");
        worker.ShouldNotContain("import ");

        foreach (var file in files)
        {
            using var answer = await _node.Client.GetAsync(file);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
        }

        foreach (var language in (string[])["en", "de", "es", "ar"])
        {
            var html = await HtmlOfAsync(_node, "/bookings", language);
            BuiltFile().Matches(html).Select(match => match.Value).ShouldBeSubsetOf(files);
        }
    }

    [Fact]
    public async Task Pages_let_a_browser_load_worker_and_manifest_of_this_site_only()
    {
        using var answer = await AskAsync(_node, "/bookings", "en");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("worker-src 'self';");
        policy.ShouldContain("manifest-src 'self';");
    }

    [Fact]
    public async Task Turned_off_the_worker_is_one_that_undoes_itself_and_pages_say_so()
    {
        var ordinary = await _node.Client.GetStringAsync("/shop-worker.js");
        (await HtmlOfAsync(_node, "/bookings", "en")).ShouldNotContain("onsale-worker");

        await using var node = await OnsaleNode.StartAsync(settings: [("Onsale:ShopApp:OfflineTickets", "false")]);

        using var answer = await node.Client.GetAsync("/shop-worker.js");
        var retired = await answer.Content.ReadAsStringAsync();
        answer.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        retired.ShouldNotBe(ordinary);
        retired.ShouldContain("registration.unregister()");
        retired.ShouldContain("caches.delete");
        retired.ShouldNotContain("\"fetch\"");
        (await HtmlOfAsync(node, "/bookings", "en")).ShouldContain("<meta name=\"onsale-worker\" content=\"off\">");
        (await node.Client.GetStringAsync("/door-worker.js")).ShouldContain("onsale-door-");
    }

    private async Task<JsonElement> ManifestOfAsync(string html)
    {
        using var answer = await _node.Client.GetAsync(Manifest().Match(html).Groups["address"].Value);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/manifest+json");
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    private static async Task<string> HtmlOfAsync(OnsaleNode node, string page, string language)
    {
        using var answer = await AskAsync(node, page, language);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> AskAsync(OnsaleNode node, string page, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Accept-Language", language);
        return await node.Client.SendAsync(request);
    }

    private static uint SizeAt(byte[] png, int offset) => BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(offset));

    [GeneratedRegex("<link rel=\"manifest\" href=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Manifest();

    [GeneratedRegex("<link rel=\"apple-touch-icon\" href=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AppleIcon();

    [GeneratedRegex("/assets/[A-Za-z0-9._-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BuiltFile();
}

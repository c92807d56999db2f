using System.Net.WebSockets;
using Onsale.Platform.Http;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform;

/// <summary>What requests say of where they come from, and what answers say to browsers and proxies.</summary>
public sealed class HttpHeaderTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Theory]
    [InlineData("shop.example", "https://shop.example", true)]
    [InlineData("shop.example", "http://shop.example", true)]
    [InlineData("shop.example", "https://shop.example:443", true)]
    [InlineData("shop.example:443", "https://shop.example", true)]
    [InlineData("shop.example:80", "http://shop.example", true)]
    [InlineData("SHOP.example", "https://shop.example", true)]
    [InlineData("localhost", "http://localhost", true)]
    [InlineData("[::1]", "http://[::1]", true)]
    [InlineData("[::1]:8080", "http://[::1]:8080", true)]
    [InlineData("shop.example:8080", "http://shop.example:8080", true)]
    [InlineData("shop.example", "https://shop.example:8443", false)]
    [InlineData("shop.example:8443", "https://shop.example", false)]
    [InlineData("shop.example:80", "https://shop.example", false)]
    [InlineData("shop.example", "https://shop.example.evil.example", false)]
    [InlineData("shop.example", "https://evil.example", false)]
    [InlineData("shop.example", "ftp://shop.example", false)]
    [InlineData("shop.example", "null", false)]
    public async Task Origin_of_the_same_host_and_port_is_own_on_every_route_that_asks(
        string host, string origin, bool isOwn)
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        using var live = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{@event.Id}/live");
        live.Headers.Add("Accept", "text/event-stream");
        using var guest = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/guest");
        foreach (var request in new[] { live, guest })
        {
            request.Headers.Host = host;
            request.Headers.Add("Origin", origin);
        }

        using var feed = await _node.Client.SendAsync(live, HttpCompletionOption.ResponseHeadersRead);
        using var session = await _node.Client.SendAsync(guest);

        ((int)feed.StatusCode).ShouldBe(isOwn ? 200 : 403);
        ((int)session.StatusCode).ShouldBe(isOwn ? 201 : 403);
    }

    [Fact]
    public async Task WebSocket_of_the_own_page_on_a_default_port_is_opened()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "shop.example");
        socket.Options.SetRequestHeader("Origin", "https://shop.example");

        await socket.ConnectAsync(
            new Uri($"ws://{_node.Address.Authority}/api/v1/events/{@event.Id}/live"), CancellationToken.None);

        socket.State.ShouldBe(WebSocketState.Open);
    }

    [Fact]
    public async Task Server_sent_events_tell_proxies_not_to_transform_them()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{@event.Id}/live");
        request.Headers.Add("Accept", "text/event-stream");

        using var feed = await _node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        feed.Headers.CacheControl!.NoTransform.ShouldBeTrue();
        feed.Headers.CacheControl.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("https://shop.example", "https://shop.example", true)]
    [InlineData("https://shop.example", "https://Shop.Example:443/", true)]
    [InlineData("https://shop.example", "http://shop.example", false)]
    [InlineData("null", "null", false)]
    public void Allowed_origins_are_compared_as_urls(string origin, string allowed, bool same) =>
        Origins.AreSame(origin, allowed).ShouldBe(same);

    [Theory]
    [InlineData("2026-05-01T18:00:00.123456789Z", "2026-05-01T18:00:00.1234567Z")]
    [InlineData("2026-05-01T20:00:00.1234567890123+02:00", "2026-05-01T18:00:00.1234567Z")]
    [InlineData("2026-05-01T18:00:00.5Z", "2026-05-01T18:00:00.5Z")]
    [InlineData("2026-05-01T18:00:00.123456789", null)]
    [InlineData("2026-05-01T18:00:00.12345678x9Z", null)]
    public void Instant_with_a_long_fraction_is_cut_to_the_clocks_resolution(string text, string? expected)
    {
        var parsed = Instants.TryParse(text, out var instant);

        parsed.ShouldBe(expected is not null);
        if (expected is not null)
            instant.ShouldBe(DateTimeOffset.Parse(expected));
    }

    [Fact]
    public async Task New_live_connections_of_one_address_have_a_budget()
    {
        await using var node = await OnsaleNode.StartAsync(settings:
        [
            ("Onsale:RateLimits:Enabled", "true"), ("Onsale:RateLimits:Live:PermitLimit", "2"),
            ("Onsale:RateLimits:Live:WindowSeconds", "3600"),
        ]);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1]);
        for (var connection = 0; connection < 3; connection++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{@event.Id}/live");
            request.Headers.Add("Accept", "text/event-stream");
            using var feed = await node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            ((int)feed.StatusCode).ShouldBe(connection < 2 ? 200 : 429);
        }
    }

    [Theory]
    [InlineData(null, null, "max-age=31536000")]
    [InlineData("30", "true", "max-age=2592000; includeSubDomains")]
    [InlineData("0", "true", null)]
    public async Task Strict_transport_is_said_over_https_as_it_is_set(string? days, string? subDomains, string? header)
    {
        var settings = new List<(string, string)> { ("Onsale:TrustedProxies", "127.0.0.0/8") };
        if (days is not null)
            settings.Add(("Onsale:StrictTransport:MaxAgeDays", days));
        if (subDomains is not null)
            settings.Add(("Onsale:StrictTransport:IncludeSubDomains", subDomains));
        await using var node = await OnsaleNode.StartAsync(settings: settings);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var secure = await node.Client.SendAsync(request);
        using var plain = await node.Client.GetAsync("/api/v1/events");

        secure.Headers.TryGetValues("Strict-Transport-Security", out var said);
        said?.Single().ShouldBe(header);
        (said is null).ShouldBe(header is null);
        plain.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Fact]
    public async Task Contract_answers_head_and_spends_from_a_budget()
    {
        await using var node = await OnsaleNode.StartAsync(settings: [("Onsale:RateLimits:Enabled", "true")]);

        using var head = await node.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/openapi/v1.json"));

        ((int)head.StatusCode).ShouldBe(200);
        head.Headers.GetValues("RateLimit-Policy").Single().ShouldStartWith("\"reads\"");
        (await head.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Calendar_is_asked_for_anew_since_it_names_the_host_it_was_asked_by()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);

        using var calendar = await _node.Client.GetAsync($"/api/v1/events/{@event.Id}/calendar");

        ((int)calendar.StatusCode).ShouldBe(200);
        calendar.Headers.CacheControl!.NoCache.ShouldBeTrue();
    }
}

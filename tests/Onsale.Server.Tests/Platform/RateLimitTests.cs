using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Tests.Platform;

public sealed class RateLimitTests
{
    private static readonly Dictionary<string, string?> TwoBookings = new(StringComparer.Ordinal)
    {
        ["Onsale:RateLimits:Booking:PermitLimit"] = "2",
        ["Onsale:RateLimits:Booking:WindowSeconds"] = "600",
    };

    [Fact]
    public async Task A_limited_route_says_what_is_left_and_then_when_to_come_back()
    {
        await using var app = await HostingApp.StartAsync(Map, TwoBookings);

        var first = await app.Client.GetAsync("/api/v1/book");
        first.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"booking\";q=2;w=600"]);
        first.Headers.GetValues("RateLimit").ShouldBe(["\"booking\";r=1;t=300"]);
        (await app.Client.GetAsync("/api/v1/book")).Headers.GetValues("RateLimit").ShouldBe(["\"booking\";r=0;t=600"]);

        var refused = await app.Client.GetAsync("/api/v1/book");
        await refused.ShouldBeProblemAsync(429, "rate-limited");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBe(300, tolerance: 1);
        refused.Headers.GetValues("RateLimit").ShouldBe(["\"booking\";r=0;t=600"]);
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_counted_and_told_what_is_left()
    {
        await using var app = await HostingApp.StartAsync(Map, TwoBookings);

        var refused = await app.Client.PostTextAsync("/api/v1/book", """{"seats":"two"}""");

        await refused.ShouldRefuseAsync("seats");
        refused.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"booking\";q=2;w=600"]);
        refused.Headers.GetValues("RateLimit").ShouldBe(["\"booking\";r=1;t=300"]);
        refused.Headers.CacheControl!.ToString().ShouldBe("no-store");
    }

    [Fact]
    public async Task Buyers_have_budgets_of_their_own()
    {
        await using var app = await HostingApp.StartAsync(Map, TwoBookings, identify: true);
        for (var i = 0; i < 3; i++)
            (await app.Client.GetAsync("/api/v1/book?buyer=0190a000-0000-7000-8000-000000000001")).Dispose();

        var other = await app.Client.GetAsync("/api/v1/book?buyer=0190a000-0000-7000-8000-000000000002");

        other.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Other_routes_are_not_limited()
    {
        await using var app = await HostingApp.StartAsync(Map, TwoBookings);
        for (var i = 0; i < 5; i++)
        {
            var response = await app.Client.GetAsync("/api/v1/free");
            response.EnsureSuccessStatusCode();
            response.Headers.Contains("RateLimit").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task What_is_at_no_route_counts_as_a_read_of_its_address()
    {
        await using var app = await HostingApp.StartAsync(Map,
            [KeyValuePair.Create<string, string?>("Onsale:RateLimits:Reads:PermitLimit", "2")]);
        for (var i = 0; i < 2; i++)
        {
            using var page = await app.Client.GetAsync($"/events/{i}");
            ((int)page.StatusCode).ShouldBe(404);
            page.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"reads\";q=2;w=10"]);
        }

        (await (await app.Client.GetAsync("/events/2")).ShouldBeProblemAsync(429, "rate-limited"))
            .GetProperty("detail").GetString().ShouldStartWith("At most 2 requests in 10 s");
        (await app.Client.GetAsync("/api/v1/free")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Limits_can_be_switched_off()
    {
        await using var app = await HostingApp.StartAsync(Map,
            [.. TwoBookings, KeyValuePair.Create<string, string?>("Onsale:RateLimits:Enabled", "false")]);
        for (var i = 0; i < 5; i++)
            (await app.Client.GetAsync("/api/v1/book")).EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("Booking:PermitLimit", "0")]
    [InlineData("Auth:WindowSeconds", "-1")]
    [InlineData("Reads:WindowSeconds", "100000")]
    public async Task A_limit_out_of_range_stops_the_start_with_its_name(string key, string value)
    {
        var exception = await Should.ThrowAsync<OptionsValidationException>(() =>
            HostingApp.StartAsync(Map, [KeyValuePair.Create<string, string?>($"Onsale:RateLimits:{key}", value)]));

        exception.Message.ShouldContain($"Onsale:RateLimits:{key}");
    }

    [Fact]
    public async Task A_misspelt_limit_stops_the_start() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => HostingApp.StartAsync(Map,
            [KeyValuePair.Create<string, string?>("Onsale:RateLimits:Bookings:PermitLimit", "5")])))
        .Message.ShouldContain("Bookings");

    [Fact]
    public async Task A_forwarded_address_is_believed_only_from_a_trusted_proxy()
    {
        await using var open = await HostingApp.StartAsync(Map, TwoBookings);
        (await StatusAfterTwoAsync(open)).ShouldBe(429);

        foreach (var (key, networks) in new[]
        {
            ("Onsale:TrustedProxies:0", "127.0.0.0/8"),
            ("Onsale:TrustedProxies", "127.0.0.0/8"),
            ("Onsale:TrustedProxies", "10.0.0.0/8; 127.0.0.0/8"),
        })
        {
            await using var trusting = await HostingApp.StartAsync(
                Map, [.. TwoBookings, KeyValuePair.Create<string, string?>(key, networks)]);
            (await StatusAfterTwoAsync(trusting)).ShouldBe(200);
        }

        static async Task<int> StatusAfterTwoAsync(HostingApp app)
        {
            var status = 0;
            for (var i = 0; i < 3; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/book");
                request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
                using var response = await app.Client.SendAsync(request);
                status = (int)response.StatusCode;
            }

            return status;
        }
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/api/v1/book", () => "ok").RequireRateLimit(RateLimitPolicy.Booking);
        app.MapApi().MapPost("/book", (Wanted wanted) => wanted.Seats).RequireRateLimit(RateLimitPolicy.Booking);
        app.MapGet("/api/v1/free", () => "ok");
    }

    internal sealed record Wanted(int Seats);
}

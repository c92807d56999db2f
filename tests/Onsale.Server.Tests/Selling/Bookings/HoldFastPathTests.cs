using System.Text;
using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>
/// The short way and the ordinary way answer alike. A charset that is written without its space is enough to go the
/// ordinary one.
/// </summary>
public sealed class HoldFastPathTests(SharedNode shared) : IClassFixture<SharedNode>, IDisposable
{
    private const string Express = "application/json";
    private const string Ordinary = "application/json;charset=utf-8";

    private readonly OnsaleNode _node = shared.Node;
    private readonly Crowd _crowd = new(shared.Node);

    public void Dispose() => _crowd.Dispose();

    [Theory]
    [InlineData("a hold", """{"seats":[0,1]}""", 201, null)]
    [InlineData("a party", """{"bestAvailable":{"tierId":"TIER","quantity":2}}""", 201, null)]
    [InlineData("taken seats", """{"seats":[8,9]}""", 409, "seats-unavailable")]
    [InlineData("too many for one buyer", """{"tickets":[{"tierId":"TIER","quantity":9}]}""", 409, "limit-exceeded")]
    [InlineData("no such seat", """{"seats":[10]}""", 400, "validation")]
    [InlineData("a seat twice", """{"seats":[1,1]}""", 400, "validation")]
    [InlineData("two kinds", """{"seats":[1],"bestAvailable":{"tierId":"TIER","quantity":2}}""", 201, null)]
    [InlineData("two kinds, one empty", """{"seats":[1],"tickets":[]}""", 400, "validation")]
    [InlineData("a tier in two kinds",
        """{"tickets":[{"tierId":"TIER","quantity":1}],"bestAvailable":{"tierId":"TIER","quantity":2}}""",
        400, "validation")]
    [InlineData("a code that is not taken", """{"seats":[1],"code":"NOBODY"}""", 409, "code-used-up")]
    [InlineData("an empty code", """{"seats":[1],"code":" "}""", 400, "validation")]
    [InlineData("an unknown field", """{"seats":[1],"seat":2}""", 400, "validation")]
    [InlineData("a field twice", """{"seats":[1],"seats":[2]}""", 400, "validation")]
    [InlineData("a fraction", """{"seats":[1.5]}""", 400, "validation")]
    [InlineData("null", "null", 400, "validation")]
    [InlineData("half of an object", """{"seats":[1]""", 400, "malformed-json")]
    [InlineData("more after the end", """{"seats":[1]} 2""", 400, "malformed-json")]
    public async Task Both_ways_answer_alike(string what, string body, int status, string? code)
    {
        var (express, expressHeaders) = await AskAsync(Express, body);
        var (ordinary, ordinaryHeaders) = await AskAsync(Ordinary, body);
        (express.Status, express.Code).ShouldBe((status, code), what);
        (ordinary.Status, ordinary.Code).ShouldBe((status, code), what);
        expressHeaders.ShouldBe(ordinaryHeaders, what);
        Shape(express.Body).ShouldBe(Shape(ordinary.Body), what);
    }

    [Theory]
    [InlineData("gzip", 415, "unsupported-media-type")]
    [InlineData("identity", 201, null)]
    public async Task A_coded_body_is_refused_on_both_ways(string coding, int status, string? code)
    {
        foreach (var contentType in new[] { Express, Ordinary })
        {
            var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 10);
            var answer = await PostAsync(
                @event, _crowd.Join(), contentType, """{"seats":[3]}""", key: "key", contentEncoding: coding);
            (answer.Status, answer.Code).ShouldBe((status, code), contentType);
            (await _node.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(code is null ? 1 : 0);
        }
    }

    [Fact]
    public async Task The_ways_share_keys_and_rate_limits()
    {
        await using var node = await OnsaleNode.StartAsync(settings:
        [
            ("Onsale:RateLimits:Enabled", "true"), ("Onsale:RateLimits:Booking:WindowSeconds", "3600"),
        ]);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 10);
        var buyer = crowd.Join();
        var first = await PostAsync(@event, buyer, Ordinary, """{"seats":[3]}""", "one-key");
        var again = await PostAsync(@event, buyer, Express, """{ "seats": [3] }""", "one-key");
        (first.Status, again.Status, again.Id).ShouldBe((201, 201, first.Id));
        var other = await PostAsync(@event, buyer, Express, """{"seats":[4]}""", "one-key");
        (other.Status, other.Code).ShouldBe((422, "idempotency-mismatch"));
        Remaining(again).ShouldBe(Remaining(first) - 1);
        Remaining(other).ShouldBe(Remaining(first) - 2);
        await node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData("Bearer forged", 401)]
    [InlineData("Basic abc", 401)]
    [InlineData(null, 401)]
    public async Task A_token_that_is_not_known_is_judged_by_the_ordinary_way(string? authorization, int status)
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 10);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/events/{@event.Id}/bookings")
        {
            Content = new StringContent("""{"seats":[3]}""", Encoding.UTF8, Express),
        };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await _crowd.Client.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(status);
        (await _node.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(0);
    }

    private static int Remaining(Answer answer) =>
        int.Parse(answer.Headers.GetValues("RateLimit").Single().Split("r=")[1].Split(';')[0]);

    /// <summary>An event of its own with seats 8 and 9 taken, and a buyer whose token is known.</summary>
    private async Task<(Answer Answer, IReadOnlyList<string> Headers)> AskAsync(string contentType, string body)
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 10);
        var buyer = _crowd.Join();
        (await buyer.HoldSeatsAsync(@event, 8, 9)).Status.ShouldBe(201);
        var text = body.Replace("TIER", @event.Tiers[0].Id.ToString(), StringComparison.Ordinal);
        var answer = await PostAsync(@event, buyer, contentType, text, key: "key");
        return (answer, [.. answer.Headers.Select(header => header.Key).Order(StringComparer.Ordinal)]);
    }

    private static Task<Answer> PostAsync(
        TestEvent @event, Booker buyer, string contentType, string body, string key, string? contentEncoding = null)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (contentEncoding is not null)
            content.Headers.ContentEncoding.Add(contentEncoding);
        return buyer.SendAsync(HttpMethod.Post, $"events/{@event.Id}/bookings", content, key);
    }

    /// <summary>The names of all members, in order, and the kinds of their values.</summary>
    private static string Shape(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object =>
            $"{{{string.Join(',', json.EnumerateObject().Select(one => $"{one.Name}:{Shape(one.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', json.EnumerateArray().Select(Shape))}]",
        var kind => kind.ToString(),
    };
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Live;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>Who prefers it is answered at once, and hears the outcome at its status, at any node.</summary>
public sealed class LaterHoldTests : IAsyncLifetime
{
    private OnsaleNode _first = null!;
    private OnsaleNode _second = null!;

    public async Task InitializeAsync()
    {
        _first = await OnsaleNode.StartAsync();
        _second = await OnsaleNode.StartAsync(_first.Database);
    }

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task A_hold_and_a_refusal_are_told_later_at_either_node_and_to_their_buyer_alone()
    {
        var @event = await TestEvent.WithPoolsAsync(_first.DataSource, [2]);
        var (buyer, other) = (await Booker.GuestAsync(_first), await Booker.GuestAsync(_first));
        await using var live = await LiveClient.ConnectAsync(_first, @event.Id);

        var held = await OutcomeAsync(buyer, await BeginAsync(buyer, @event, 2, "first"), _second);

        (held["status"].GetInt32(), held["answer"].GetProperty("state").GetString()).ShouldBe((201, "held"));
        held["location"].GetString().ShouldEndWith($"/bookings/{held["answer"].GetProperty("id").GetGuid()}");
        await Eventually.ShouldBeTrueAsync(
            () => live.Messages.ToList().Exists(message => message.GetProperty("type").GetString() == "request"
                && message.GetProperty("request").GetGuid() == held.Id), "the live feed tells it");
        (await buyer.GetAsync(@event, held["answer"].GetProperty("id").GetGuid())).State.ShouldBe("held");

        var route = await BeginAsync(other, @event, 1, "second");
        var refused = await OutcomeAsync(other, route, _second);
        refused["status"].GetInt32().ShouldBe(409);
        refused["answer"].GetProperty("code").GetString().ShouldBe("sold-out");
        (await buyer.SendAsync(HttpMethod.Get, route)).Status.ShouldBe(404);
        (await buyer.At(_second).SendAsync(HttpMethod.Get, $"events/{@event.Id}/bookings/requests/x")).Code
            .ShouldBe("request-not-found");
        await _first.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_key_has_one_effect_whichever_way_it_is_sent()
    {
        var @event = await TestEvent.WithPoolsAsync(_first.DataSource, [5]);
        var buyer = await Booker.GuestAsync(_first);
        var routes = await Task.WhenAll(Enumerable.Range(0, 6).Select(
            i => BeginAsync(buyer.At(i % 2 == 0 ? _first : _second), @event, 2, "once")));
        var outcomes = new List<Answer>();
        foreach (var route in routes)
            outcomes.Add(await OutcomeAsync(buyer, route, _first));
        var direct = await buyer.HoldTicketsAsync(@event, 2, key: "once");

        outcomes.Select(one => one["answer"].GetProperty("id").GetGuid()).Append(direct.Id).Distinct().Count()
            .ShouldBe(1);
        (await _first.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_key_it_is_refused_and_without_the_preference_nothing_changes()
    {
        var @event = await TestEvent.WithPoolsAsync(_first.DataSource, [5]);
        var buyer = await Booker.GuestAsync(_first);
        var refused = await SendAsync(buyer, @event, 1, key: null, "respond-async");
        ((int)refused.StatusCode).ShouldBe(400);
        foreach (var other in new[] { "wait=5", "respond-asynchronously", "" })
            ((int)(await SendAsync(buyer, @event, 1, $"key-{other}", other)).StatusCode).ShouldBe(201);
        ((int)(await SendAsync(buyer, @event, 1, "several", "wait=5, RESPOND-ASYNC; x")).StatusCode).ShouldBe(202);
    }

    private static async Task<string> BeginAsync(Booker buyer, TestEvent @event, int quantity, string key)
    {
        using var answer = await SendAsync(buyer, @event, quantity, key, "respond-async");
        ((int)answer.StatusCode).ShouldBe(202);
        answer.Headers.GetValues("Preference-Applied").ShouldBe(["respond-async"]);
        return answer.Headers.Location!.OriginalString["/api/v1/".Length..];
    }

    private static async Task<Answer> OutcomeAsync(Booker buyer, string route, OnsaleNode node)
    {
        Answer? outcome = null;
        await Eventually.ShouldPassAsync(async () =>
        {
            outcome = await buyer.At(node).SendAsync(HttpMethod.Get, route);
            outcome.Status.ShouldBe(200);
            outcome["done"].GetBoolean().ShouldBeTrue();
        });
        return outcome!;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        Booker buyer, TestEvent @event, int quantity, string? key, string preference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/events/{@event.Id}/bookings")
        {
            Content = JsonContent.Create(new { tickets = new[] { new { tierId = @event.Tiers[0].Id, quantity } } }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", buyer.Token);
        request.Headers.TryAddWithoutValidation("Prefer", preference);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await buyer.Client.SendAsync(request);
    }
}

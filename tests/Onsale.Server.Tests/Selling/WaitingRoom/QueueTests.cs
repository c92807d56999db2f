using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.WaitingRoom;

/// <summary>The routes of a waiting room.</summary>
public sealed class QueueTests(SharedNode shared) : IClassFixture<SharedNode>, IDisposable
{
    private readonly OnsaleNode _node = shared.Node;
    private readonly Crowd _crowd = new(shared.Node);

    public void Dispose() => _crowd.Dispose();

    [Fact]
    public async Task An_event_without_a_room_has_a_closed_one_and_its_holds_need_nothing()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var buyer = _crowd.Join();

        (await buyer.QueueAsync(@event))["phase"].GetString().ShouldBe("closed");
        (await buyer.JoinQueueAsync(@event)).Code.ShouldBe("queue-closed");
        (await buyer.ClaimAsync(@event, new string('A', QueueTokens.Chars))).Code.ShouldBe("queue-closed");
        (await buyer.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Before_the_sale_all_are_early_and_at_the_sale_their_lots_decide()
    {
        var @event = await TestEvent.WithPoolsAsync(
            _node.DataSource, [100], QueueRoom.OnSaleIn(TimeSpan.FromSeconds(6)));
        await QueueRoom.SetAsync(_node, @event, QueueRoom.Wide, RoomPhase.PreQueue);
        var buyers = _crowd.Join(20);

        var before = await buyers[0].QueueAsync(@event);
        var places = await Task.WhenAll(buyers.Select(buyer => buyer.JoinQueueAsync(@event)));
        places.ShouldAllBe(place => place.Status == 201);
        places.ShouldAllBe(place => place["group"].GetString() == "early");
        places[0].Body.TryGetProperty("position", out _).ShouldBeFalse();
        before.Body.TryGetProperty("seed", out _).ShouldBeFalse();
        (await buyers[0].ClaimAsync(@event, places[0].Pass())).Code.ShouldBe("not-your-turn");
        (await buyers[0].HoldTicketsAsync(@event, 1)).Code.ShouldBe("admission-required");

        await QueueRoom.ShouldBeInAsync(_node, @event, RoomPhase.Open);
        var state = await buyers[0].QueueAsync(@event);
        state["early"].GetInt64().ShouldBeInRange(19, 21);
        state["commitment"].GetString().ShouldBe(before["commitment"].GetString());
        var seed = Convert.FromHexString(state["seed"].GetString()!);
        Convert.ToHexStringLower(Draw.CommitmentOf(seed)).ShouldBe(before["commitment"].GetString());
        for (var number = 0; number < buyers.Length; number++)
        {
            var again = await buyers[number].JoinQueueAsync(@event, places[number].Pass());
            (again.Status, again.Pass()).ShouldBe((201, places[number].Pass()));
            var lot = Draw.LotOf(Draw.Mix(seed, ""), @event.Id, buyers[number].Id);
            again["position"].GetInt64().ShouldBe(Draw.PositionOf(lot, state["early"].GetInt64()));
        }

        (await _crowd.Join().JoinQueueAsync(@event))["number"].GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Joining_again_with_the_pass_is_the_same_place_and_takes_no_number()
    {
        var @event = await OpenEventAsync(QueueRoom.Wide with { IsPaused = true });
        var (buyer, next) = (_crowd.Join(), _crowd.Join());

        var first = await buyer.JoinQueueAsync(@event);
        for (var time = 0; time < 3; time++)
        {
            var again = await buyer.JoinQueueAsync(@event, first.Pass());
            (again.Pass(), again["number"].GetInt64()).ShouldBe((first.Pass(), 1));
        }

        (await next.JoinQueueAsync(@event))["number"].GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task An_account_finds_its_place_on_another_device()
    {
        var @event = await OpenEventAsync(QueueRoom.Wide with { IsPaused = true });
        var account = await _node.RegisterAsync();
        var phone = new Booker(_node.Client, account.AccessToken, account.Id);
        (await _crowd.Join().JoinQueueAsync(@event)).Status.ShouldBe(201);

        var first = await phone.JoinQueueAsync(@event);
        var other = await phone.JoinQueueAsync(@event);

        (first["number"].GetInt64(), other["number"].GetInt64()).ShouldBe((2, 2));
        (await _crowd.Join().JoinQueueAsync(@event))["number"].GetInt64().ShouldBe(3);
        (await phone.LeaveQueueAsync(@event)).Status.ShouldBe(204);
        (await phone.LeaveQueueAsync(@event)).Status.ShouldBe(204);
        (await phone.JoinQueueAsync(@event))["number"].GetInt64().ShouldBe(4);
    }

    [Fact]
    public async Task Numbers_of_a_rush_are_given_once_each_without_a_gap()
    {
        var @event = await OpenEventAsync(QueueRoom.Wide with { IsPaused = true });

        var places = await Crowd.RushAsync(_crowd.Join(400), buyer => buyer.JoinQueueAsync(@event));

        places.Select(place => place["number"].GetInt64()).Order()
            .ShouldBe(Enumerable.Range(1, 400).Select(number => (long)number));
    }

    [Fact]
    public async Task A_room_for_accounts_takes_no_guest()
    {
        var @event = await OpenEventAsync(QueueRoom.Wide with { NeedsAccount = true });
        var account = await _node.RegisterAsync();

        (await _crowd.Join().JoinQueueAsync(@event)).Code.ShouldBe("account-required");
        (await new Booker(_node.Client, account.AccessToken, account.Id).JoinQueueAsync(@event)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Passes_of_others_and_forged_ones_are_refused_and_older_ones_replaced()
    {
        var @event = await OpenEventAsync(QueueRoom.Wide);
        var other = await OpenEventAsync(QueueRoom.Wide);
        var (buyer, thief) = (_crowd.Join(), _crowd.Join());
        var pass = (await buyer.JoinQueueAsync(@event)).Pass();
        var tokens = _node.Services.GetRequiredService<QueueTokens>();
        var old = tokens.Write(tokens.Read(pass)!.Value with { Era = 0 });
        var future = tokens.Write(tokens.Read(pass)!.Value with { Era = 99 });

        foreach (var act in new Func<Booker, TestEvent, string, Task<Answer>>[]
        {
            (one, of, text) => one.JoinQueueAsync(of, text), (one, of, text) => one.ClaimAsync(of, text),
        })
        {
            (await act(thief, @event, pass)).Code.ShouldBe("pass-invalid");
            (await act(buyer, other, pass)).Code.ShouldBe("pass-invalid");
            (await act(buyer, @event, "forged")).Code.ShouldBe("pass-invalid");
            (await act(buyer, @event, pass[..^1] + (pass[^1] == 'A' ? 'Q' : 'A'))).Code.ShouldBe("pass-invalid");
        }

        (await buyer.ClaimAsync(@event, old)).Code.ShouldBe("pass-used");
        (await buyer.ClaimAsync(@event, future)).Code.ShouldBe("pass-invalid");
        (await buyer.JoinQueueAsync(@event, old))["number"].GetInt64().ShouldBe(2);
    }

    [Theory]
    [InlineData("POST", "", """{"pas":"x"}""", 400)]
    [InlineData("POST", "", """{"pass":5}""", 400)]
    [InlineData("POST", "", "[]", 400)]
    [InlineData("POST", "", "", 400)]
    [InlineData("POST", "/admission", "{}", 400)]
    [InlineData("POST", "/admission", """{"pass":null}""", 400)]
    public async Task A_body_that_is_none_is_refused(string method, string route, string body, int status)
    {
        var @event = await OpenEventAsync(QueueRoom.Wide);

        var answer = await _crowd.Join().SendAsync(
            HttpMethod.Parse(method), $"events/{@event.Id}/queue{route}",
            new StringContent(body, Encoding.UTF8, "application/json"));

        answer.Status.ShouldBe(status, answer.Body.ToString());
        QueueRoom.Find(_node, @event)!.Numbers.ShouldBe(0);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var @event = await OpenEventAsync(QueueRoom.Wide);

        var answer = await _crowd.Join().JoinQueueAsync(@event, new string('A', 5000));

        answer.Status.ShouldBe(413);
    }

    [Fact]
    public async Task Whoever_waits_is_somebody_and_the_event_is_there()
    {
        var @event = await OpenEventAsync(QueueRoom.Wide);
        var draft = await TestEvent.WithPoolsAsync(
            _node.DataSource, [1], made => made with { Status = Inventory.EventStatus.Draft });
        await _node.Services.GetRequiredService<RoomSettingsStore>().SetAsync(draft.Id, QueueRoom.Wide, null, default);
        foreach (var (method, route) in new[] { ("POST", ""), ("POST", "/admission"), ("DELETE", "") })
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Parse(method), $"/api/v1/events/{@event.Id}/queue{route}");
            if (method == "POST")
                request.Content = JsonContent.Create(new { pass = "x" });
            using var response = await _node.Client.SendAsync(request);
            ((int)response.StatusCode).ShouldBe(401, route);
            foreach (var id in new[] { House.NewId().ToString(), draft.Id.ToString(), "no-id" })
            {
                var answer = await _crowd.Join().SendAsync(
                    HttpMethod.Parse(method), $"events/{id}/queue{route}",
                    method == "POST" ? JsonContent.Create(new { pass = "x" }) : null);
                (answer.Status, answer.Code).ShouldBe((404, "event-not-found"), $"{method} {route} {id}");
            }
        }

        foreach (var id in new[] { House.NewId().ToString(), draft.Id.ToString(), "no-id" })
        {
            var answer = await _crowd.Join().SendAsync(HttpMethod.Get, $"events/{id}/queue");
            (answer.Status, answer.Code).ShouldBe((404, "event-not-found"), id);
        }
    }

    [Fact]
    public async Task Public_state_needs_no_token_and_may_be_kept_for_a_second()
    {
        var @event = await OpenEventAsync(QueueRoom.Wide with { IsPaused = true, Message = "A moment, please." });
        using var response = await _node.Client.GetAsync($"/api/v1/events/{@event.Id}/queue");
        var state = await response.Content.ReadFromJsonAsync<JsonElement>();

        response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=1");
        state.GetProperty("phase").GetString().ShouldBe("open");
        state.GetProperty("paused").GetBoolean().ShouldBeTrue();
        state.GetProperty("message").GetString().ShouldBe("A moment, please.");
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{@event.Id}/queue");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        ((int)(await _node.Client.SendAsync(again)).StatusCode).ShouldBe(304);
    }

    private async Task<TestEvent> OpenEventAsync(RoomSettings settings)
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [100]);
        await QueueRoom.SetAsync(_node, @event, settings);
        return @event;
    }
}

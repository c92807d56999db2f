using System.Net.Http.Headers;
using System.Net.Http.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Operate.ReadOnly;

/// <summary>An operator stops all changes on all nodes; what is held waits and gets its time back.</summary>
public sealed class ReadOnlyByHandTests : IAsyncLifetime
{
    private const string Route = "operate/read-only";
    private const string Reason = "We move to another database until noon.";

    private string _database = "";
    private DatabaseClock _clock = null!;

    public async Task InitializeAsync()
    {
        _database = await TestCluster.PrivateDatabaseAsync();
        _clock = await DatabaseClock.InstallAsync(_database);
    }

    public async Task DisposeAsync() => await _clock.DisposeAsync();

    [Fact]
    public async Task Everything_that_changes_something_is_refused_on_all_nodes_and_holds_get_the_time_back()
    {
        await using var first = await OnsaleNode.StartAsync(_database);
        await using var second = await OnsaleNode.StartAsync(_database);
        var @operator = await SignedOperatorAsync(first);
        var @event = await TestEvent.WithPoolsAsync(first.DataSource, [1, 5], made => made with { HoldMinutes = 2 });
        var buyer = await Booker.GuestAsync(first);
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        hold.Status.ShouldBe(201, hold.Body.ToString());
        var until = hold["expiresAt"].GetDateTimeOffset();
        (await buyer.At(second).HoldTicketsAsync(@event, 1, tier: 1)).Status.ShouldBe(201);

        var on = await first.AskAsync(
            HttpMethod.Put, Route, @operator.AccessToken, new { on = true, reason = Reason });

        on.Status.ShouldBe(200, on.Body.ToString());
        (on["on"].GetBoolean(), on["byHand"].GetBoolean()).ShouldBe((true, true));
        foreach (var node in new[] { first, second })
        {
            await Eventually.ShouldPassAsync(async () => (await StatusAsync(node)).ShouldBe(Reason));
            // A plain request takes the fast path, one with a parameter of its media type the ordinary one.
            ShouldBeReadOnly(await buyer.At(node).HoldTicketsAsync(@event, 1, tier: 1));
            ShouldBeReadOnly(await OrdinaryHoldAsync(buyer.At(node), @event));
            ShouldBeReadOnly(await buyer.At(node).ConfirmAsync(@event, hold.Id));
            ShouldBeReadOnly(await buyer.At(node).CancelAsync(@event, hold.Id));
            ShouldBeReadOnly(await node.AskAsync(HttpMethod.Post, "auth/guest", token: null));
            (await node.Client.GetAsync($"/api/v1/events/{@event.Id}/availability")).EnsureSuccessStatusCode();
            (await node.Client.GetAsync($"/api/v1/events/{@event.Id}")).EnsureSuccessStatusCode();
            (await buyer.At(node).GetAsync(@event, hold.Id)).State.ShouldBe("held");
        }

        // Longer than the hold would have lasted.
        await _clock.MoveAsync(TimeSpan.FromMinutes(3));
        await Eventually.ShouldPassAsync(async () =>
            (await first.AskAsync(HttpMethod.Put, Route, @operator.AccessToken, new { on = false })).Status
                .ShouldBe(200));

        await Eventually.ShouldPassAsync(async () => (await StatusAsync(second)).ShouldBeNull());
        var kept = await buyer.At(second).GetAsync(@event, hold.Id);
        kept.State.ShouldBe("held");
        kept["expiresAt"].GetDateTimeOffset().ShouldBeGreaterThan(until.AddMinutes(3));
        kept["expiresAt"].GetDateTimeOffset().ShouldBeLessThan(until.AddMinutes(3).AddSeconds(30));
        (await buyer.At(second).ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        (await first.DataSource.CountAsync("read_only_periods", "settled_at is not null")).ShouldBe(1);
        await first.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Only_operators_decide_it_and_bad_input_changes_nothing()
    {
        await using var node = await OnsaleNode.StartAsync(_database);
        var (@operator, account) = (await SignedOperatorAsync(node), await node.RegisterAsync());
        var body = new { on = true, reason = Reason };
        (await node.AskAsync(HttpMethod.Put, Route, token: null, body)).Status.ShouldBe(401);
        (await node.AskAsync(HttpMethod.Put, Route, account.AccessToken, body)).ShouldRefuse(403, "forbidden");
        (await node.AskAsync(HttpMethod.Get, Route, account.AccessToken)).ShouldRefuse(403, "forbidden");
        foreach (var bad in new object[]
        {
            new { on = true }, new { on = true, reason = " " }, new { on = true, reason = new string('x', 201) },
            new { on = true, reason = "two\nlines" },
        })
        {
            (await node.AskAsync(HttpMethod.Put, Route, @operator.AccessToken, bad)).ShouldRefuse(400, "validation");
        }

        (await node.AskAsync(HttpMethod.Put, Route, @operator.AccessToken, new { on = true, reson = "x" }))
            .Status.ShouldBe(400);
        var state = await node.AskAsync(HttpMethod.Get, Route, @operator.AccessToken);
        state["on"].GetBoolean().ShouldBeFalse();
        (await node.DataSource.CountAsync("read_only_periods")).ShouldBe(0);
        // Off while it is off is no mistake.
        (await node.AskAsync(HttpMethod.Put, Route, @operator.AccessToken, new { on = false })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Another_reason_replaces_the_first_and_signing_in_goes_on()
    {
        await using var node = await OnsaleNode.StartAsync(_database);
        var @operator = await SignedOperatorAsync(node);
        var account = await node.RegisterAsync();
        foreach (var reason in new[] { "One.", "Another." })
            (await node.AskAsync(HttpMethod.Put, Route, @operator.AccessToken, new { on = true, reason }))
                .Status.ShouldBe(200);
        (await StatusAsync(node)).ShouldBe("Another.");
        (await node.DataSource.CountAsync("read_only_periods")).ShouldBe(1);
        (await node.AskAsync(HttpMethod.Post, "auth/login", token: null,
            new { email = account.User.GetProperty("email").GetString(), password = Auth.Password }))
            .Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_node_that_starts_meanwhile_takes_no_changes_either()
    {
        await using var first = await OnsaleNode.StartAsync(_database);
        var @operator = await SignedOperatorAsync(first);
        var @event = await TestEvent.WithPoolsAsync(first.DataSource, [5]);
        var buyer = await Booker.GuestAsync(first);
        await first.AskAsync(HttpMethod.Put, Route, @operator.AccessToken, new { on = true, reason = Reason });
        await using var second = await OnsaleNode.StartAsync(_database);
        await Eventually.ShouldPassAsync(
            async () => ShouldBeReadOnly(await buyer.At(second).HoldTicketsAsync(@event, 1)));
    }

    /// <summary>The role is in the access token: signed in after it was given.</summary>
    private static async Task<Signed> SignedOperatorAsync(OnsaleNode node)
    {
        var account = await node.OperatorAsync();
        var email = account.User.GetProperty("email").GetString()!;
        return await (await node.LoginAsync(email)).ShouldSignInAsync(200);
    }

    private static void ShouldBeReadOnly(Answer answer)
    {
        answer.ShouldRefuse(503, "read-only");
        answer["detail"].GetString()!.ShouldContain(Reason);
        answer["reason"].GetString().ShouldBe(Reason);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(5, 15);
    }

    private static Task<Answer> OrdinaryHoldAsync(Booker buyer, TestEvent @event)
    {
        var content = JsonContent.Create(new { tickets = new[] { new { tierId = @event.Tiers[1].Id, quantity = 1 } } });
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=\"utf-8\"");
        return buyer.SendAsync(HttpMethod.Post, $"events/{@event.Id}/bookings", content);
    }

    private static async Task<string?> StatusAsync(OnsaleNode node)
    {
        var answer = await node.AskAsync(HttpMethod.Get, "status", token: null);
        answer.Status.ShouldBe(200);
        return answer.Body.TryGetProperty("readOnly", out var notice) ? notice.GetProperty("reason").GetString() : null;
    }
}

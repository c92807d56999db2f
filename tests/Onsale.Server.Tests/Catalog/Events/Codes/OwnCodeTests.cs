using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Catalog.Events.Codes;

/// <summary>Codes as an organiser sets them and buyers give them, over HTTP.</summary>
public sealed class OwnCodeTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly string[] s_cleared = ["percent", "maxTicketsPerBuyer"];
    private static readonly string[] s_notCleared = ["text"];

    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task A_code_is_made_used_changed_and_ended()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10, 10);
        var added = await made.AskAsync(HttpMethod.Post, "/codes", new
        {
            text = " Early-Bird ",
            percent = 25,
            tierIds = new[] { @event.Tiers[0].Id },
            maxUses = 2,
            maxTicketsPerBuyer = 3,
        });
        added.Status.ShouldBe(201, added.Body.ToString());
        added["text"].GetString().ShouldBe("EARLY-BIRD");

        var buyer = await Booker.GuestAsync(_node);
        var held = await HoldAsync(buyer, @event, "early-bird", (0, 2), (1, 1));
        held.Status.ShouldBe(201, held.Body.ToString());
        held["code"].GetString().ShouldBe("EARLY-BIRD");
        held["items"].EnumerateArray().Select(item => item.GetProperty("price").GetProperty("amount").GetInt64())
            .ShouldBe([750, 750, 2000]);
        held["items"][0].GetProperty("discount").GetProperty("amount").GetInt64().ShouldBe(250);
        held["items"][2].TryGetProperty("discount", out _).ShouldBeFalse();
        held["total"].GetProperty("amount").GetInt64().ShouldBe(3500);
        (await HoldAsync(buyer, @event, "early-bird", (0, 1))).ShouldRefuse(409, "code-used-up");

        var changed = await made.AskAsync(
            HttpMethod.Patch, $"/codes/{added.Id}", new { amount = 100, clear = s_cleared });
        changed.Status.ShouldBe(200, changed.Body.ToString());
        (changed["uses"].GetInt32(), changed["tickets"].GetInt32()).ShouldBe((1, 3));
        changed["amount"].GetProperty("amount").GetInt64().ShouldBe(100);
        (await made.AskAsync(HttpMethod.Patch, $"/codes/{added.Id}", new { maxTickets = 2 }))
            .ShouldRefuse(409, "code-limit-below-used");
        (await HoldAsync(buyer, @event, "EARLY-BIRD", (0, 1)))["total"].GetProperty("amount").GetInt64().ShouldBe(900);
        var confirmed = await buyer.ConfirmAsync(@event, held.Id);
        (confirmed["code"].GetString(), confirmed["total"].GetProperty("amount").GetInt64())
            .ShouldBe(("EARLY-BIRD", 3500));

        (await made.AskAsync(HttpMethod.Delete, $"/codes/{added.Id}")).Status.ShouldBe(204);
        (await made.AskAsync(HttpMethod.Delete, $"/codes/{added.Id}")).Status.ShouldBe(204);
        (await made.AskAsync(HttpMethod.Patch, $"/codes/{added.Id}", new { percent = 1 }))
            .ShouldRefuse(409, "code-ended");
        (await HoldAsync(await Booker.GuestAsync(_node), @event, "EARLY-BIRD", (0, 1)))
            .ShouldRefuse(409, "code-used-up");
        var listed = await made.AskAsync(HttpMethod.Get, "/codes");
        listed["data"].GetArrayLength().ShouldBe(1);
        listed["data"][0].GetProperty("isEnded").GetBoolean().ShouldBeTrue();
        var shown = await made.AskAsync(HttpMethod.Get, $"/bookings/{held.Id}");
        shown["code"].GetString().ShouldBe("EARLY-BIRD");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task The_exports_name_the_code_and_what_it_took_off()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        await AddAsync(made, new { text = "TENTH", percent = 10 });
        var buyer = await Booker.GuestAsync(_node);
        var held = await HoldAsync(buyer, @event, "TENTH", (0, 2));
        (await buyer.ConfirmAsync(@event, held.Id)).Status.ShouldBe(200);

        var bookings = await CsvAsync(made, "bookings.csv");
        var tickets = await CsvAsync(made, "tickets.csv");

        bookings[0].ShouldEndWith("Code,Discount");
        bookings[1].ShouldEndWith("TENTH,2.00");
        tickets[1].ShouldContain(",TENTH,1.00,");
        tickets.Length.ShouldBe(3);
    }

    [Fact]
    public async Task Before_the_sale_only_a_presale_code_lets_in_and_it_is_told_to_no_one()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        (await made.AskAsync(HttpMethod.Patch, "", new { onSaleAt = TimeProvider.System.GetUtcNow().AddDays(1) }))
            .Status.ShouldBe(200);
        await AddAsync(made, new { text = "FRIENDS", opensPresale = true });
        await AddAsync(made, new { text = "TENTH", percent = 10 });
        var buyer = await Booker.GuestAsync(_node);

        (await buyer.HoldTicketsAsync(@event, 1)).ShouldRefuse(409, "not-on-sale");
        (await HoldAsync(buyer, @event, "TENTH", (0, 1))).ShouldRefuse(409, "not-on-sale");
        (await HoldAsync(buyer, @event, "NOBODY", (0, 1))).ShouldRefuse(409, "code-used-up");
        var held = await HoldAsync(buyer, @event, "friends", (0, 1));
        held.Status.ShouldBe(201, held.Body.ToString());
        (await buyer.ConfirmAsync(@event, held.Id)).State.ShouldBe("confirmed");
        (await _node.Client.GetStringAsync($"/api/v1/events/{@event.Id}")).ShouldNotContain("FRIENDS");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_code_is_looked_at_before_it_is_used_and_unknown_and_used_up_look_alike()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10, 10);
        await AddAsync(made, new { text = "HALF", percent = 50, tierIds = new[] { @event.Tiers[1].Id }, maxUses = 1 });
        var buyer = await Booker.GuestAsync(_node);

        var seen = await CheckAsync(buyer, @event, " half");
        seen.Status.ShouldBe(200, seen.Body.ToString());
        var tier = seen["tiers"].EnumerateArray().ShouldHaveSingleItem();
        tier.GetProperty("tierId").GetGuid().ShouldBe(@event.Tiers[1].Id);
        tier.GetProperty("price").GetProperty("amount").GetInt64().ShouldBe(2000);
        tier.GetProperty("reduced").GetProperty("amount").GetInt64().ShouldBe(1000);
        (await HoldAsync(buyer, @event, "HALF", (1, 1))).Status.ShouldBe(201);
        var unknown = await CheckAsync(buyer, @event, "NOBODY");
        var usedUp = await CheckAsync(buyer, @event, "HALF");
        unknown.ShouldRefuse(409, "code-used-up");
        usedUp.ShouldRefuse(409, "code-used-up");
        unknown["detail"].GetString().ShouldBe(usedUp["detail"].GetString());
        (await HoldAsync(buyer, @event, "NOBODY", (1, 1)))["detail"].GetString().ShouldBe(usedUp["detail"].GetString());
        (await CheckAsync(buyer, @event, "")).ShouldRefuse(400, "validation");
        (await CheckAsync(buyer, @event, new string('A', 65))).ShouldRefuse(400, "validation");
    }

    [Fact]
    public async Task Who_guesses_codes_is_stopped_and_can_still_buy()
    {
        await using var node = await OnsaleNode.StartAsync(settings:
        [
            ("Onsale:RateLimits:Enabled", "true"), ("Onsale:RateLimits:Codes:PermitLimit", "3"),
            ("Onsale:RateLimits:Codes:WindowSeconds", "3600"),
        ]);
        var (made, @event) = await OwnEvent.OnSaleAsync(node, 10);
        await AddAsync(made, new { text = "HALF", percent = 50 });
        var buyer = await Booker.GuestAsync(node);
        (await CheckAsync(buyer, @event, "HALF")).Status.ShouldBe(200); // what is taken is no guess
        (await CheckAsync(buyer, @event, "A01")).Code.ShouldBe("code-used-up");
        (await HoldAsync(buyer, @event, "A02", (0, 1), key: "first")).Code.ShouldBe("code-used-up");
        var held = await HoldAsync(buyer, @event, "HALF", (0, 1), key: "good");
        (await CheckAsync(buyer, @event, "A03")).Code.ShouldBe("code-used-up");

        var stopped = await CheckAsync(buyer, @event, "HALF");
        stopped.ShouldRefuse(429, "too-many-codes-tried");
        stopped.Headers.RetryAfter.ShouldNotBeNull();
        (await HoldAsync(await Booker.GuestAsync(node), @event, "HALF", (0, 1)))
            .ShouldRefuse(429, "too-many-codes-tried");
        // What was done before is answered as it was; who gives no code is not held up.
        (await HoldAsync(buyer, @event, "HALF", (0, 1), key: "good")).Id.ShouldBe(held.Id);
        (await buyer.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_key_with_another_code_is_another_request()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        await AddAsync(made, new { text = "HALF", percent = 50 });
        var buyer = await Booker.GuestAsync(_node);
        var first = await HoldAsync(buyer, @event, "HALF", (0, 1), key: "one");
        (await HoldAsync(buyer, @event, "half ", (0, 1), key: "one")).Id.ShouldBe(first.Id);
        (await HoldAsync(buyer, @event, "OTHER", (0, 1), key: "one")).ShouldRefuse(422, "idempotency-mismatch");
        (await buyer.HoldTicketsAsync(@event, 1, key: "one")).ShouldRefuse(422, "idempotency-mismatch");
    }

    [Theory]
    [InlineData("""{"text":"AB","percent":10}""", "text")]
    [InlineData("""{"text":"TEN TH","percent":10}""", "text")]
    [InlineData("""{"text":"TÄN","percent":10}""", "text")]
    [InlineData("""{"text":"TENTH"}""", "percent")]
    [InlineData("""{"text":"TENTH","percent":101}""", "percent")]
    [InlineData("""{"text":"TENTH","percent":10,"amount":1}""", "amount")]
    [InlineData("""{"text":"TENTH","amount":0}""", "amount")]
    [InlineData("""{"text":"TENTH","percent":10,"maxUses":0}""", "maxUses")]
    [InlineData("""{"text":"TENTH","percent":10,"maxTickets":1000001}""", "maxTickets")]
    [InlineData("""{"text":"TENTH","percent":10,"tierIds":["00000000-0000-0000-0000-000000000001"]}""", "tierIds")]
    [InlineData(
        """{"text":"TENTH","percent":10,"startsAt":"2026-01-02T00:00:00Z","endsAt":"2026-01-02T00:00:00Z"}""",
        "endsAt")]
    public async Task What_is_wrong_with_a_code_is_named_by_field(string body, string field)
    {
        var made = await OwnEvent.PublishedAsync(_node, 5);

        var answer = await made.AskAsync(
            HttpMethod.Post, "/codes", System.Text.Json.JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
        (await made.AskAsync(HttpMethod.Get, "/codes"))["data"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_text_is_taken_once_a_draft_has_no_codes_and_another_events_code_is_not_found()
    {
        var made = await OwnEvent.PublishedAsync(_node, 5);
        var added = await AddAsync(made, new { text = "TENTH", percent = 10 });
        (await made.AskAsync(HttpMethod.Post, "/codes", new { text = "tenth", percent = 20 }))
            .ShouldRefuse(409, "code-taken");
        (await AddAsync(made, new { percent = 20 }))["text"].GetString()!.Length.ShouldBe(8);
        (await made.AskAsync(HttpMethod.Patch, $"/codes/{added.Id}", new { clear = s_notCleared }))
            .ShouldRefuse(400, "validation");
        var draft = await OwnEvent.DraftAsync(_node);
        (await draft.AskAsync(HttpMethod.Post, "/codes", new { text = "TENTH", percent = 10 }))
            .ShouldRefuse(409, "not-published");
        var other = await OwnEvent.PublishedAsync(_node, 5);
        (await other.AskAsync(HttpMethod.Patch, $"/codes/{added.Id}", new { percent = 20 }))
            .ShouldRefuse(404, "code-not-found");
        (await other.AskAsync(HttpMethod.Delete, $"/codes/{added.Id}")).ShouldRefuse(404, "code-not-found");
        (await made.AskAsync(HttpMethod.Delete, "/codes/nonsense")).ShouldRefuse(404, "code-not-found");
    }

    [Fact]
    public async Task Ten_changes_at_once_lose_none()
    {
        var made = await OwnEvent.PublishedAsync(_node, 5);
        var added = await AddAsync(made, new { text = "TENTH", percent = 10 });
        var changes = await Task.WhenAll(
            made.AskAsync(HttpMethod.Patch, $"/codes/{added.Id}", new { maxUses = 7 }),
            made.AskAsync(HttpMethod.Patch, $"/codes/{added.Id}", new { maxTickets = 9 }),
            made.AskAsync(HttpMethod.Patch, $"/codes/{added.Id}", new { percent = 11 }));
        changes.ShouldAllBe(answer => answer.Status == 200);
        var code = (await made.AskAsync(HttpMethod.Get, "/codes"))["data"][0];
        (code.GetProperty("maxUses").GetInt32(), code.GetProperty("maxTickets").GetInt32(),
            code.GetProperty("percent").GetInt32()).ShouldBe((7, 9, 11));
    }

    internal static async Task<Answer> AddAsync(OwnEvent made, object code)
    {
        var added = await made.AskAsync(HttpMethod.Post, "/codes", code);
        added.Status.ShouldBe(201, added.Body.ToString());
        return added;
    }

    private static Task<Answer> HoldAsync(
        Booker buyer, TestEvent @event, string code, (int Tier, int Quantity) line,
        (int Tier, int Quantity)? more = null,
        string? key = null)
    {
        (int Tier, int Quantity)[] lines = more is { } second ? [line, second] : [line];
        return buyer.HoldAsync(
            @event,
            new
            {
                tickets = lines.Select(one => new { tierId = @event.Tiers[one.Tier].Id, quantity = one.Quantity }),
                code,
            },
            key);
    }

    private static Task<Answer> CheckAsync(Booker buyer, TestEvent @event, string code) => buyer.SendAsync(
        HttpMethod.Post, $"events/{@event.Id}/codes/check", System.Net.Http.Json.JsonContent.Create(new { code }));

    private async Task<string[]> CsvAsync(OwnEvent made, string file)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/v1/organisations/{made.Organisation.Slug}/events/{made.Id}/{file}");
        request.Headers.Authorization = new("Bearer", made.Organisation.Owner.AccessToken);
        using var response = await _node.Client.SendAsync(request);
        return (await response.Content.ReadAsStringAsync()).Trim('\uFEFF')
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}

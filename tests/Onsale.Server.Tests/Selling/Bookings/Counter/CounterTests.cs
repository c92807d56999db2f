using CsvHelper;
using Onsale.Server.Selling.Bookings.Counter;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings.Counter;

public sealed class CounterTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly int[] s_firstSeat = [0];
    private static readonly int[] s_sixthSeat = [5];

    private readonly OnsaleNode _node = shared.Node;

    private static object Sale(
        TestEvent @event, int quantity, string method = "cash", object? buyer = null, int tier = 0) => new
        {
            method,
            tickets = new[] { new { tierId = @event.Tiers[tier].Id, quantity } },
            buyer,
        };

    [Fact]
    public async Task A_sale_for_cash_is_paid_confirmed_and_told()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);

        var sold = await made.AskAsync(HttpMethod.Post, "/bookings", Sale(
            @event, 2, buyer: new { name = "Ada Example", email = "ada@example.com" }));

        sold.Status.ShouldBe(201, sold.Body.ToString());
        sold.State.ShouldBe("confirmed");
        sold["tickets"].GetArrayLength().ShouldBe(2);
        sold["name"].GetString().ShouldBe("Ada Example");
        sold["orderCode"].GetString()!.Length.ShouldBe(11);
        var payment = sold["payments"][0];
        (payment.GetProperty("method").GetString(), payment.GetProperty("state").GetString(),
            payment.GetProperty("amount").GetProperty("amount").GetInt64()).ShouldBe(("cash", "succeeded", 2000));
        sold["history"].EnumerateArray().Select(one => one.GetProperty("what").GetString())
            .ShouldBe(["held", "confirmed"]);
        (await _node.DataSource.CountAsync(
            "activity_log", "event_id = $1 and action = 'booking.sold'", made.Id)).ShouldBe(1);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task The_counter_sells_outside_the_window_and_gives_away()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        await made.AskAsync(HttpMethod.Patch, "", new { maxTicketsPerBuyer = 1 });
        (await made.AskAsync(HttpMethod.Post, "/unpublish")).Status.ShouldBe(200);

        var given = await made.AskAsync(HttpMethod.Post, "/bookings", Sale(@event, 5, "comp"));

        given.Status.ShouldBe(201, given.Body.ToString());
        given["total"].GetProperty("amount").GetInt64().ShouldBe(0);
        given["payments"][0].GetProperty("method").GetString().ShouldBe("comp");
        (await made.AskAsync(HttpMethod.Post, "/bookings", Sale(@event, 6))).ShouldRefuse(409, "sold-out");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_sale_that_is_repeated_with_its_key_is_one_sale()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        Task<Answer> SellAsync(int quantity) => _node.AskAsync(
            HttpMethod.Post, $"organisations/{made.Organisation.Id}/events/{made.Id}/bookings",
            made.Organisation.Owner.AccessToken, Sale(@event, quantity), ("Idempotency-Key", "till-1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SellAsync(2)));

        answers.ShouldAllBe(answer => answer.Status == 201);
        answers.Select(answer => answer.Id).Distinct().Count().ShouldBe(1);
        (await SellAsync(3)).ShouldRefuse(422, "idempotency-mismatch");
        (await _node.DataSource.CountAsync("payments", "event_id = $1", made.Id)).ShouldBe(1);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData("""{"method":"gold","seats":[1]}""", "method")]
    [InlineData("""{"method":"cash"}""", "body")]
    [InlineData("""{"method":"cash","seats":[1]}""", "seats")]
    [InlineData(
        """{"method":"cash","tickets":[{"tierId":"018f0000-0000-7000-8000-000000000000","quantity":1}]}""",
        "tickets[0].tierId")]
    [InlineData("""{"method":"cash","seats":[1],"buyer":{"name":""}}""", "buyer.name")]
    [InlineData("""{"method":"cash","seats":[1],"buyer":{"name":"A","email":"b"}}""", "buyer.email")]
    [InlineData("""{"method":"cash","seats":[1],"price":1}""", "price")]
    public async Task What_is_wrong_with_a_sale_is_named_by_field(string body, string field)
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);

        var answer = await made.AskAsync(
            HttpMethod.Post, "/bookings", System.Text.Json.JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
    }

    [Fact]
    public async Task Bookings_are_found_by_what_people_say()
    {
        var made = await OwnEvent.SeatedAsync(_node, rows: 2, seatsInRow: 5);
        var first = await made.AskAsync(HttpMethod.Post, "/bookings", new
        {
            method = "card",
            seats = s_firstSeat,
            buyer = new { name = "Zoë Ångström", email = "zoe@example.com" },
        });
        first.Status.ShouldBe(201, first.Body.ToString());
        await made.AskAsync(HttpMethod.Post, "/bookings", new { method = "card", seats = s_sixthSeat });

        (await CountAsync("")).ShouldBe(2);
        (await CountAsync("?search=angstrom")).ShouldBe(1);
        (await CountAsync("?search=zoe@ex")).ShouldBe(1);
        (await CountAsync($"?search={first["orderCode"].GetString()}")).ShouldBe(1);
        (await CountAsync($"?search={first["tickets"][0].GetProperty("code").GetString()}")).ShouldBe(1);
        (await CountAsync($"?search={first.Id}")).ShouldBe(1);
        (await CountAsync("?search=row 2, seat 1")).ShouldBe(1);
        (await CountAsync("?search=nobody")).ShouldBe(0);
        (await CountAsync("?search=%25")).ShouldBe(0);
        (await CountAsync("?state=confirmed")).ShouldBe(2);
        (await CountAsync("?state=held")).ShouldBe(0);
        (await CountAsync("?to=2001-01-01T00:00:00Z")).ShouldBe(0);
        foreach (var query in (string[])["state=Held", "state=1", "tier=x", "from=x", "sort=x", "limit=51"])
            (await made.AskAsync(HttpMethod.Get, $"/bookings?{query}")).ShouldRefuse(400, "validation");

        async Task<int> CountAsync(string query) =>
            (await made.AskAsync(HttpMethod.Get, $"/bookings{query}"))["meta"].GetProperty("total").GetInt32();
    }

    [Fact]
    public async Task Money_goes_back_in_parts_and_never_more_than_was_paid()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        var buyer = await Booker.GuestAsync(_node);
        var held = await buyer.HoldTicketsAsync(@event, 3);
        (await buyer.ConfirmAsync(@event, held.Id)).Status.ShouldBe(200);
        var item = held["items"][0].GetProperty("id").GetGuid();

        var part = await RefundAsync(new { reason = "Late", amount = 500 });
        var place = await RefundAsync(new { reason = "One is ill", items = new[] { item } });

        part.Status.ShouldBe(200, part.Body.ToString());
        place["payments"][0].GetProperty("refunded").GetProperty("amount").GetInt64().ShouldBe(1500);
        place["refunds"].GetArrayLength().ShouldBe(2);
        place["refunds"].EnumerateArray().ShouldAllBe(refund => refund.GetProperty("isDone").GetBoolean());
        (await RefundAsync(new { reason = "Again", items = new[] { item } })).ShouldRefuse(409, "already-refunded");
        var exceeds = await RefundAsync(new { reason = "More", amount = 1501 });
        exceeds.ShouldRefuse(409, "refund-exceeds-payment");
        exceeds["left"].GetInt64().ShouldBe(1500);
        var rest = await RefundAsync(new { reason = "All of it" });
        rest["payments"][0].GetProperty("refunded").GetProperty("amount").GetInt64().ShouldBe(3000);
        rest.State.ShouldBe("confirmed");
        (await _node.DataSource.QueryAsync<long>(
            """
            select sum(r.amount)::bigint from simulated_refunds r join payments p on p.reference = r.reference
            where p.event_id = $1
            """, made.Id)).ShouldBe([3000]);
        await _node.ShouldBeSoundAsync(@event);

        Task<Answer> RefundAsync(object body) =>
            made.AskAsync(HttpMethod.Post, $"/bookings/{held.Id}/refund", body);
    }

    [Fact]
    public async Task Of_many_refunds_at_once_no_more_goes_back_than_was_paid()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        var sold = await made.AskAsync(HttpMethod.Post, "/bookings", Sale(@event, 1));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            made.AskAsync(HttpMethod.Post, $"/bookings/{sold.Id}/refund", new { reason = "x", amount = 300 })));

        answers.Count(answer => answer.Status == 200).ShouldBe(3);
        answers.Count(answer => answer.Code == "refund-exceeds-payment").ShouldBe(7);
        (await _node.DataSource.QueryAsync<long>("select refunded from payments where event_id = $1", made.Id))
            .ShouldBe([900]);
    }

    [Fact]
    public async Task A_refund_that_is_repeated_with_its_key_is_one_refund()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        var sold = await made.AskAsync(HttpMethod.Post, "/bookings", Sale(@event, 1));
        Task<Answer> RefundAsync(int amount) => _node.AskAsync(
            HttpMethod.Post, $"organisations/{made.Organisation.Id}/events/{made.Id}/bookings/{sold.Id}/refund",
            made.Organisation.Owner.AccessToken, new { reason = "x", amount }, ("Idempotency-Key", "r1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RefundAsync(100)));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers[0]["refunds"].GetArrayLength().ShouldBe(1);
        (await RefundAsync(200)).ShouldRefuse(422, "idempotency-mismatch");
    }

    [Fact]
    public async Task A_booking_is_cancelled_whatever_the_policy_and_paid_back_once()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        var buyer = await Booker.GuestAsync(_node);
        var sold = await buyer.BuyTicketsAsync(@event, 2);
        (await buyer.CancelAsync(@event, sold)).ShouldRefuse(409, "not-cancellable");

        var cancelled = await made.AskAsync(
            HttpMethod.Post, $"/bookings/{sold}/cancel", new { reason = "Called us" });
        var again = await made.AskAsync(HttpMethod.Post, $"/bookings/{sold}/cancel", new { reason = "Twice" });

        cancelled.Status.ShouldBe(200, cancelled.Body.ToString());
        cancelled.State.ShouldBe("cancelled");
        cancelled["payments"][0].GetProperty("state").GetString().ShouldBe("refunded");
        cancelled["tickets"].EnumerateArray().ShouldAllBe(ticket => !ticket.GetProperty("valid").GetBoolean());
        again.Status.ShouldBe(200);
        (await made.AskAsync(HttpMethod.Post, $"/bookings/{Guid.Empty}/cancel", new { reason = "x" }))
            .ShouldRefuse(404, "booking-not-found");
        (await made.GetAsync())["tiers"][0].GetProperty("available").GetInt32().ShouldBe(10);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData("""{"reason":""}""", "reason")]
    [InlineData("""{"reason":"x","amount":0}""", "amount")]
    [InlineData("""{"reason":"x","amount":1,"items":["018f0000-0000-7000-8000-000000000000"]}""", "amount")]
    [InlineData("""{"reason":"x","items":["018f0000-0000-7000-8000-000000000000"]}""", "items")]
    [InlineData("""{"reason":"x","amount":1,"releasePlaces":true}""", "releasePlaces")]
    [InlineData("""{"reason":"x","amount":"1"}""", "amount")]
    public async Task What_is_wrong_with_a_refund_is_named_by_field(string body, string field)
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var sold = await made.AskAsync(HttpMethod.Post, "/bookings", Sale(await made.ToTestEventAsync(), 1));

        var answer = await made.AskAsync(
            HttpMethod.Post, $"/bookings/{sold.Id}/refund", System.Text.Json.JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
    }

    [Fact]
    public async Task A_buyers_details_are_corrected_without_a_name_in_the_log()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var sold = await made.AskAsync(HttpMethod.Post, "/bookings", Sale(
            await made.ToTestEventAsync(), 1, buyer: new { name = "Ada", email = "ada@exmaple.com" }));

        var changed = await made.AskAsync(
            HttpMethod.Patch, $"/bookings/{sold.Id}", new { email = "ada@example.com" });

        changed["email"].GetString().ShouldBe("ada@example.com");
        changed["name"].GetString().ShouldBe("Ada");
        changed["orderCode"].GetString().ShouldBe(sold["orderCode"].GetString());
        (await made.AskAsync(HttpMethod.Patch, $"/bookings/{sold.Id}", new { email = "x" }))
            .ShouldRefuse(400, "validation");
        var log = await made.Organisation.AskAsync(HttpMethod.Get, "/activity?action=booking.changed");
        log["data"].GetArrayLength().ShouldBe(1);
        log.Body.GetRawText().ShouldNotContain("ada@");
    }

    [Fact]
    public async Task An_event_that_is_called_off_pays_everybody_back_while_others_still_confirm()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 500);
        using var crowd = new Crowd(_node);
        var buyers = Enumerable.Range(0, 60).Select(_ => crowd.Join()).ToList();
        var holds = await Task.WhenAll(buyers.Select(buyer => buyer.HoldTicketsAsync(@event, 2)));
        var early = buyers.Zip(holds).Take(30).Select(pair => pair.First.ConfirmAsync(@event, pair.Second.Id));
        (await Task.WhenAll(early)).ShouldAllBe(answer => answer.Status == 200);

        var late = buyers.Zip(holds).Skip(30).Select(pair => pair.First.ConfirmAsync(@event, pair.Second.Id)).ToList();
        var cancelled = await made.AskAsync(HttpMethod.Post, "/cancel", new { refund = true });
        await Task.WhenAll(late);

        cancelled.Status.ShouldBe(200, cancelled.Body.ToString());
        await Eventually.ShouldBeAsync(() => _node.DataSource.CountAsync(
            "events", "id = $1 and cancellation_settled_at is not null", made.Id), 1);
        (await _node.DataSource.CountAsync("bookings", "event_id = $1 and state in (0, 1, 2)", made.Id)).ShouldBe(0);
        // Every payment that took money has given it back.
        await Eventually.ShouldBeAsync(() => _node.DataSource.CountAsync(
            "payments", "event_id = $1 and state in (0, 1, 3)", made.Id), 0);
        (await _node.DataSource.CountAsync(
            "simulated_payments s join payments p using (reference)", "p.event_id = $1 and s.state = 1", made.Id))
            .ShouldBe(0);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task The_lists_are_read_back_by_a_csv_library_and_hold_no_formula()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        await made.AskAsync(HttpMethod.Post, "/bookings", Sale(
            @event, 2, buyer: new { name = "=HYPERLINK(\"x\"), \"Bea\"", email = "bea@example.com" }));
        var refunded = await made.AskAsync(HttpMethod.Post, "/bookings", Sale(@event, 1));
        await made.AskAsync(HttpMethod.Post, $"/bookings/{refunded.Id}/refund", new { reason = "x", amount = 250 });

        var bookings = await ReadAsync("bookings");
        var tickets = await ReadAsync("tickets");
        var ledger = await ReadAsync("ledger");

        bookings.Count.ShouldBe(2);
        bookings[0]["Name"].ShouldBe("'=HYPERLINK(\"x\"), \"Bea\"");
        (bookings[0]["Total"], bookings[0]["Currency"], bookings[0]["Method"]).ShouldBe(("20.00", "EUR", "cash"));
        bookings[1]["Refunded"].ShouldBe("2.50");
        tickets.Count.ShouldBe(3);
        tickets[0]["Place"].ShouldBe("Tier 0");
        ledger.Select(row => $"{row["Kind"]} {row["Account"]} {row["Amount"]}").Order(StringComparer.Ordinal).ShouldBe(
        [
            "counterSale counter:cash 10.00", "counterSale counter:cash 20.00", "counterSale sales -10.00",
            "counterSale sales -20.00", "refund counter:cash -2.50", "refund sales 2.50",
        ]);

        async Task<List<Dictionary<string, string>>> ReadAsync(string list)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, $"/api/v1/organisations/{made.Organisation.Id}/events/{made.Id}/{list}.csv");
            request.Headers.Authorization = new("Bearer", made.Organisation.Owner.AccessToken);
            using var response = await _node.Client.SendAsync(request);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
            var bytes = await response.Content.ReadAsByteArrayAsync();
            bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
            await using var csv = CsvReader.Create(bytes, null);
            var rows = new List<Dictionary<string, string>>();
            while (await csv.ReadAsync())
            {
                var row = new Dictionary<string, string>();
                foreach (var name in csv.Headers)
                    row.Add(name, csv.GetString(name));
                rows.Add(row);
            }

            return rows;
        }
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("\n1", "'\n1")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\"=1\"", "'\"=1\"")]
    [InlineData("'=1", "''=1")]
    [InlineData("\uFEFF=1", "'\uFEFF=1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("\uFF0B1", "'\uFF0B1")]
    [InlineData("\uFF0D1", "'\uFF0D1")]
    [InlineData("\uFF20A", "'\uFF20A")]
    [InlineData("|cmd", "'|cmd")]
    [InlineData("Anne-Marie", "Anne-Marie")]
    [InlineData("O'Neil", "O'Neil")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_cell_that_a_spreadsheet_would_run_is_defused(string? text, string cell) =>
        CsvCells.Text(text).ShouldBe(cell);

    [Theory]
    [InlineData(-250, "EUR", "-2.50")]
    [InlineData(5000, "JPY", "5000")]
    [InlineData(1234, "KWD", "1.234")]
    [InlineData(0, "USD", "0.00")]
    public void Money_is_a_number(long amount, string currency, string cell) =>
        CsvCells.Money(amount, currency).ShouldBe(cell);
}

using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Operate.Reports;

public sealed class ReportTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly int[] s_blocked = [7];

    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task A_report_says_what_was_sold_for_how_much_and_what_went_back()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10, 10);
        var buyer = await Booker.GuestAsync(_node);
        var first = await buyer.BuyTicketsAsync(@event, 2);
        var second = await buyer.HoldTicketsAsync(@event, 1, tier: 1);
        (await buyer.ConfirmAsync(@event, second.Id)).Status.ShouldBe(200);
        var third = await buyer.HoldTicketsAsync(@event, 1);
        (await buyer.ConfirmAsync(@event, third.Id, "sim_decline")).Status.ShouldBe(402);
        (await buyer.CancelAsync(@event, third.Id)).Status.ShouldBe(200);
        await made.AskAsync(HttpMethod.Post, $"/bookings/{first}/refund", new { reason = "x", amount = 500 });
        await made.AskAsync(HttpMethod.Post, $"/bookings/{second.Id}/cancel", new { reason = "x" });
        await buyer.HoldTicketsAsync(@event, 3);

        var report = await made.AskAsync(HttpMethod.Get, "/report");

        report.Status.ShouldBe(200, report.Body.ToString());
        var places = report["places"];
        (Number(places, "total"), Number(places, "sold"), Number(places, "held"), Number(places, "available"))
            .ShouldBe((20, 2, 3, 15));
        var money = report["money"];
        (Amount(money, "gross"), Amount(money, "refunded"), Amount(money, "net")).ShouldBe((4000, 2500, 1500));
        money.GetProperty("byMethod")[0].GetProperty("method").GetString().ShouldBe("simulated");
        var funnel = report["funnel"];
        (Number(funnel, "holds"), Number(funnel, "confirmed"), Number(funnel, "cancelled"), Number(funnel, "released"),
            Number(funnel, "held"), Number(funnel, "declinedPayments")).ShouldBe((4, 1, 1, 1, 1, 1));
        var tiers = report["tiers"];
        (Number(tiers[0], "sold"), Amount(tiers[0], "gross"), Number(tiers[1], "cancelled")).ShouldBe((2, 2000, 1));
        report["sales"].GetProperty("by").GetString().ShouldBe("hour");
        report["sales"].GetProperty("points").EnumerateArray().Sum(point => Number(point, "tickets")).ShouldBe(3);

        static long Number(System.Text.Json.JsonElement element, string name) => element.GetProperty(name).GetInt64();

        static long Amount(System.Text.Json.JsonElement element, string name) =>
            Number(element.GetProperty(name), "amount");
    }

    [Fact]
    public async Task The_funnel_begins_with_views_and_the_waiting_room()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var nothing = (await made.AskAsync(HttpMethod.Get, "/report"))["funnel"];
        nothing.GetProperty("views").GetInt64().ShouldBe(0);
        nothing.TryGetProperty("viewsSince", out _).ShouldBeFalse();
        nothing.TryGetProperty("queued", out _).ShouldBeFalse();
        await _node.DataSource.ExecuteAsync(
            """
            insert into event_views (event_id, hour, views)
            values ($1, '2026-05-01T18:00:00Z', 40), ($1, '2026-05-01T17:00:00Z', 2)
            """,
            made.Id);
        await _node.DataSource.ExecuteAsync(
            """
            insert into waiting_rooms (event_id, mode, opens_at, rate_per_minute, max_inside, era, early, numbers, served)
            values ($1, 0, now(), 60, 10, 1, 20, 5, 15)
            on conflict (event_id) do update set era = 1, early = 20, numbers = 5, served = 15
            """,
            made.Id);

        var funnel = (await made.AskAsync(HttpMethod.Get, "/report"))["funnel"];

        funnel.GetProperty("views").GetInt64().ShouldBe(42);
        funnel.GetProperty("viewsSince").GetDateTimeOffset()
            .ShouldBe(new DateTimeOffset(2026, 5, 1, 17, 0, 0, TimeSpan.Zero));
        (funnel.GetProperty("queued").GetInt64(), funnel.GetProperty("letIn").GetInt64()).ShouldBe((25, 15));
    }

    [Fact]
    public async Task A_payment_whose_refund_failed_is_still_money_that_was_taken()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        var buyer = await Booker.GuestAsync(_node);
        await buyer.BuyTicketsAsync(@event, 2);
        await _node.DataSource.ExecuteAsync("update payments set state = 7 where event_id = $1", made.Id);

        var report = await made.AskAsync(HttpMethod.Get, "/report");

        report["money"].GetProperty("gross").GetProperty("amount").GetInt64().ShouldBe(2000);
        var all = await made.Organisation.AskAsync(HttpMethod.Get, "/report");
        all.Body.ToString().ShouldContain("2000");
    }

    [Fact]
    public async Task The_history_of_a_seat_says_who_had_it_and_why_it_is_not_for_sale()
    {
        var made = await OwnEvent.SeatedAsync(_node, rows: 1, seatsInRow: 10);
        var @event = await made.ToTestEventAsync();
        var (first, second) = (await Booker.GuestAsync(_node), await Booker.GuestAsync(_node));
        var held = await first.HoldSeatsAsync(@event, 3);
        await first.CancelAsync(@event, held.Id);
        var bought = await second.HoldSeatsAsync(@event, 3);
        await second.ConfirmAsync(@event, bought.Id);
        await made.AskAsync(HttpMethod.Post, "/blocks", new { name = "Sponsor", seats = s_blocked });

        var history = await made.AskAsync(HttpMethod.Get, "/history?seat=3");
        var blocked = await made.AskAsync(HttpMethod.Get, "/history?seat=7");
        var booking = await made.AskAsync(HttpMethod.Get, $"/history?booking={held.Id}");

        (history["state"].GetString(), history["bookingId"].GetGuid()).ShouldBe(("sold", bought.Id));
        history["entries"].EnumerateArray().Select(one => one.GetProperty("what").GetString())
            .ShouldBe(["held", "released", "held", "paying", "confirmed"]);
        (blocked["state"].GetString(), blocked["block"].GetString()).ShouldBe(("blocked", "Sponsor"));
        booking["entries"].GetArrayLength().ShouldBe(2);
        foreach (var query in (string[])["", "?seat=x", "?seat=10", "?booking=1", $"?seat=1&booking={held.Id}"])
            (await made.AskAsync(HttpMethod.Get, $"/history{query}")).ShouldRefuse(400, "validation");
        (await made.AskAsync(HttpMethod.Get, $"/history?booking={Guid.Empty}")).ShouldRefuse(404, "booking-not-found");
    }

    [Fact]
    public async Task The_house_is_shown_as_it_was_also_before_its_capacity_changed()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        var buyer = await Booker.GuestAsync(_node);
        await buyer.HoldTicketsAsync(@event, 2);
        var then = (await _node.DataSource.QueryAsync<DateTime>("select clock_timestamp()"))[0];
        await made.AskAsync(
            HttpMethod.Post, $"/tiers/{@event.Tiers[0].Id}/capacity", new { delta = 5 });
        await buyer.HoldTicketsAsync(@event, 3);

        var past = await AtAsync(then);
        var present = await AtAsync(then.AddYears(1));
        var before = await AtAsync(then.AddYears(-1));

        Counts(past).ShouldBe((10, 2));
        Counts(present).ShouldBe((15, 5));
        Counts(before).ShouldBe((10, 0));
        (await made.AskAsync(HttpMethod.Get, "/availability?at=now")).ShouldRefuse(400, "validation");

        async Task<Answer> AtAsync(DateTime at) =>
            await made.AskAsync(HttpMethod.Get, $"/availability?at={at:yyyy-MM-ddTHH:mm:ss.ffffff}Z");

        static (int, int) Counts(Answer answer) => (
            answer["tiers"][0].GetProperty("total").GetInt32(), answer["tiers"][0].GetProperty("held").GetInt32());
    }

    [Fact]
    public async Task A_long_sale_is_reported_by_the_day()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        var buyer = await Booker.GuestAsync(_node);
        var first = await buyer.HoldTicketsAsync(@event, 2);
        await buyer.ConfirmAsync(@event, first.Id);
        var second = await buyer.HoldTicketsAsync(@event, 1);
        await buyer.ConfirmAsync(@event, second.Id);
        await _node.DataSource.ExecuteAsync(
            "update bookings set created_at = created_at - interval '10 days' where id = $1", first.Id);

        var sales = (await made.AskAsync(HttpMethod.Get, "/report"))["sales"];

        sales.GetProperty("by").GetString().ShouldBe("day");
        var points = sales.GetProperty("points").EnumerateArray().ToList();
        points.Select(point => point.GetProperty("tickets").GetInt64()).ShouldBe([2, 1]);
        (points[1].GetProperty("at").GetDateTimeOffset() - points[0].GetProperty("at").GetDateTimeOffset()).TotalDays
            .ShouldBe(10, tolerance: 0.1);
    }

    [Fact]
    public async Task A_draft_has_an_empty_report()
    {
        var made = await OwnEvent.DraftAsync(_node);

        var report = await made.AskAsync(HttpMethod.Get, "/report");

        report.Status.ShouldBe(200, report.Body.ToString());
        report["places"].GetProperty("total").GetInt64().ShouldBe(0);
        (await made.AskAsync(HttpMethod.Get, "/availability?at=2026-01-01T00:00:00Z"))
            .ShouldRefuse(404, "event-not-found");
    }
}

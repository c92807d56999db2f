using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Inventory;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>Fee and tax are decided with the hold, shown before it, and in the ledger.</summary>
public sealed class FeesAndTaxesTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task What_the_event_page_shows_is_what_is_held_paid_and_entered()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var @event = await SetAsync(made, new { @fixed = 250 }, new { basisPoints = 1900 });

        var shown = (await _node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/events/{made.Id}"))
            .GetProperty("tiers")[0];
        Amount(shown, "price").ShouldBe(1250);
        var charges = shown.GetProperty("charges");
        (Amount(charges, "fee"), Amount(charges, "tax"), charges.GetProperty("taxBasisPoints").GetInt32())
            .ShouldBe((210, 200, 1900));

        var buyer = await Booker.GuestAsync(_node);
        var hold = await buyer.HoldTicketsAsync(@event, 2);
        Amount(hold.Body, "total").ShouldBe(2500);
        foreach (var item in hold["items"].EnumerateArray())
            (Amount(item, "price"), Amount(item, "fee"), Amount(item, "tax")).ShouldBe((1250, 210, 200));

        (await buyer.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        (await EntriesAsync(made.Id)).ShouldBe(["provider:simulated=2500 fees=-420 tax=-400 sales=-1680"]);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_refund_takes_its_share_of_fee_and_tax_and_all_of_them_end_even()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var @event = await SetAsync(made, new { @fixed = 250 }, new { basisPoints = 1900 });
        var buyer = await Booker.GuestAsync(_node);
        var booking = await buyer.BuyTicketsAsync(@event, 1);

        foreach (var amount in (long[])[333, 333])
        {
            (await made.AskAsync(HttpMethod.Post, $"/bookings/{booking}/refund", new { reason = "x", amount })).Status
                .ShouldBe(200);
        }

        (await made.AskAsync(HttpMethod.Post, $"/bookings/{booking}/cancel", new { reason = "x" })).Status
            .ShouldBe(200);

        (await EntriesAsync(made.Id)).ShouldBe(
        [
            "provider:simulated=1250 fees=-210 tax=-200 sales=-840",
            "provider:simulated=-333 fees=56 tax=53 sales=224",
            "provider:simulated=-333 fees=56 tax=54 sales=223",
            "provider:simulated=-584 fees=98 tax=93 sales=393",
        ]);
        var money = (await made.Organisation.AskAsync(HttpMethod.Get, "/money"))["totals"][0];
        (Amount(money, "gross"), Amount(money, "refunds"), Amount(money, "fees"), Amount(money, "tax"),
            Amount(money, "net")).ShouldBe((1250, 1250, 0, 0, 0));
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_fee_that_the_organiser_pays_is_not_shown_to_buyers_and_is_in_the_ledger()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var @event = await SetAsync(
            made, new { basisPoints = 500, fromBuyer = false }, new { basisPoints = 700, added = true });

        var buyer = await Booker.GuestAsync(_node);
        var hold = await buyer.HoldTicketsAsync(@event, 1);

        var item = hold["items"][0];
        (Amount(item, "price"), Amount(item, "tax")).ShouldBe((1070, 70));
        item.TryGetProperty("fee", out _).ShouldBeFalse();
        (await buyer.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        (await EntriesAsync(made.Id)).ShouldBe(["provider:simulated=1070 fees=-50 tax=-70 sales=-950"]);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_held_price_stays_when_the_terms_change_and_the_next_hold_has_the_new_ones()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var @event = await SetAsync(made, new { @fixed = 250 }, null);
        var buyer = await Booker.GuestAsync(_node);
        var hold = await buyer.HoldTicketsAsync(@event, 1);

        await SetAsync(made, new { @fixed = 300 }, null);

        Amount((await buyer.GetAsync(@event, hold.Id)).Body, "total").ShouldBe(1250);
        (await buyer.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        Amount((await (await Booker.GuestAsync(_node)).HoldTicketsAsync(@event, 1)).Body, "total").ShouldBe(1300);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_code_takes_its_part_off_before_fee_and_tax_and_says_so_beforehand()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var @event = await SetAsync(made, new { basisPoints = 1000 }, new { basisPoints = 1000, added = true });
        (await made.AskAsync(HttpMethod.Post, "/codes", new { text = "HALF", percent = 50 })).Status.ShouldBe(201);
        var buyer = await Booker.GuestAsync(_node);

        var checkedCode = await buyer.SendAsync(
            HttpMethod.Post, $"events/{@event.Id}/codes/check", JsonContent.Create(new { code = "HALF" }));
        checkedCode.Status.ShouldBe(200, checkedCode.Body.ToString());
        var tier = checkedCode["tiers"][0];
        (Amount(tier, "price"), Amount(tier, "reduced")).ShouldBe((1210, 605));
        var hold = await buyer.HoldAsync(@event, new
        {
            code = "HALF",
            tickets = new[] { new { tierId = @event.Tiers[0].Id, quantity = 1 } },
        });
        var item = hold["items"][0];
        (Amount(item, "price"), Amount(item, "discount"), Amount(item, "fee"), Amount(item, "tax"))
            .ShouldBe((605, 500, 50, 55));
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Lists_filter_and_show_what_is_paid()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        await SetAsync(made, new { @fixed = 250 }, null);

        (await _node.DataSource.QueryAsync<long>("select lowest_price from events where id = $1", made.Id))
            .ShouldBe([1250L]);
        var own = (await made.GetAsync())["tiers"][0];
        (Amount(own, "price"), Amount(own, "fullPrice"), own.GetProperty("fee").GetProperty("fixed").GetInt64())
            .ShouldBe((1000, 1250, 250));
        // What is left out stays.
        await made.PutTierAsync(own.GetProperty("id").GetGuid(), new { name = "Tier 0", price = 2000 });
        Amount((await made.GetAsync())["tiers"][0], "fullPrice").ShouldBe(2250);
    }

    [Fact]
    public async Task Terms_out_of_their_bounds_are_named()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var tier = (await made.GetAsync())["tiers"][0].GetProperty("id").GetGuid();

        var refused = await made.AskAsync(HttpMethod.Put, $"/tiers/{tier}", new
        {
            name = "Tier 0",
            price = 1000,
            fee = new { @fixed = -1, basisPoints = 10_001 },
            tax = new { basisPoints = -1 },
        });

        (refused.Status, refused.Code).ShouldBe((400, "validation"));
        refused.Body.ToString().ShouldContain("fee.fixed");
        refused.Body.ToString().ShouldContain("fee.basisPoints");
        refused.Body.ToString().ShouldContain("tax.basisPoints");
    }

    [Fact]
    public async Task The_database_and_the_inventory_reckon_full_prices_alike()
    {
        var random = new Random(1);
        var cases = Enumerable.Range(0, 2000).Select(_ => (
            Price: random.Next(4) == 0 ? random.Next(5) : random.NextInt64(1, 100_000_000_000),
            Terms: new PriceTerms(
                random.Next(1000), random.Next(10_001), random.Next(2) == 0, random.Next(10_001), random.Next(2) == 0)))
            .ToList();

        var prices = await _node.DataSource.QueryAsync<long>("""
            select full_price(p, f, fb, b, t, a) from unnest($1, $2, $3, $4, $5, $6)
            with ordinality as given (p, f, fb, b, t, a, line) order by line
            """,
            cases.Select(one => one.Price).ToArray(), cases.Select(one => one.Terms.FeeFixed).ToArray(),
            cases.Select(one => one.Terms.FeeBasisPoints).ToArray(),
            cases.Select(one => one.Terms.FeeFromBuyer).ToArray(),
            cases.Select(one => one.Terms.TaxBasisPoints).ToArray(),
            cases.Select(one => one.Terms.TaxAdded).ToArray());

        prices.ShouldBe(cases.Select(one => one.Terms.Of(one.Price).Total));
    }

    private static async Task<TestEvent> SetAsync(OwnEvent made, object? fee, object? tax)
    {
        var tier = (await made.GetAsync())["tiers"][0];
        await made.PutTierAsync(
            tier.GetProperty("id").GetGuid(), new { name = "Tier 0", price = 1000, fee, tax });
        return await made.ToTestEventAsync();
    }

    private static long Amount(JsonElement holder, string member) =>
        holder.GetProperty(member).GetProperty("amount").GetInt64();

    private Task<IReadOnlyList<string>> EntriesAsync(Guid eventId) => _node.DataSource.QueryAsync<string>("""
        select string_agg(account || '=' || amount, ' ' order by line)
        from ledger_entries cross join unnest(accounts, amounts) with ordinality as p (account, amount, line)
        where event_id = $1 group by number order by number
        """, eventId);
}

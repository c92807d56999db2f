using System.Text;
using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Operate.Finance;

public sealed class MoneyTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task Figures_are_the_sums_of_the_ledger_in_all_and_by_event()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var other = await OwnEvent.DraftAsync(_node, made.Organisation);
        await made.SellAsync(2);
        var back = (await made.SellAsync(1)).Id;
        (await made.AskAsync(HttpMethod.Post, $"/bookings/{back}/refund", new { reason = "x", amount = 250 })).Status
            .ShouldBe(200);

        var money = await AskAsync(made, "money");

        var total = money["totals"].EnumerateArray().ShouldHaveSingleItem();
        Amounts(total).ShouldBe("3000 250 0 0 2750 EUR");
        var one = money["events"].GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        one.GetProperty("eventId").GetGuid().ShouldBe(made.Id);
        one.GetProperty("eventId").GetGuid().ShouldNotBe(other.Id);
        Amounts(one.GetProperty("figures")).ShouldBe("3000 250 0 0 2750 EUR");
    }

    [Fact]
    public async Task A_period_has_the_entries_from_its_beginning_to_before_its_end()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        await made.SellAsync(1);
        var at = (await AskAsync(made, "ledger"))["data"][0].GetProperty("at").GetString()!;

        (await AskAsync(made, $"money?to={at}"))["totals"].GetArrayLength().ShouldBe(0);
        (await AskAsync(made, $"ledger?to={at}"))["meta"].GetProperty("total").GetInt64().ShouldBe(0);
        (await AskAsync(made, $"money?from={at}"))["totals"].GetArrayLength().ShouldBe(1);
        (await AskAsync(made, $"ledger?from={at}"))["meta"].GetProperty("total").GetInt64().ShouldBe(1);
        (await AskAsync(made, $"money?from={at}&to={at}")).Code.ShouldBe("validation");
        (await AskAsync(made, "money?from=yesterday")).Code.ShouldBe("validation");
    }

    [Fact]
    public async Task Entries_are_listed_newest_first_with_their_postings_by_event_and_kind()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var booking = (await made.SellAsync(1)).Id;
        await made.AskAsync(HttpMethod.Post, $"/bookings/{booking}/cancel", new { reason = "x" });

        var entries = (await AskAsync(made, $"ledger?event={made.Id}"))["data"].EnumerateArray().ToList();

        entries.Select(entry => entry.GetProperty("kind").GetString()).ShouldBe(["refund", "counterSale"]);
        entries[0].GetProperty("bookingId").GetGuid().ShouldBe(booking);
        entries[0].GetProperty("eventTitle").GetString().ShouldBe("Evening");
        foreach (var entry in entries)
        {
            entry.GetProperty("postings").EnumerateArray()
                .Sum(posting => posting.GetProperty("amount").GetProperty("amount").GetInt64()).ShouldBe(0);
        }

        (await AskAsync(made, "ledger?kind=refund"))["meta"].GetProperty("total").GetInt64().ShouldBe(1);
        (await AskAsync(made, "ledger?kind=chargeback"))["meta"].GetProperty("total").GetInt64().ShouldBe(0);
        (await AskAsync(made, "ledger?kind=gift")).Code.ShouldBe("validation");
    }

    [Fact]
    public async Task Another_organisations_money_is_not_found()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        await made.SellAsync(1);
        var stranger = await OwnEvent.PublishedAsync(_node, 10);

        (await AskAsync(stranger, "money"))["totals"].GetArrayLength().ShouldBe(0);
        (await AskAsync(stranger, "ledger"))["meta"].GetProperty("total").GetInt64().ShouldBe(0);
        var asked = await AskAsync(stranger, $"ledger?event={made.Id}");
        (asked.Status, asked.Code).ShouldBe((404, "event-not-found"));
        (await CsvAsync(stranger, "ledger.csv"))
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_statement_has_a_row_a_posting()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        await made.SellAsync(1);

        var rows = (await CsvAsync(made, "ledger.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        rows.Length.ShouldBe(3);
        rows[1].ShouldEndWith(",counter:cash,10.00,EUR");
        rows[2].ShouldEndWith(",sales,-10.00,EUR");
        (await CsvAsync(made, "ledger.csv?from=2100-01-01T00:00:00Z"))
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
    }

    private static string Amounts(JsonElement figures)
    {
        var parts = ((string[])["gross", "refunds", "fees", "tax", "net"]).Select(name =>
            figures.GetProperty(name).GetProperty("amount").GetInt64()).ToList();
        (parts[0] - parts[1] - parts[2] - parts[3]).ShouldBe(parts[4]);
        return $"{string.Join(' ', parts)} {figures.GetProperty("net").GetProperty("currency").GetString()}";
    }

    private static Task<Answer> AskAsync(OwnEvent made, string path) =>
        made.Organisation.AskAsync(HttpMethod.Get, $"/{path}");

    private async Task<string> CsvAsync(OwnEvent made, string path)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/v1/organisations/{made.Organisation.Slug}/{path}");
        request.Headers.Authorization = new("Bearer", made.Organisation.Owner.AccessToken);
        using var response = await _node.Client.SendAsync(request);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        return Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
    }
}

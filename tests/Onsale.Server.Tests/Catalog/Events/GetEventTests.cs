using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Catalog.Events;

public sealed class GetEventTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Past = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Future = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private OnsaleNode _node = null!;
    private EventSeed _seed = null!;

    public async Task InitializeAsync()
    {
        _node = await OnsaleNode.StartAsync();
        _seed = new EventSeed(_node.DataSource);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task An_event_is_found_by_id_and_by_slug_with_tiers_pools_and_policy()
    {
        var seeded = await _seed.EventAsync(await _seed.VenueAsync(), prices: [9000, 2500], capacity: 40, sold: 15);

        var byId = await GetAsync(seeded.Id.ToString());
        var bySlug = await GetAsync(seeded.Slug);

        bySlug.GetRawText().ShouldBe(byId.GetRawText());
        byId.GetProperty("status").GetString().ShouldBe("published");
        byId.GetProperty("organiser").GetProperty("name").GetString().ShouldBe("Promoter");
        byId.GetProperty("hasSeatMap").GetBoolean().ShouldBeFalse();
        byId.GetProperty("availability").GetRawText().ShouldBe("""{"total":80,"available":50}""");
        var tiers = byId.GetProperty("tiers").EnumerateArray().ToList();
        tiers.Select(tier => tier.GetProperty("price").GetProperty("amount").GetInt64()).ShouldBe([9000, 2500]);
        tiers.ShouldAllBe(tier => tier.GetProperty("kind").GetString() == "quantity");
        tiers.ShouldAllBe(tier => tier.GetProperty("available").GetInt32() == 25);
        var pool = byId.GetProperty("pools")[0];
        pool.GetProperty("tierId").GetGuid().ShouldBe(tiers[0].GetProperty("id").GetGuid());
        pool.GetProperty("capacity").GetInt32().ShouldBe(40);
        byId.GetProperty("policy").GetRawText().ShouldBe(
            """
            {"holdMinutes":10,"holdExtensions":1,"maxTicketsPerBuyer":8,"oneBookingPerBuyer":false,"orphanRule":false}
            """);
    }

    [Fact]
    public async Task The_sale_status_follows_the_clock_and_what_is_left()
    {
        var venue = await _seed.VenueAsync();

        (await StatusAsync(await _seed.EventAsync(venue))).ShouldBe("onSale");
        (await StatusAsync(await _seed.EventAsync(venue, onSaleAt: Future))).ShouldBe("upcoming");
        (await StatusAsync(await _seed.EventAsync(venue, capacity: 5, sold: 5))).ShouldBe("soldOut");
        (await StatusAsync(await _seed.EventAsync(venue, offSaleAt: Past))).ShouldBe("ended");
        (await StatusAsync(await _seed.EventAsync(venue, status: 2))).ShouldBe("ended");
    }

    [Fact]
    public async Task A_cancelled_event_says_so()
    {
        var seeded = await _seed.EventAsync(await _seed.VenueAsync(), status: 2);

        (await GetAsync(seeded.Slug)).GetProperty("status").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_draft_does_not_exist()
    {
        var draft = await _seed.EventAsync(await _seed.VenueAsync(), status: 0);

        await (await _node.Client.GetAsync($"/api/v1/events/{draft.Id}")).ShouldBeProblemAsync(404, "event-not-found");
        await (await _node.Client.GetAsync($"/api/v1/events/{draft.Slug}"))
            .ShouldBeProblemAsync(404, "event-not-found");
    }

    [Theory]
    [InlineData("nothing-like-this")]
    [InlineData("0190a000-0000-7000-8000-00000000dead")]
    [InlineData("UPPER")]
    [InlineData("a'; drop table events; --")]
    [InlineData("..%2f..%2fetc")]
    public async Task What_does_not_exist_is_not_found(string idOrSlug) =>
        await (await _node.Client.GetAsync($"/api/v1/events/{idOrSlug}")).ShouldBeProblemAsync(404, "event-not-found");

    private Task<JsonElement> GetAsync(string idOrSlug) =>
        _node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/events/{idOrSlug}");

    private async Task<string?> StatusAsync(SeededEvent seeded) =>
        (await GetAsync(seeded.Slug)).GetProperty("saleStatus").GetString();
}

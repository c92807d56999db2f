using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Catalog.Events.Editing;

public sealed class CapacityAndBlockTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly int[] s_takenAndFree = [3, 4];
    private static readonly int[] s_free = [3, 2, 3];

    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task Capacity_grows_and_never_falls_below_what_is_held_and_sold()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 4);
        var tier = @event.Tiers[0].Id;
        var buyer = await Booker.GuestAsync(_node);
        (await buyer.HoldTicketsAsync(@event, 3)).Status.ShouldBe(201);

        var refused = await made.AskAsync(HttpMethod.Post, $"/tiers/{tier}/capacity", new { delta = -2 });
        var more = await made.AskAsync(HttpMethod.Post, $"/tiers/{tier}/capacity", new { delta = 5 });
        var less = await made.AskAsync(HttpMethod.Post, $"/tiers/{tier}/capacity", new { delta = -6 });

        refused.ShouldRefuse(409, "capacity-below-sold");
        refused["available"].GetInt32().ShouldBe(1);
        more["tiers"][0].GetProperty("total").GetInt32().ShouldBe(9);
        less["tiers"][0].GetProperty("available").GetInt32().ShouldBe(0);
        (await made.AskAsync(HttpMethod.Post, $"/tiers/{tier}/capacity", new { delta = 0 }))
            .ShouldRefuse(400, "validation");
        (await made.AskAsync(HttpMethod.Post, $"/tiers/{Guid.Empty}/capacity", new { delta = 1 }))
            .ShouldRefuse(404, "tier-not-found");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_hundred_reductions_at_once_with_buyers_never_take_a_held_place()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 120);
        var tier = @event.Tiers[0].Id;
        using var crowd = new Crowd(_node);
        var buyers = Enumerable.Range(0, 100).Select(_ => crowd.Join()).ToList();

        var reductions = Enumerable.Range(0, 100).Select(_ =>
            made.AskAsync(HttpMethod.Post, $"/tiers/{tier}/capacity", new { delta = -1 })).ToList();
        var holds = await Task.WhenAll(buyers.Select(buyer => buyer.HoldTicketsAsync(@event, 1)));
        var taken = (await Task.WhenAll(reductions)).Count(answer => answer.Status == 200);

        var held = holds.Count(answer => answer.Status == 201);
        (held + taken).ShouldBe(120);
        (await _node.DataSource.QueryAsync<int>(
            "select capacity - held from pools where event_id = $1", made.Id)).ShouldBe([0]);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Seats_are_kept_from_sale_by_name_all_or_none_and_given_back()
    {
        var made = await OwnEvent.SeatedAsync(_node, rows: 1, seatsInRow: 10);
        var @event = await made.ToTestEventAsync();
        var buyer = await Booker.GuestAsync(_node);
        (await buyer.HoldSeatsAsync(@event, 4)).Status.ShouldBe(201);

        var refused = await made.AskAsync(HttpMethod.Post, "/blocks", new { name = "Sponsor", seats = s_takenAndFree });
        var block = await made.AskAsync(
            HttpMethod.Post, "/blocks", new { name = "Sponsor", colour = "#ff0000", seats = s_free });

        refused.ShouldRefuse(409, "seats-unavailable");
        refused["seats"].EnumerateArray().Select(seat => seat.GetInt32()).ShouldBe([4]);
        block.Status.ShouldBe(201, block.Body.ToString());
        block["seats"].EnumerateArray().Select(seat => seat.GetInt32()).ShouldBe([2, 3]);
        (await buyer.HoldSeatsAsync(@event, 2)).Code.ShouldBe("seats-unavailable");
        (await made.AskAsync(HttpMethod.Get, "/blocks"))["data"][0].GetProperty("name").GetString().ShouldBe("Sponsor");
        (await made.AskAsync(HttpMethod.Delete, $"/blocks/{block.Id}")).Status.ShouldBe(204);
        (await made.AskAsync(HttpMethod.Delete, $"/blocks/{block.Id}")).ShouldRefuse(404, "block-not-found");
        (await made.AskAsync(HttpMethod.Get, "/blocks"))["data"].GetArrayLength().ShouldBe(0);
        (await buyer.HoldSeatsAsync(@event, 2)).Status.ShouldBe(201);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Places_by_quantity_are_kept_from_sale_and_blocks_race_holds()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 50);
        using var crowd = new Crowd(_node);
        var buyers = Enumerable.Range(0, 40).Select(_ => crowd.Join()).ToList();

        var blocks = Enumerable.Range(0, 10).Select(number => made.AskAsync(
            HttpMethod.Post, "/blocks",
            new { name = $"Block {number}", tierId = @event.Tiers[0].Id, quantity = 5 })).ToList();
        var holds = await Task.WhenAll(buyers.Select(buyer => buyer.HoldTicketsAsync(@event, 1)));
        var blocked = (await Task.WhenAll(blocks)).Count(answer => answer.Status == 201) * 5;

        var held = holds.Count(answer => answer.Status == 201);
        (held + blocked).ShouldBeLessThanOrEqualTo(50);
        (await _node.DataSource.QueryAsync<int>("select blocked from pools where event_id = $1", made.Id))
            .ShouldBe([blocked]);
        (await _node.DataSource.QueryAsync<long>(
            "select coalesce(sum(quantity), 0) from event_blocks where event_id = $1", made.Id)).ShouldBe([blocked]);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData("""{"name":"","seats":[1]}""", "name")]
    [InlineData("""{"name":"A"}""", "seats")]
    [InlineData("""{"name":"A","seats":[1],"quantity":1}""", "seats")]
    [InlineData("""{"name":"A","seats":[1],"colour":"red"}""", "colour")]
    [InlineData("""{"name":"A","quantity":0}""", "quantity")]
    [InlineData("""{"name":"A","quantity":1}""", "tierId")]
    [InlineData("""{"name":"A","seats":["1"]}""", "seats[0]")]
    public async Task What_is_wrong_with_a_block_is_named_by_field(string body, string field)
    {
        var made = await OwnEvent.PublishedAsync(_node, 5);

        var answer = await made.AskAsync(
            HttpMethod.Post, "/blocks", System.Text.Json.JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>
/// A tier that is sold only together with another: set by the organiser, shown, and decided with the hold.
/// </summary>
public sealed class NeededTierTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly string[] s_evening = ["2032-05-01T19:30"];

    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task A_tier_of_a_published_event_is_sold_with_another_until_it_is_not()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10, 10);
        var (adult, child) = await TiersAsync(made);
        await made.PutTierAsync(child, new { name = "Under 12", price = 0, soldWith = new { tierId = adult } });

        var shown = (await _node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/events/{made.Id}"))
            .GetProperty("tiers");
        shown[1].GetProperty("needsTierId").GetGuid().ShouldBe(adult);
        shown[0].TryGetProperty("needsTierId", out _).ShouldBeFalse();
        var @event = await made.ToTestEventAsync();
        var buyer = await Booker.GuestAsync(_node);
        var refused = await buyer.HoldAsync(@event, Tickets((child, 2)));
        (refused.Status, refused.Code).ShouldBe((409, "ticket-alone"));
        (refused["tierId"].GetGuid(), refused["needsTierId"].GetGuid()).ShouldBe((child, adult));
        var held = await buyer.HoldAsync(@event, Tickets((child, 2), (adult, 1)));
        held.Status.ShouldBe(201, held.Body.ToString());

        // What is left out stays; what is taken away is sold alone.
        await made.PutTierAsync(child, new { name = "Children", price = 0 });
        (await made.GetAsync())["tiers"][1].GetProperty("soldWith").GetProperty("tierId").GetGuid().ShouldBe(adult);
        await made.PutTierAsync(child, new { name = "Children", price = 0, soldWith = new { } });
        (await made.GetAsync())["tiers"][1].TryGetProperty("soldWith", out _).ShouldBeFalse();
        (await buyer.HoldAsync(@event, Tickets((child, 1)))).Status.ShouldBe(201);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_drafts_tier_keeps_what_it_is_sold_with_when_others_go_and_in_a_copy()
    {
        var made = await OwnEvent.DraftAsync(_node);
        var first = await made.PutTierAsync(new { name = "First", price = 100, capacity = 5 });
        var adult = await made.PutTierAsync(new { name = "Adult", price = 100, capacity = 5 });
        var child = await made.PutTierAsync(
            new { name = "Child", price = 0, capacity = 5, soldWith = new { tierId = adult } });
        (await made.AskAsync(HttpMethod.Delete, $"/tiers/{first}")).Status.ShouldBe(200);
        (await made.GetAsync())["tiers"][1].GetProperty("soldWith").GetProperty("tierId").GetGuid().ShouldBe(adult);

        (await made.AskAsync(HttpMethod.Post, "/publish")).Status.ShouldBe(200);
        var buyer = await Booker.GuestAsync(_node);
        var @event = await made.ToTestEventAsync();
        (await buyer.HoldAsync(@event, Tickets((child, 1)))).Code.ShouldBe("ticket-alone");
        var copies = await made.AskAsync(
            HttpMethod.Post, "/duplicate", new { starts = s_evening });
        copies.Status.ShouldBe(200, copies.Body.ToString());
        (await _node.DataSource.QueryAsync<short>(
            "select needs_tier from tiers where name = 'Child' and event_id = $1",
            copies["events"][0].GetProperty("id").GetGuid())).ShouldBe([(short)0]);
    }

    [Fact]
    public async Task A_draft_forgets_a_tier_that_is_deleted()
    {
        var made = await OwnEvent.DraftAsync(_node);
        var adult = await made.PutTierAsync(new { name = "Adult", price = 100, capacity = 5 });
        await made.PutTierAsync(new { name = "Child", price = 0, capacity = 5, soldWith = new { tierId = adult } });

        (await made.AskAsync(HttpMethod.Delete, $"/tiers/{adult}")).Status.ShouldBe(200);

        (await made.GetAsync())["tiers"][0].TryGetProperty("soldWith", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_cannot_be_is_refused_with_its_field(bool isPublished)
    {
        var made = isPublished ? await OwnEvent.PublishedAsync(_node, 5, 5) : await OwnEvent.DraftAsync(_node);
        if (!isPublished)
        {
            await made.PutTierAsync(new { name = "Adult", price = 100, capacity = 5 });
            await made.PutTierAsync(new { name = "Child", price = 0, capacity = 5 });
        }

        var (adult, child) = await TiersAsync(made);
        await made.PutTierAsync(child, new { name = "Child", price = 0, soldWith = new { tierId = adult } });
        foreach (var (tier, other) in new[] { (child, child), (child, House.NewId()), (adult, child) })
        {
            var refused = await made.AskAsync(
                HttpMethod.Put, $"/tiers/{tier}",
                new { name = $"Tier {tier:N}", price = 0, soldWith = new { tierId = other } });
            refused.Status.ShouldBe(400, refused.Body.ToString());
            refused["errors"].TryGetProperty("soldWith.tierId", out _).ShouldBeTrue(refused.Body.ToString());
        }
    }

    private static object Tickets(params (Guid Tier, int Quantity)[] tickets) => new
    {
        tickets = tickets.Select(ticket => new { tierId = ticket.Tier, quantity = ticket.Quantity }).ToArray(),
    };

    private static async Task<(Guid Adult, Guid Child)> TiersAsync(OwnEvent made)
    {
        var tiers = (await made.GetAsync())["tiers"];
        return (tiers[0].GetProperty("id").GetGuid(), tiers[1].GetProperty("id").GetGuid());
    }
}

using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>The organiser changes an event at one node while another sells it.</summary>
public sealed class SettingsChangeTests
{
    private static async Task ChangeAsync(OnsaleNode node, TestEvent @event, SettingsPatch patch)
    {
        var reply = await node.Services.GetRequiredService<EventLanes>()
            .SubmitAsync(@event.Id, new ChangeSettingsCommand(patch));
        reply.Status.ShouldBe(LaneStatus.Decided);
        reply.Result.Refusal.ShouldBeNull();
    }

    private static long TotalOf(Answer answer) =>
        answer["items"].EnumerateArray().Sum(item => item.GetProperty("price").GetProperty("amount").GetInt64());

    [Fact]
    public async Task Price_change_at_one_node_applies_to_the_next_hold_at_the_other()
    {
        await using var system = await TwoNodes.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [10, 10]);
        var buyer = system.Crowds[1].Join();
        var before = await buyer.HoldTicketsAsync(@event, 1);
        TotalOf(before).ShouldBe(1000);

        await ChangeAsync(system.Nodes[0], @event, SettingsPatch.ChangePrice(tier: 0, price: 1250));
        var after = await buyer.HoldTicketsAsync(@event, 1);

        after.Status.ShouldBe(201, after.Body.ToString());
        TotalOf(after).ShouldBe(1250);
        TotalOf(await buyer.GetAsync(@event, before.Id)).ShouldBe(1000);
        (await system.DataSource.QueryAsync<long>(
            "select price from tiers where event_id = $1 order by number", @event.Id)).ShouldBe([1250, 2000]);
        (await system.DataSource.QueryAsync<long>(
            "select settings_version from inventory where event_id = $1", @event.Id)).ShouldBe([1]);
        await system.ShouldEndSoundAsync(@event);
    }

    [Fact]
    public async Task Unpublish_stops_the_sale_at_every_node_and_publish_resumes_it()
    {
        await using var system = await TwoNodes.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [10]);
        var buyer = system.Crowds[1].Join();
        (await buyer.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);

        await ChangeAsync(system.Nodes[0], @event, SettingsPatch.Unpublish());
        // Nearer than the view's age a refusal from memory may have the settings of before; a hold never has.
        (await buyer.HoldTicketsAsync(@event, 1)).Code.ShouldBe("event-not-found");
        await ChangeAsync(system.Nodes[0], @event, SettingsPatch.Publish());

        await Eventually.ShouldBeAsync(async () => (await buyer.HoldTicketsAsync(@event, 1)).Status, 201);
        (await system.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(2);
        await system.ShouldEndSoundAsync(@event);
    }

    [Fact]
    public async Task Rescheduled_sale_is_refused_until_its_new_begin()
    {
        await using var system = await TwoNodes.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [10]);
        var buyer = system.Crowds[1].Join();
        (await buyer.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        var now = TimeProvider.System.GetUtcNow();

        await ChangeAsync(system.Nodes[0], @event, SettingsPatch.Reschedule(now.AddHours(1), now.AddHours(2)));
        var refused = await buyer.HoldTicketsAsync(@event, 1);

        refused.Code.ShouldBe("not-on-sale");
        refused["onSaleAt"].GetDateTimeOffset().ShouldBe(now.AddHours(1), TimeSpan.FromMilliseconds(1));
        await ChangeAsync(system.Nodes[1], @event, SettingsPatch.Reschedule(now.AddMinutes(-1), now.AddHours(2)));
        (await buyer.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        await system.ShouldEndSoundAsync(@event);
    }
}

using System.Text.Json;
using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;
using Onsale.Server.Tests.Selling.Live;

namespace Onsale.Server.Tests.Selling.WaitingRoom;

/// <summary>What watchers of an event hear of its line.</summary>
public sealed class QueueNewsTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task Watchers_hear_how_the_line_moves_at_most_once_a_second_and_newcomers_how_it_stands()
    {
        using var crowd = new Crowd(_node);
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1000]);
        await QueueRoom.SetAsync(_node, @event, QueueRoom.Wide with { RatePerMinute = 60 });
        await using var watcher = await LiveClient.ConnectAsync(_node, @event.Id);
        foreach (var buyer in crowd.Join(5))
            (await buyer.JoinQueueAsync(@event)).Status.ShouldBe(201);

        await Eventually.ShouldBeTrueAsync(
            () => Queue(watcher).Exists(news => Served(news) >= 3), "the line is told of");
        var told = Queue(watcher);
        told.Select(Served).ShouldBe(told.Select(Served).Order());
        told.Count.ShouldBeLessThan(12);
        told[^1].GetProperty("eventId").GetGuid().ShouldBe(@event.Id);
        told[^1].GetProperty("phase").GetString().ShouldBe("open");

        await using var newcomer = await LiveClient.ConnectAsync(_node, @event.Id);
        await Eventually.ShouldBeTrueAsync(() => Queue(newcomer).Count > 0, "a newcomer hears it too");
        await QueueRoom.SetAsync(_node, @event, QueueRoom.Wide with { Mode = RoomMode.Off }, phase: null);
        await Eventually.ShouldBeTrueAsync(
            () => Queue(watcher)[^1].GetProperty("phase").GetString() == "closed", "the end is told");
        watcher.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Sold_out_is_told_to_all_who_wait_and_so_is_a_place_that_comes_back()
    {
        using var crowd = new Crowd(_node);
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        await QueueRoom.SetAsync(_node, @event, QueueRoom.Wide with { MaxInside = 1 });
        await using var watcher = await LiveClient.ConnectAsync(_node, @event.Id);
        var (buyer, next) = (crowd.Join(), crowd.Join());
        var hold = await buyer.HoldWithAsync(@event, await buyer.AdmitAsync(@event));
        hold.Status.ShouldBe(201);
        (await next.JoinQueueAsync(@event)).Status.ShouldBe(201);
        Queue(watcher).ShouldAllBe(news => news.GetProperty("phase").GetString() != "soldOut");

        (await buyer.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);

        await Eventually.ShouldBeTrueAsync(
            () => Queue(watcher) is [.., var news] && news.GetProperty("phase").GetString() == "soldOut",
            "sold out is told");
    }

    private static List<JsonElement> Queue(LiveClient watcher)
    {
        lock (watcher.Messages)
            return watcher.Messages.ToArray().Where(news => news.GetProperty("type").GetString() == "queue").ToList();
    }

    private static long Served(JsonElement news) => news.GetProperty("served").GetInt64();
}

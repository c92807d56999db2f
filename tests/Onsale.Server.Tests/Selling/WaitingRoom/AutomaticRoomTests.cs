using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.WaitingRoom;

/// <summary>A room that opens by itself when the sale is crowded, and closes when the crowd is gone.</summary>
public sealed class AutomaticRoomTests
{
    [Fact]
    public async Task It_opens_by_the_crowd_lets_it_in_and_closes_when_nobody_waits()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var clock = await DatabaseClock.InstallAsync(database);
        await using var node = await OnsaleNode.StartAsync(
            database, [("Onsale:WaitingRoom:AutoHoldsPerSecond", "5")]);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [100_000]);
        await QueueRoom.SetAsync(node, @event, QueueRoom.Wide with { Mode = RoomMode.Auto }, RoomPhase.Closed);
        (await crowd.Join().HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);

        // The crowd comes until it is asked to wait.
        Answer[] rush = [];
        await Eventually.ShouldPassAsync(async () =>
        {
            rush = await Crowd.RushAsync(crowd.Join(20), buyer => buyer.HoldTicketsAsync(@event, 1));
            rush.ShouldContain(answer => answer.Code == "admission-required");
        });
        var late = crowd.Join();
        (await late.HoldWithAsync(@event, await late.AdmitAsync(@event))).Status.ShouldBe(201);

        // A minute without one.
        await Eventually.ShouldBeTrueAsync(
            () => QueueRoom.Find(node, @event) is { Waiting: 0, CalmSince: not null }, "nobody waits");
        await clock.MoveAsync(TimeSpan.FromSeconds(RoomStep.CalmSeconds));
        await QueueRoom.ShouldBeInAsync(node, @event, RoomPhase.Closed);
        (await crowd.Join().HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Who_waited_for_what_is_forgotten_when_the_sale_is_over()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var clock = await DatabaseClock.InstallAsync(database);
        await using var node = await OnsaleNode.StartAsync(database);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1000]);
        await QueueRoom.SetAsync(node, @event, QueueRoom.Wide);
        await crowd.Join().AdmitAsync(@event);
        await node.DataSource.ExecuteAsync(
            """
            insert into waiting_room_places (event_id, buyer_id, era, number, joined_at) values ($1, $2, 1, 5, now())
            """, @event.Id, House.NewId());
        var store = node.Services.GetRequiredService<LeaderStore>();

        await store.ForgetOldAsync(default);
        (await CountAsync("waiting_room_places"), await CountAsync("waiting_room_admissions")).ShouldBe((1, 1));

        await clock.MoveAsync(TimeSpan.FromDays(60));
        await Eventually.ShouldBeAsync(
            () => node.DataSource.CountAsync("waiting_rooms", "event_id = $1 and phase = 0", @event.Id), 1);
        await store.ForgetOldAsync(default);
        (await CountAsync("waiting_room_places"), await CountAsync("waiting_room_admissions")).ShouldBe((0, 0));

        Task<long> CountAsync(string table) => node.DataSource.CountAsync(table, "event_id = $1", @event.Id);
    }
}

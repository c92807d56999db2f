using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.WaitingRoom;

namespace Onsale.Server.Tests.Cli;

/// <summary>The verb <c>verify-draw</c>.</summary>
public sealed class VerifyDrawCommandTests
{
    [Fact]
    public async Task Draw_is_checked_and_a_buyers_position_computed()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        var buyer = House.NewId();
        await using var node = await OnsaleNode.StartAsync(database);
        var @event = await TestEvent.WithPoolsAsync(
            node.DataSource, [100], made => made with { OnSaleAt = TimeProvider.System.GetUtcNow().AddHours(1) });
        await QueueRoom.SetAsync(node, @event, QueueRoom.Wide, RoomPhase.PreQueue);

        var before = await RunAsync(database, $"{@event.Id}");
        (before.ExitCode, before.Output.Contains("still to come", StringComparison.Ordinal)).ShouldBe((0, true));

        await node.DataSource.ExecuteAsync(
            "update events set on_sale_at = now() - interval '1 minute' where id = $1", @event.Id);
        await QueueRoom.ShouldBeInAsync(node, @event, RoomPhase.Open);
        await node.DataSource.ExecuteAsync("update waiting_rooms set early = 1000 where event_id = $1", @event.Id);
        var after = await RunAsync(database, $"{@event.Id}", "--buyer", $"{buyer}");
        var room = QueueRoom.Find(node, @event)!;
        var position = Draw.PositionOf(Draw.LotOf(Draw.Mix(room.Seed!, ""), @event.Id, buyer), 1000);
        after.ExitCode.ShouldBe(0, after.Error);
        after.Output.ShouldContain($"Position:   {position} of 1000");
        after.Output.ShouldContain("The seed is the one that was promised");

        await node.DataSource.ExecuteAsync(
            "update waiting_rooms set commitment = decode(repeat('00', 32), 'hex') where event_id = $1", @event.Id);
        var broken = await RunAsync(database, $"{@event.Id}");
        (broken.ExitCode, broken.Output.Contains("FAULT", StringComparison.Ordinal)).ShouldBe((2, true));
        (await RunAsync(database, $"{House.NewId()}")).ExitCode.ShouldBe(1);
        (await RunAsync(database, "no-id")).ExitCode.ShouldNotBe(0);
    }

    private static Task<CommandRun> RunAsync(string database, params string[] arguments) =>
        CommandRun.RunAsync(["verify-draw", .. arguments, "--database", database]);
}

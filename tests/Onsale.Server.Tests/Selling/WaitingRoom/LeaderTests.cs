using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Selling.WaitingRoom;

/// <summary>Who moves the lines when there are several nodes, and what becomes of the order when one dies.</summary>
public sealed class LeaderTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_201;

    [Theory]
    [InlineData("KILL")]
    [LongInlineData("STOP")]
    public async Task Line_moves_on_within_three_seconds_when_its_leader_is_killed_or_hangs(string signal)
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Postgres"] = database,
        };
        await using var leader = await ServerProcess.StartAsync(
            new ServerOptions(ServerProcess.CreateDataDirectory()) { Settings = settings });
        await using var node = await OnsaleNode.StartAsync(database);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [100]);
        await QueueRoom.SetAsync(node, @event, QueueRoom.Wide with { RatePerMinute = 60 });
        using var crowd = new Crowd(node);
        foreach (var buyer in crowd.Join(50))
            (await buyer.JoinQueueAsync(@event)).Status.ShouldBe(201);
        await Eventually.ShouldBeTrueAsync(async () => await ServedAsync(node, @event) > 1, "the line moves");

        await ServerProcess.SignalAsync(signal, leader.Id.ToString());
        var before = await ServedAsync(node, @event);

        try
        {
            // A second for the step that may have been under way, three to take over, one to move.
            await Eventually.ShouldBeTrueAsync(
                async () => await ServedAsync(node, @event) > before, "another node moves it", TimeSpan.FromSeconds(5));
        }
        finally
        {
            await ServerProcess.SignalAsync("KILL", leader.Id.ToString());
        }
    }

    [Fact]
    public async Task A_former_leader_writes_nothing()
    {
        await using var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [100]);
        await QueueRoom.SetAsync(node, @event, QueueRoom.Wide);
        var store = node.Services.GetRequiredService<LeaderStore>();
        var leader = node.Services.GetRequiredService<RoomLeader>();
        var (former, present) = (await store.TakeFenceAsync(default), await store.TakeFenceAsync(default));

        (await leader.StepAsync(@event.Id, present, default)).ShouldBeTrue();
        (await leader.StepAsync(@event.Id, former, default)).ShouldBeFalse();

        // The node's own leader notices, takes a number of its own and goes on.
        await Eventually.ShouldBeTrueAsync(
            async () => (await node.DataSource.QueryAsync<long>(
                "select fence from waiting_rooms where event_id = $1", @event.Id))[0] > present, "it leads again");
    }

    [Fact]
    public async Task Two_that_take_themselves_for_the_leader_move_the_line_no_faster_than_one()
    {
        await using var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [100]);
        await QueueRoom.SetAsync(node, @event, QueueRoom.Wide with { RatePerMinute = 600 });
        await node.DataSource.ExecuteAsync(
            "update waiting_rooms set numbers = 100000, max_inside = 1000000 where event_id = $1", @event.Id);
        var store = node.Services.GetRequiredService<LeaderStore>();
        var leader = node.Services.GetRequiredService<RoomLeader>();
        // What an empty line has saved, a second's worth, is used up first.
        await leader.StepAsync(@event.Id, await store.TakeFenceAsync(default), default);
        var (served, at) = await StandAsync(node, @event);
        for (var round = 0; round < 40; round++)
            await leader.StepAsync(@event.Id, await store.TakeFenceAsync(default), default);

        var (servedAfter, atAfter) = await StandAsync(node, @event);

        ((double)(servedAfter - served)).ShouldBeLessThanOrEqualTo(((atAfter - at).TotalSeconds * 10) + 1);
    }

    /// <summary>
    /// Buyers join one after the other or side by side, at any of two nodes, while the database's clock steps and the
    /// leader is thrown out again and again: who had a place before another asked for one has the better number, and
    /// nobody is let in whose turn it is not.
    /// </summary>
    [LongFact]
    public async Task Order_is_never_inverted_over_nodes_clocks_and_takeovers()
    {
        output.WriteLine($"Seed {Seed}");
        var random = new Random(Seed);
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var clock = await DatabaseClock.InstallAsync(database);
        await using var system = await TwoNodes.StartAsync(database);
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [1000]);
        await QueueRoom.SetAsync(system.Nodes[0], @event, QueueRoom.Wide with { RatePerMinute = 3000 });
        await QueueRoom.ShouldBeInAsync(system.Nodes[1], @event, RoomPhase.Open);
        var (last, served, passes) = (0L, 0L, new List<(Booker Buyer, string Pass)>());
        for (var wave = 0; wave < 25; wave++)
        {
            if (random.Next(3) == 0)
                await clock.MoveAsync(TimeSpan.FromSeconds((random.NextDouble() * 20) - 10));
            if (random.Next(4) == 0)
                await ThrowLeaderOutAsync(system.DataSource);
            var buyers = Enumerable.Range(0, random.Next(1, 12))
                .Select(_ => system.Crowds[random.Next(2)].Join()).ToArray();
            var places = await Crowd.RushAsync(buyers, buyer => buyer.JoinQueueAsync(@event));
            var numbers = places.Select(place => place["number"].GetInt64()).ToArray();
            numbers.Min().ShouldBeGreaterThan(last, $"wave {wave}");
            numbers.ShouldBeUnique();
            last = numbers.Max();
            passes.AddRange(buyers.Zip(places, (buyer, place) => (buyer, place.Pass())));

            var now = await ServedAsync(system.Nodes[0], @event);
            now.ShouldBeGreaterThanOrEqualTo(served, $"wave {wave}");
            served = now;
            var (claimant, pass) = passes[random.Next(passes.Count)];
            var claim = await claimant.At(system.Nodes[random.Next(2)]).ClaimAsync(@event, pass);
            if (claim.Status == 200)
                passes.IndexOf((claimant, pass)).ShouldBeLessThan((int)await ServedAsync(system.Nodes[0], @event) + 12);
        }

        await Eventually.ShouldBeTrueAsync(
            async () => await ServedAsync(system.Nodes[0], @event) == last, "all have had their turn");
        (await system.DataSource.CountAsync(
            "waiting_room_admissions", "event_id = $1 and position > $2", @event.Id, last)).ShouldBe(0);
    }

    private static Task ThrowLeaderOutAsync(NpgsqlDataSource dataSource) => dataSource.ExecuteAsync("""
        select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()
            and database = (select oid from pg_database where datname = current_database())
        """);

    private static async Task<long> ServedAsync(OnsaleNode node, TestEvent @event) => (await node.DataSource
        .QueryAsync<long>("select served from waiting_rooms where event_id = $1", @event.Id))[0];

    private static async Task<(long Served, DateTime At)> StandAsync(OnsaleNode node, TestEvent @event) => (
        await ServedAsync(node, @event),
        (await node.DataSource.QueryAsync<DateTime>(
            "select moved_at from waiting_rooms where event_id = $1", @event.Id))[0]);
}

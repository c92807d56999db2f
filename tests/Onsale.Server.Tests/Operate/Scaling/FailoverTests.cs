using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Operate.Scaling;

/// <summary>The database's machine is lost while two nodes sell.</summary>
public sealed class FailoverTests(ITestOutputHelper output)
{
    [LongFact]
    public async Task Standby_takes_over_from_a_killed_primary_and_no_acknowledged_booking_is_lost()
    {
        await using var pair = await PostgresPair.StartAsync(synchronous: true);
        await using var first = await OnsaleNode.StartAsync(pair.ConnectionString);
        await using var second = await OnsaleNode.StartAsync(pair.ConnectionString);
        var @event = await TestEvent.WithPoolsAsync(first.DataSource, [50_000]);
        using var here = new Crowd(first);
        using var there = new Crowd(second);
        var load = SellingLoad.Start(@event, here.Join, [here.Client, there.Client], workers: 16);
        await load.ProgressAsync(200);

        var before = load.Answers;
        await pair.KillPrimaryAsync();
        var killed = TimeProvider.System.GetTimestamp();
        await pair.PromoteStandbyAsync();
        var promoted = TimeProvider.System.GetElapsedTime(killed);
        // Some answers may still have been on their way.
        await load.ProgressAsync(50);
        var selling = TimeProvider.System.GetElapsedTime(killed);
        await load.ProgressAsync(200);
        await load.StopAsync();

        output.WriteLine(
            $"promoted after {promoted.TotalSeconds:0.0} s, 50 further answers after {selling.TotalSeconds:0.0} s; "
            + $"{before} answers before, {load.Answers} in all, {load.Holds} holds, {load.Confirmed} confirmed");
        await load.ShouldBeTrueAsync(second.DataSource);
        await first.ShouldBeSoundAsync(@event);
        foreach (var node in new[] { first, second })
        {
            using var ready = await node.Client.GetAsync("/health/ready");
            ready.IsSuccessStatusCode.ShouldBeTrue(await ready.Content.ReadAsStringAsync());
        }
    }

    [LongFact]
    public async Task Without_its_synchronous_standby_nothing_is_acknowledged_that_a_failover_would_lose()
    {
        await using var pair = await PostgresPair.StartAsync(synchronous: true);
        await using var node = await OnsaleNode.StartAsync(pair.ConnectionString);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [50_000]);
        using var crowd = new Crowd(node);
        var load = SellingLoad.Start(@event, crowd.Join, [crowd.Client], workers: 16);
        await load.ProgressAsync(100);

        await pair.StopStandbyAsync();
        // Every connection of every buyer waits for a commit by then.
        await AwaitStandstillAsync(load);
        await pair.KillPrimaryAsync();
        await pair.StartStandbyAsync();
        await pair.PromoteStandbyAsync();
        await load.ProgressAsync(100);
        await load.StopAsync();

        await load.ShouldBeTrueAsync(node.DataSource);
        await node.ShouldBeSoundAsync(@event);
    }

    [LongFact]
    public async Task Asynchronous_standby_loses_what_was_acknowledged_while_it_was_away_and_nodes_sell_on()
    {
        await using var pair = await PostgresPair.StartAsync(synchronous: false);
        await using var node = await OnsaleNode.StartAsync(pair.ConnectionString);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [50_000]);
        using var crowd = new Crowd(node);
        var load = SellingLoad.Start(@event, crowd.Join, [crowd.Client], workers: 4);
        await load.ProgressAsync(50);

        await pair.StopStandbyAsync();
        await load.ProgressAsync(50);
        await load.StopAsync();
        await pair.KillPrimaryAsync();
        await pair.StartStandbyAsync();
        await pair.PromoteStandbyAsync();

        await Eventually.ShouldPassAsync(async () =>
            (await crowd.Join().HoldTicketsAsync(@event, 1)).Status.ShouldBe(201), TimeSpan.FromSeconds(60));
        (await Assert.ThrowsAsync<ShouldAssertException>(() => load.ShouldBeTrueAsync(node.DataSource)))
            .Message.ShouldContain("acknowledged and lost");
        await node.ShouldBeSoundAsync(@event);
    }

    [PatroniFact]
    public async Task Patroni_replaces_a_killed_primary_by_itself_and_no_acknowledged_booking_is_lost()
    {
        await using var cluster = await PatroniCluster.StartAsync();
        await using var first = await OnsaleNode.StartAsync(cluster.ConnectionString);
        await using var second = await OnsaleNode.StartAsync(cluster.ConnectionString);
        var @event = await TestEvent.WithPoolsAsync(first.DataSource, [50_000]);
        using var here = new Crowd(first);
        using var there = new Crowd(second);
        var load = SellingLoad.Start(
            @event, here.Join, [here.Client, there.Client], workers: 8, patience: TimeSpan.FromMinutes(2));
        await load.ProgressAsync(200);

        var confirmed = load.Confirmed;
        await cluster.KillAsync(cluster.First);
        var killed = TimeProvider.System.GetTimestamp();
        await cluster.AwaitRoleAsync(cluster.Second, "leader");
        var promoted = TimeProvider.System.GetElapsedTime(killed);
        // Refusals by nodes that wait for a database go on meanwhile; what was paid for is proof of one.
        await Eventually.ShouldBeTrueAsync(
            () => load.Confirmed > confirmed + 8, "tickets are sold again", TimeSpan.FromMinutes(2));
        var selling = TimeProvider.System.GetElapsedTime(killed);
        await load.ProgressAsync(100);
        await load.StopAsync();

        output.WriteLine(
            $"promoted after {promoted.TotalSeconds:0.0} s, selling after {selling.TotalSeconds:0.0} s; "
            + $"{load.Answers} answers, {load.Holds} holds, {load.Confirmed} confirmed");
        await load.ShouldBeTrueAsync(second.DataSource);
        await first.ShouldBeSoundAsync(@event);
    }

    /// <summary>Until nobody has been given a place for two seconds.</summary>
    private static async Task AwaitStandstillAsync(SellingLoad load)
    {
        var (holds, since) = (load.Holds, TimeProvider.System.GetTimestamp());
        await Eventually.ShouldBeTrueAsync(
            () =>
            {
                if (load.Holds != holds)
                    (holds, since) = (load.Holds, TimeProvider.System.GetTimestamp());
                return TimeProvider.System.GetElapsedTime(since).TotalSeconds > 2;
            },
            "nobody is given a place any more");
    }
}

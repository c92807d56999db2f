using Onsale.Server.Tests.Architecture;
using Onsale.Server.Tests.Cli;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Operate.Deployment;

/// <summary>
/// While a release is rolled out, nodes of the previous one go on with the new one's schema, and after a roll-back they
/// start on it.
/// </summary>
public sealed class RollingReleaseTests
{
    [LongFact]
    public async Task Previous_release_sells_on_while_the_next_one_migrates_and_starts_on_its_schema()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var running = await OnsaleNode.StartAsync(database);
        var later = await LaterSchema.ForAsync(running.DataSource);
        later.All.Count.ShouldBeGreaterThan(OnsaleApp.Migrations.All.Count + 30);
        later.All.Skip(OnsaleApp.Migrations.All.Count).SelectMany(ExpandRules.Refused).ShouldBeEmpty();
        var @event = await TestEvent.WithPoolsAsync(running.DataSource, [50_000]);
        using var crowd = new Crowd(running);
        var load = SellingLoad.Start(@event, crowd.Join, [crowd.Client], workers: 4);
        await load.ProgressAsync(50);

        await LaterSchema.ApplyAsync(running.DataSource);
        await load.ProgressAsync(50);
        await using var rolledBack = await OnsaleNode.StartAsync(database);
        using var others = new Crowd(rolledBack);
        var second = SellingLoad.Start(
            await TestEvent.WithPoolsAsync(rolledBack.DataSource, [50_000]), others.Join,
            [crowd.Client, others.Client], workers: 4, seed: 100);
        await second.ProgressAsync(50);
        await load.StopAsync();
        await second.StopAsync();

        await load.ShouldBeTrueAsync(running.DataSource);
        await second.ShouldBeTrueAsync(rolledBack.DataSource);
        var audit = await CommandRun.RunAsync("audit", "--database", database);
        audit.Output.ShouldContain("no fault", customMessage: audit.Error);
        (await rolledBack.DataSource.CountAsync("bookings", "later_note = 'none'")).ShouldBeGreaterThan(100);
    }
}

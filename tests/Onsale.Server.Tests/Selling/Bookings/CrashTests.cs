using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onsale.Platform.Database;
using Onsale.Server.Tests.Infrastructure;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>
/// SIGKILL under load, of the server and of PostgreSQL: every acknowledged hold and confirmation is there afterwards,
/// payments that were cut off are settled, and selling goes on without anybody's help.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Seed = 20_260_703;
    private const int Rounds = 3;

    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(125);

    [LongFact]
    public async Task The_server_is_killed_under_load_and_loses_nothing()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var clock = await DatabaseClock.InstallAsync(database);
        await using var dataSource = NpgsqlDataSource.Create(database);
        var options = new ServerOptions(ServerProcess.CreateDataDirectory())
        {
            Port = Ports.Free(),
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Postgres"] = database,
            },
        };
        var (@event, buyers) = await PrepareAsync(database);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{options.Port}") };

        var server = await ServerProcess.StartAsync(options);
        var load = SellingLoad.Start(@event, () => Next(buyers).At(client), [client], seed: Seed);
        for (var round = 0; round < Rounds; round++)
        {
            await load.ProgressAsync(150);
            await server.KillAsync();
            await server.DisposeAsync();
            // The payments that were cut off need not wait for the end of their leases.
            await clock.MoveAsync(LongerThanALease);
            server = await ServerProcess.StartAsync(options);
        }

        await load.ProgressAsync(150);
        await load.StopAsync();
        await clock.MoveAsync(LongerThanALease);
        await ShouldSettleAsync(dataSource, @event);
        await server.DisposeAsync();

        output.WriteLine(
            $"Seed {Seed}: {load.Holds} holds and {load.Confirmed} confirmations acknowledged, {Rounds} kills");
        await load.ShouldBeTrueAsync(dataSource);
        await using var auditor = await OnsaleNode.StartAsync(database);
        await auditor.ShouldBeSoundAsync(@event);
    }

    [LongFact]
    public async Task PostgreSQL_is_killed_under_load_and_selling_goes_on_by_itself()
    {
        await using var node = await OnsaleNode.StartAsync(
            database: "", [("Onsale:DataDirectory", Janitor.CreateDirectory("onsale-crash-"))]);
        var postgres = node.Services.GetRequiredService<DatabaseServer>().Embedded!;
        await using var clock = await DatabaseClock.InstallAsync(postgres.ConnectionString);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [5000]);
        using var crowd = new Crowd(node);
        using var watch = new InventoryWatch(node);

        var load = SellingLoad.Start(@event, crowd.Join, [crowd.Client], seed: Seed);
        for (var round = 0; round < Rounds; round++)
        {
            await load.ProgressAsync(150);
            await KillPostgresAsync(postgres.ProcessId!.Value);
            await load.ProgressAsync(20);
            await clock.MoveAsync(LongerThanALease);
        }

        await load.ProgressAsync(150);
        await load.StopAsync();
        await clock.MoveAsync(LongerThanALease);
        await ShouldSettleAsync(node.DataSource, @event);

        output.WriteLine(
            $"Seed {Seed}: {load.Holds} holds and {load.Confirmed} confirmations acknowledged, {Rounds} kills, "
            + $"{watch.UnknownOutcomes} commits looked up");
        watch.Alarms.ShouldBe(0);
        await load.ShouldBeTrueAsync(node.DataSource);
        await node.ShouldBeSoundAsync(@event);
    }

    /// <summary>The event, and buyers whose tokens any later node of this database accepts.</summary>
    private static async Task<(TestEvent Event, ConcurrentQueue<Booker> Buyers)> PrepareAsync(string database)
    {
        await using var node = await OnsaleNode.StartAsync(database);
        using var crowd = new Crowd(node);
        return (
            await TestEvent.WithPoolsAsync(node.DataSource, [5000]), new ConcurrentQueue<Booker>(crowd.Join(20_000)));
    }

    private static Booker Next(ConcurrentQueue<Booker> buyers) =>
        buyers.TryDequeue(out var buyer) ? buyer : throw new InvalidOperationException("There are no more buyers.");

    /// <summary>
    /// The leases of payments that the crash cut off end; the provider is asked; money and tickets agree.
    /// </summary>
    private static async Task ShouldSettleAsync(NpgsqlDataSource dataSource, TestEvent @event)
    {
        await Eventually.ShouldBeAsync(
            () => dataSource.CountAsync("bookings", "event_id = $1 and state = 1", @event.Id), 0);
        await Eventually.ShouldPassAsync(async () =>
            (await dataSource.QueryAsync<Guid>("""
                select p.booking_id from payments p join simulated_payments s on s.reference = p.reference
                where p.event_id = $1 and s.state = 1
                """, @event.Id))
            .ShouldBe(await dataSource.QueryAsync<Guid>(
                "select id from bookings where event_id = $1 and state = 2", @event.Id), ignoreOrder: true));
    }

    /// <summary>The postmaster and all it started, at once, as when the machine's memory runs out.</summary>
    private static async Task KillPostgresAsync(int postmaster)
    {
        var family = Directory.GetDirectories("/proc")
            .Select(entry => int.TryParse(Path.GetFileName(entry), out var id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == postmaster)
            .Prepend(postmaster)
            .ToList();
        family.Count.ShouldBeGreaterThan(3);
        foreach (var process in family)
            await ServerProcess.SignalAsync("KILL", process.ToString());
    }

    private static int ParentOf(int process)
    {
        try
        {
            // "pid (name) state parent …"; the name may contain anything.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

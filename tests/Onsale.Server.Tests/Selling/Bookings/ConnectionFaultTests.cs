using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onsale.Server.Tests.Infrastructure;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>
/// The connection to PostgreSQL breaks before, during and after COMMIT. Every caller gets a true answer: what is
/// acknowledged exists, what is refused has no effect, and what is not known says so.
/// </summary>
public sealed class ConnectionFaultTests(ITestOutputHelper output)
{
    private const int Seed = 20_260_702;

    public static TheoryData<string, string> FaultsAndSteps()
    {
        var data = new TheoryData<string, string>();
        foreach (var fault in new[] { CommitFault.CutBefore, CommitFault.CutDuring, CommitFault.LoseAnswer })
        {
            foreach (var step in new[] { "hold", "confirm", "release", "refused" })
                data.Add(fault.ToString(), step);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(FaultsAndSteps))]
    public async Task A_commit_that_breaks_is_found_out_about_and_happens_once(string fault, string step)
    {
        await using var system = await BrokenSystem.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [10]);
        var buyer = system.Crowd.Join();
        var hold = step == "hold" ? null : await buyer.HoldTicketsAsync(@event, 3, key: "k");
        using var watch = new InventoryWatch(system.Node);
        var planned = Enum.Parse<CommitFault>(fault);
        system.Proxy.Plan(planned);

        var answer = step switch
        {
            "hold" => await buyer.HoldTicketsAsync(@event, 3, key: "k"),
            "confirm" => await buyer.ConfirmAsync(@event, hold!.Id),
            "release" => await buyer.CancelAsync(@event, hold!.Id),
            _ => await system.Crowd.Join().HoldTicketsAsync(@event, 8),
        };

        if (step == "refused")
        {
            // Nothing to write, so nothing to commit: the fault is still to come.
            (answer.Status, answer.Code).ShouldBe((409, "sold-out"));
            (await buyer.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        }
        else
        {
            answer.Status.ShouldBe(step == "hold" ? 201 : 200, answer.Body.ToString());
            answer.State.ShouldBe(step switch { "hold" => "held", "confirm" => "confirmed", _ => "released" });
        }

        watch.UnknownOutcomes.ShouldBe(1);
        watch.Alarms.ShouldBe(0);
        var booking = hold ?? answer;
        (await buyer.HoldTicketsAsync(@event, 3, key: "k")).Id.ShouldBe(booking.Id);
        (await system.DataSource.CountAsync("bookings", "event_id = $1", @event.Id))
            .ShouldBe(step == "refused" ? 2 : 1);
        if (step == "confirm")
        {
            (await system.DataSource.CountAsync("tickets", "event_id = $1", @event.Id)).ShouldBe(3);
            (await system.DataSource.CountAsync("simulated_payments", "state = 1")).ShouldBe(1);
        }

        await system.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData(nameof(CommitFault.CutBefore))]
    [InlineData(nameof(CommitFault.LoseAnswer))]
    public async Task What_cannot_be_found_out_is_called_unknown_and_the_key_tells_the_truth_later(string fault)
    {
        await using var system = await BrokenSystem.StartAsync(new HurriedClock());
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [10]);
        var buyer = system.Crowd.Join();
        (await buyer.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        var planned = Enum.Parse<CommitFault>(fault);
        system.Proxy.OnCommit = () =>
        {
            system.Proxy.Refuse();
            return planned;
        };

        var unknown = await buyer.HoldTicketsAsync(@event, 2, key: "k");

        (unknown.Status, unknown.Code).ShouldBe((503, "outcome-unknown"));
        unknown.Headers.RetryAfter.ShouldNotBeNull();
        var happened = await system.DataSource.CountAsync(
            "bookings", "event_id = $1 and key_hash is not null", @event.Id);
        happened.ShouldBe(planned == CommitFault.LoseAnswer ? 1 : 0);
        system.Proxy.Plan();
        system.Proxy.Up();

        var told = await buyer.HoldTicketsAsync(@event, 2, key: "k");

        told.Status.ShouldBe(201);
        (await system.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(2);
        (await system.DataSource.QueryAsync<Guid>(
            "select id from bookings where event_id = $1 and key_hash is not null", @event.Id)).ShouldBe([told.Id]);
        await system.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task While_an_answer_is_on_its_way_nobody_is_told_anything_and_another_node_sells_on()
    {
        await using var system = await BrokenSystem.StartAsync();
        await using var other = await OnsaleNode.StartAsync(system.Database);
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [3]);
        var buyer = system.Crowd.Join();
        system.Proxy.Plan(CommitFault.HoldAnswer);

        var waiting = buyer.HoldTicketsAsync(@event, 2);
        await Eventually.ShouldBeTrueAsync(() => system.Proxy.Held == 1, "the commit's answer is kept back");
        var behind = system.Crowd.Join().HoldTicketsAsync(@event, 1);

        (await system.Crowd.Join().At(other).HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        waiting.IsCompleted.ShouldBeFalse();
        behind.IsCompleted.ShouldBeFalse();
        system.Proxy.Release();
        (await waiting).Status.ShouldBe(201);
        (await behind).Code.ShouldBe("sold-out");
        await system.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task When_the_database_is_away_buyers_are_told_so_and_selling_goes_on_when_it_is_back()
    {
        await using var system = await BrokenSystem.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [10]);
        var buyer = system.Crowd.Join();
        (await buyer.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        system.Proxy.Down();

        var refused = await buyer.HoldTicketsAsync(@event, 1);

        (refused.Status, refused.Code).ShouldBe((503, "unavailable"));
        refused.Headers.RetryAfter.ShouldNotBeNull();
        system.Proxy.Up();
        (await buyer.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        (await system.DataSource.CountAsync("bookings", "event_id = $1", @event.Id)).ShouldBe(2);
        await system.ShouldBeSoundAsync(@event);
    }

    [LongFact]
    public async Task Under_load_every_word_stays_true_whatever_breaks_on_the_way()
    {
        await using var system = await BrokenSystem.StartAsync();
        await using var other = await OnsaleNode.StartAsync(system.Database);
        using var watch = new InventoryWatch(system.Node, other);
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [1500]);
        var (random, gate) = (new Random(Seed), new Lock());
        system.Proxy.OnCommit = () =>
        {
            lock (gate)
                return (CommitFault)Math.Max(0, random.Next(-12, 4));
        };

        var load = SellingLoad.Start(@event, system.Crowd.Join, [system.Crowd.Client, other.Client], seed: Seed);
        await load.ProgressAsync(2500);
        await load.StopAsync();

        output.WriteLine(
            $"Seed {Seed}: {load.Holds} holds, {load.Confirmed} confirmed, "
            + $"{watch.UnknownOutcomes} broken commits of {watch.Batches}");
        watch.UnknownOutcomes.ShouldBeGreaterThan(10);
        watch.Alarms.ShouldBe(0);
        await load.ShouldBeTrueAsync(system.DataSource);
        await system.ShouldBeSoundAsync(@event);
    }

    [LongFact]
    public async Task Under_load_every_word_stays_true_while_the_journals_sessions_are_terminated()
    {
        await using var system = await TwoNodes.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(system.DataSource, [1500]);

        var load = SellingLoad.Start(
            @event, system.Crowds[0].Join, [.. system.Crowds.Select(crowd => crowd.Client)], seed: Seed);
        var terminated = 0;
        for (var round = 0; round < 40; round++)
        {
            await load.ProgressAsync(50);
            terminated += (await system.DataSource.QueryAsync<bool>("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where application_name = 'onsale-journal' and datname = current_database()
                """)).Count;
        }

        await load.StopAsync();

        output.WriteLine(
            $"Seed {Seed}: {load.Holds} holds, {load.Confirmed} confirmed, {terminated} sessions terminated, "
            + $"{system.Watch.UnknownOutcomes} commits looked up, {system.Watch.Retries} batches decided again");
        terminated.ShouldBeGreaterThan(40);
        await load.ShouldBeTrueAsync(system.DataSource);
        await system.ShouldEndSoundAsync(@event);
    }

    /// <summary>A node whose way to its private database is a proxy that breaks it.</summary>
    private sealed class BrokenSystem : IAsyncDisposable
    {
        private BrokenSystem(string database, FaultyProxy proxy, OnsaleNode node) =>
            (Database, Proxy, Node, Crowd, DataSource) = (
                database, proxy, node, new Crowd(node), NpgsqlDataSource.Create(database));

        public string Database { get; }

        public FaultyProxy Proxy { get; }

        public OnsaleNode Node { get; }

        public Crowd Crowd { get; }

        /// <summary>Past the proxy.</summary>
        public NpgsqlDataSource DataSource { get; }

        public static async Task<BrokenSystem> StartAsync(TimeProvider? clock = null)
        {
            var database = await TestCluster.PrivateDatabaseAsync();
            var proxy = FaultyProxy.Start(database);
            return new BrokenSystem(database, proxy, await OnsaleNode.StartAsync(
                proxy.ConnectionString,
                configure: builder => builder.Services.AddSingleton(clock ?? TimeProvider.System)));
        }

        public async Task ShouldBeSoundAsync(TestEvent @event)
        {
            Proxy.Plan();
            await Node.ShouldBeSoundAsync(@event);
        }

        public async ValueTask DisposeAsync()
        {
            Proxy.Plan();
            Proxy.Release();
            Crowd.Dispose();
            await Node.DisposeAsync();
            await DataSource.DisposeAsync();
            await Proxy.DisposeAsync();
        }
    }
}

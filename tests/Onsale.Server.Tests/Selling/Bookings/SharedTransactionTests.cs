using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>
/// Batches of several events in one transaction of PostgreSQL: all are written, or each event's own truth is found
/// out.
/// </summary>
public sealed class SharedTransactionTests
{
    private const int Together = 4;
    private const int Seed = 20_261_130;

    [Fact]
    public async Task Lanes_that_wait_are_written_by_one_commit()
    {
        await using var system = await SharingSystem.StartAsync();

        var answers = await system.HoldTogetherAsync();

        answers.ShouldAllBe(answer => answer.Status == 201);
        system.Shared.ShouldBe([Together]);
        await system.ShouldEndSoundAsync();
    }

    [Theory]
    [InlineData(nameof(CommitFault.CutBefore))]
    [InlineData(nameof(CommitFault.CutDuring))]
    [InlineData(nameof(CommitFault.LoseAnswer))]
    public async Task A_common_commit_that_breaks_is_found_out_about_event_by_event(string fault)
    {
        await using var system = await SharingSystem.StartAsync();

        // After the commit of the one that the others wait for.
        system.Proxy.Plan(CommitFault.None, Enum.Parse<CommitFault>(fault));
        var answers = await system.HoldTogetherAsync();

        answers.ShouldAllBe(answer => answer.Status == 201);
        system.Watch.UnknownOutcomes.ShouldBe(Together);
        (await system.DataSource.CountAsync("bookings", "true")).ShouldBe(Together + 1);
        await system.ShouldEndSoundAsync();
    }

    [Theory]
    [InlineData("53100")]
    [InlineData("XX000")]
    [InlineData("57014")]
    public async Task An_error_that_one_event_causes_is_that_events_alone(string sqlState)
    {
        await using var system = await SharingSystem.StartAsync();
        await system.DataSource.ExecuteAsync($"""
            create function fail() returns trigger language plpgsql as $$
            begin
                if new.event_id = '{system.Events[1].Id}' then
                    raise exception 'simulated' using errcode = '{sqlState}';
                end if;
                return new;
            end $$
            """);
        await system.DataSource.ExecuteAsync(
            "create trigger fail before insert on bookings for each row execute function fail()");

        var answers = await system.HoldTogetherAsync();

        (answers[1].Status, answers[1].Code).ShouldBe((503, "unavailable"));
        answers.Where((_, number) => number != 1).ShouldAllBe(answer => answer.Status == 201);
        await system.ShouldEndSoundAsync();
    }

    [Fact]
    public async Task Rows_that_differ_from_memory_are_one_events_alarm_and_the_others_sell()
    {
        await using var system = await SharingSystem.StartAsync();
        await system.DataSource.ExecuteAsync(
            $"update seats set state = 3 where event_id = '{system.Events[2].Id}' and ordinal = 0");

        var answers = await system.HoldTogetherAsync();

        (answers[2].Status, answers[2].Code).ShouldBe((409, "seats-unavailable"), answers[2].Body.ToString());
        answers.Where((_, number) => number != 2).ShouldAllBe(answer => answer.Status == 201);
        system.Watch.Alarms.ShouldBe(1);
    }

    [Fact]
    public async Task Slow_events_hold_up_no_others()
    {
        const int slow = SharedLimits.MaxTransactions + 1;
        await using var system = await SharingSystem.StartAsync(events: slow + Together, hasLimitsOfProduction: true);

        await using var locks = await system.LockAsync(system.Events.Take(slow));
        var waiting = system.Events.Take(slow)
            .Select(@event => system.Crowd.Join().HoldSeatsAsync(@event, 0, 1)).ToList();
        await system.ShouldWaitForLocksAsync(slow);
        var others = await Task.WhenAll(
            system.Events.Skip(slow).Select(@event => system.Crowd.Join().HoldSeatsAsync(@event, 0, 1)));

        others.ShouldAllBe(answer => answer.Status == 201);
        waiting.ShouldAllBe(task => !task.IsCompleted);
        await locks.DisposeAsync();
        (await Task.WhenAll(waiting)).ShouldAllBe(answer => answer.Status == 201);
        await system.ShouldEndSoundAsync();
    }

    [Fact]
    public async Task Transactions_are_shared_unless_the_setting_says_otherwise()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using (var node = await OnsaleNode.StartAsync(database))
            node.Services.GetRequiredService<IInventoryJournal>().ShouldBeOfType<SharedTransactions>();
        await using (var node = await OnsaleNode.StartAsync(database, [("Onsale:SharedTransactions", "false")]))
            node.Services.GetRequiredService<IInventoryJournal>().ShouldBeOfType<PostgresJournal>();
    }

    [Fact]
    public async Task Two_nodes_sell_many_events_in_shared_transactions_without_a_deadlock()
    {
        await using var system = await SharingSystem.StartAsync(events: 12);
        await using (var other = await OnsaleNode.StartAsync(
            system.Database, [("Onsale:SharedTransactions", "true")]))
        {
            using var watch = new InventoryWatch(other);
            await Task.WhenAll(system.Crowd.Join(48).Select((buyer, number) => BuyAsync(other, buyer, number)));
            watch.Alarms.ShouldBe(0);
        }

        system.Shared.Count(events => events > 1).ShouldBeGreaterThan(10);
        await system.ShouldEndSoundAsync();

        async Task BuyAsync(OnsaleNode other, Booker buyer, int number)
        {
            var random = new Random(Seed + number);
            for (var turn = 0; turn < 12; turn++)
            {
                var @event = system.Events[random.Next(system.Events.Count)];
                var at = buyer.At(random.Next(2) == 0 ? system.Crowd.Client : other.Client);
                var seat = random.Next(99);
                var held = await at.HoldSeatsAsync(@event, seat, seat + 1);
                held.Status.ShouldBeOneOf([201, 409], held.Body.ToString());
                if (held.Status != 201)
                    continue;
                var ended = random.Next(3) == 0
                    ? await at.ConfirmAsync(@event, held.Id) : await at.CancelAsync(@event, held.Id);
                ended.Status.ShouldBe(200, ended.Body.ToString());
            }
        }
    }

    /// <summary>A node that shares transactions, on a private database behind a proxy that can break it.</summary>
    private sealed class SharingSystem : IAsyncDisposable
    {
        private readonly ConcurrentQueue<int> _shared;
        private readonly SharedTransactions _transactions;
        private bool _isDisposed;

        private SharingSystem(
            string database, FaultyProxy proxy, OnsaleNode node, IReadOnlyList<TestEvent> events,
            ConcurrentQueue<int> shared)
        {
            (Database, Proxy, Node, Events, _shared) = (database, proxy, node, events, shared);
            (Crowd, Watch, DataSource) = (
                new Crowd(node), new InventoryWatch(node), NpgsqlDataSource.Create(database));
            _transactions = (SharedTransactions)node.Services.GetRequiredService<IInventoryJournal>();
        }

        public string Database { get; }

        public FaultyProxy Proxy { get; }

        public OnsaleNode Node { get; }

        public Crowd Crowd { get; }

        public InventoryWatch Watch { get; }

        /// <summary>Past the proxy.</summary>
        public NpgsqlDataSource DataSource { get; }

        public IReadOnlyList<TestEvent> Events { get; }

        /// <summary>Events that each shared transaction committed.</summary>
        public IReadOnlyCollection<int> Shared => _shared;

        /// <summary>
        /// Starts a node that has one transaction under way before the next batches wait for it, however long, or one
        /// with the limits of production.
        /// </summary>
        public static async Task<SharingSystem> StartAsync(
            int events = Together + 1, bool hasLimitsOfProduction = false)
        {
            var database = await TestCluster.PrivateDatabaseAsync();
            var (proxy, shared) = (FaultyProxy.Start(database), new ConcurrentQueue<int>());
            var node = await OnsaleNode.StartAsync(
                proxy.ConnectionString,
                configure: builder => builder.Services.AddSingleton<IInventoryJournal>(
                    provider => new SharedTransactions(
                        provider.GetRequiredService<PostgresJournal>(), TimeProvider.System, shared.Enqueue)
                    {
                        MaxTransactions = hasLimitsOfProduction ? SharedLimits.MaxTransactions : 1,
                        MaxWait = hasLimitsOfProduction
                            ? TimeSpan.FromMilliseconds(SharedLimits.MaxWaitMilliseconds) : TimeSpan.FromSeconds(5),
                    }));
            var made = new List<TestEvent>();
            for (var i = 0; i < events; i++)
                made.Add(await TestEvent.WithSeatsAsync(node.DataSource, 1, 100));
            var system = new SharingSystem(database, proxy, node, made, shared);
            // Loaded, as all that sells is.
            foreach (var @event in made)
                (await node.Client.GetAsync($"/api/v1/events/{@event.Id}/availability")).EnsureSuccessStatusCode();
            return system;
        }

        /// <summary>
        /// Holds of the first events, which meet in one transaction: they wait for that of another event, whose lock
        /// the test has meanwhile.
        /// </summary>
        public async Task<Answer[]> HoldTogetherAsync()
        {
            await using var locks = await LockAsync([Events[Together]]);
            var blocked = Crowd.Join().HoldSeatsAsync(Events[Together], 0, 1);
            await ShouldWaitForLocksAsync(1);
            var waiting = Events.Take(Together).Select(@event => Crowd.Join().HoldSeatsAsync(@event, 0, 1)).ToList();
            await Eventually.ShouldBeTrueAsync(() => _transactions.Waiting == Together, "the others wait for it");
            await locks.DisposeAsync();
            (await blocked).Status.ShouldBe(201);
            return await Task.WhenAll(waiting);
        }

        /// <summary>Locks events as another node would that does not end, until the connection is disposed.</summary>
        public async Task<NpgsqlConnection> LockAsync(IEnumerable<TestEvent> events)
        {
            var locking = await DataSource.OpenConnectionAsync();
            await locking.BeginTransactionAsync();
            await using var command = new NpgsqlCommand(
                "select from inventory where event_id = any ($1) for no key update", locking);
            command.Parameters.Add(new NpgsqlParameter { Value = events.Select(@event => @event.Id).ToArray() });
            await command.ExecuteNonQueryAsync();
            return locking;
        }

        public Task ShouldWaitForLocksAsync(int transactions) => Eventually.ShouldBeTrueAsync(
            async () => (await DataSource.QueryAsync<long>("""
                select count(*) from pg_stat_activity
                where application_name = 'onsale-journal' and wait_event_type = 'Lock'
                    and datname = current_database()
                """))[0] == transactions,
            "transactions wait for their locks");

        /// <summary>No fault in the tables, no alarm, and no deadlock in the database's whole life.</summary>
        public async Task ShouldEndSoundAsync()
        {
            Proxy.Plan();
            foreach (var @event in Events)
                await Node.ShouldBeSoundAsync(@event);
            Watch.Alarms.ShouldBe(0);
            await DisposeAsync();
            (await Infrastructure.Database.DeadlocksAsync(Database)).ShouldBe(0);
        }

        public async ValueTask DisposeAsync()
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            Proxy.Plan();
            Proxy.Release();
            Crowd.Dispose();
            await Node.DisposeAsync();
            Watch.Dispose();
            await DataSource.DisposeAsync();
            await Proxy.DisposeAsync();
        }
    }
}

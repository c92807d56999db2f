using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Engine;

public sealed class EventLanesTests
{
    private const int Threads = 4;

    [Fact]
    public async Task Dropping_idle_lanes_survives_lanes_that_come_meanwhile()
    {
        await using var node = await OnsaleNode.StartAsync();
        var lanes = node.Services.GetRequiredService<EventLanes>();
        using var done = new CancellationTokenSource(TimeSpan.FromSeconds(3));

        var coming = Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            while (!done.IsCancellationRequested && lanes.Count < 2_000)
                _ = lanes.SubmitAsync(House.NewId(), new SweepCommand());
        })).ToList();

        // Without the guard this throws within a few rounds: see the control.
        while (!done.IsCancellationRequested && !coming.TrueForAll(task => task.IsCompleted))
            Should.NotThrow(lanes.DropIdle);
        await Task.WhenAll(coming);
    }

    [Fact]
    public async Task Sorting_the_dictionary_itself_meanwhile_fails()
    {
        var dictionary = new ConcurrentDictionary<Guid, string>();
        using var done = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var changing = Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                var id = House.NewId();
                dictionary[id] = "";
                if (dictionary.Count > 1000)
                    dictionary.TryRemove(id, out var _);
            }
        })).ToList();

        Exception? failure = null;
        while (failure is null && !done.IsCancellationRequested)
            failure = Record.Exception(() => dictionary.OrderByDescending(pair => pair.Value.Length).ToList());
        await done.CancelAsync();
        await Task.WhenAll(changing);

        failure.ShouldNotBeNull();
    }

    [Fact]
    public async Task Made_up_event_starts_no_lane_and_reaches_the_database_once()
    {
        await using var node = await OnsaleNode.StartAsync();
        var lanes = node.Services.GetRequiredService<EventLanes>();
        var id = House.NewId();

        (await lanes.ReadAsync(id)).ShouldBe((null, LaneStatus.EventNotFound));
        lanes.Count.ShouldBe(0);

        // Now it could be found only by asking the database again.
        await TestEvent.WithPoolsAsync(node.DataSource, [1], made => made with { Id = id });
        (await lanes.ReadAsync(id)).ShouldBe((null, LaneStatus.EventNotFound));
    }

    [Fact]
    public async Task Made_up_events_leave_the_pool_of_the_batches_alone()
    {
        await using var node = await OnsaleNode.StartAsync();
        var lanes = node.Services.GetRequiredService<EventLanes>();

        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => lanes.ReadAsync(House.NewId())));

        lanes.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Lanes_over_the_memory_limit_are_dropped_the_longest_idle_first_and_not_more_than_needed()
    {
        var time = new ManualTime();
        await using var node = await OnsaleNode.StartAsync(configure: builder =>
            builder.Services.AddSingleton(new LaneMemory(MaxBytes: 3 * 64 * 1024)));
        var lanes = NewLanes(node, time);
        var ids = Enumerable.Range(0, 5).Select(_ => House.NewId()).ToList();
        foreach (var id in ids)
        {
            _ = lanes.SubmitAsync(id, new SweepCommand());
            time.Advance(TimeSpan.FromSeconds(JournalLimits.MinIdleSeconds));
        }

        lanes.DropIdle();

        lanes.Running.Select(host => host.Lane.EventId).ShouldBe(ids[2..], ignoreOrder: true);
        await lanes.StopAsync();
    }

    [Fact]
    public async Task Lanes_idle_for_minutes_are_dropped_and_the_others_stay()
    {
        var time = new ManualTime();
        await using var node = await OnsaleNode.StartAsync();
        var lanes = NewLanes(node, time);
        var (idle, used) = (House.NewId(), House.NewId());
        _ = lanes.SubmitAsync(idle, new SweepCommand());
        time.Advance(TimeSpan.FromMinutes(JournalLimits.MaxIdleLaneMinutes));
        _ = lanes.SubmitAsync(used, new SweepCommand());

        lanes.DropIdle();

        lanes.Running.Select(host => host.Lane.EventId).ShouldBe([used]);
        await lanes.StopAsync();
    }

    [Fact]
    public async Task Command_for_a_lane_dropped_at_that_moment_is_taken_by_the_next_lane()
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var lanes = node.Services.GetRequiredService<EventLanes>();
        await lanes.ReadAsync(@event.Id);

        // As it looks to a caller that found the lane just before it was dropped.
        lanes.Running.Single(host => host.Lane.EventId == @event.Id).Drop();
        var reply = await lanes.SubmitAsync(@event.Id, new SweepCommand());

        reply.Status.ShouldBe(LaneStatus.Decided);
    }

    [Fact]
    public async Task Event_of_a_dropped_lane_is_read_by_the_next_one()
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var lanes = node.Services.GetRequiredService<EventLanes>();
        await lanes.ReadAsync(@event.Id);

        lanes.Running.Single(host => host.Lane.EventId == @event.Id).Drop();

        (await lanes.ReadAsync(@event.Id)).Status.ShouldBe(LaneStatus.Decided);
    }

    [LongFact]
    public async Task Lane_that_ends_by_an_exception_refuses_its_queue_and_is_replaced()
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var time = new FailingTime();
        var lanes = NewLanes(node, time);
        Task<LaneReply> first, second;
        await using (await InventoryLock.TakeAsync(node.DataSource, @event.Id))
        {
            first = lanes.SubmitAsync(@event.Id, new SweepCommand());
            await Eventually.ShouldBeTrueAsync(() => lanes.FindLoaded(@event.Id) is not null, "the batch waits");
            second = lanes.SubmitAsync(@event.Id, new SweepCommand());
            // The clock is read outside of what a batch handles itself.
            time.Fails = true;
        }

        await first.WaitAsync(TimeSpan.FromSeconds(30));
        (await second.WaitAsync(TimeSpan.FromSeconds(30))).Status.ShouldNotBe(LaneStatus.Decided);
        await Eventually.ShouldBeTrueAsync(() => lanes.Count == 0, "the lane is gone");

        // The database may first have to end the session that the lane left in its transaction.
        time.Fails = false;
        await Eventually.ShouldPassAsync(async () =>
            (await lanes.SubmitAsync(@event.Id, new SweepCommand())).Status.ShouldBe(LaneStatus.Decided));
        await lanes.StopAsync();
    }

    [Fact]
    public async Task Stopped_lanes_refuse_commands_and_reads()
    {
        await using var node = await OnsaleNode.StartAsync();
        var lanes = NewLanes(node, TimeProvider.System);

        await lanes.StopAsync();

        (await lanes.SubmitAsync(House.NewId(), new SweepCommand())).Status.ShouldBe(LaneStatus.Overloaded);
        (await lanes.ReadAsync(House.NewId())).Status.ShouldBe(LaneStatus.Overloaded);
        lanes.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Wake_up_from_another_node_makes_a_loaded_event_catch_up()
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var wakeUps = new TestWakeUps();
        var lanes = NewLanes(node, TimeProvider.System, wakeUps);
        var (lane, _) = await lanes.ReadAsync(@event.Id);
        var guest = await Booker.GuestAsync(node);
        (await guest.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        var version = (await node.DataSource.QueryAsync<long>(
            "select version from inventory where event_id = $1", @event.Id))[0];

        wakeUps.Tell(@event.Id, version);

        await Eventually.ShouldBeTrueAsync(() => lane!.Availability.Version == version, "the lane catches up");
        await lanes.StopAsync();
        wakeUps.IsEnded.ShouldBeTrue();
    }

    [Fact]
    public async Task Journal_connections_keep_the_options_of_the_connection_string()
    {
        var database = new NpgsqlConnectionStringBuilder(await TestCluster.SharedDatabaseAsync())
        {
            Options = "-c search_path=shop,public",
        };
        await using var general = NpgsqlDataSource.Create(database);
        await using var connections = new JournalConnections(
            new NpgsqlDataSourceBuilder(database.ConnectionString), general);

        await using var connection = await connections.OpenAsync(CancellationToken.None);

        (await ShowAsync(connection, "search_path")).ShouldBe("shop,public");
        (await ShowAsync(connection, "plan_cache_mode")).ShouldBe("force_generic_plan");
        (await ShowAsync(connection, "jit")).ShouldBe("off");
        (await ShowAsync(connection, "idle_in_transaction_session_timeout"))
            .ShouldBe($"{JournalLimits.MaxIdleInTransactionSeconds}s");
    }

    private static async Task<string> ShowAsync(NpgsqlConnection connection, string setting)
    {
        await using var command = new NpgsqlCommand($"show {setting}", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static EventLanes NewLanes(OnsaleNode node, TimeProvider time, INodeWakeUps? wakeUps = null) =>
        ActivatorUtilities.CreateInstance<EventLanes>(node.Services, time, wakeUps ?? new TestWakeUps());

    /// <summary>The real clock until it fails.</summary>
    private sealed class FailingTime : TimeProvider
    {
        public volatile bool Fails;

        public override long GetTimestamp() =>
            Fails ? throw new InvalidOperationException("a defect") : base.GetTimestamp();
    }

    private sealed class TestWakeUps : INodeWakeUps, IDisposable
    {
        private Action<Guid, long>? _onCommitted;

        public bool IsEnded { get; private set; }

        public void Publish(Guid eventId, long version)
        {
        }

        public IDisposable Subscribe(Action<Guid, long> onCommitted)
        {
            _onCommitted = onCommitted;
            return this;
        }

        public void Tell(Guid eventId, long version) => _onCommitted!(eventId, version);

        public void Dispose() => IsEnded = true;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Delivery.Outbox;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Delivery.Outbox;

public sealed class OutboxReaderTests
{
    /// <summary>The copy of a rehearsal: its last commits may be signalled when it is gone already.</summary>
    [Fact]
    public async Task Event_that_was_removed_before_it_is_read_leaves_no_position()
    {
        await using var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        var lanes = node.Services.GetRequiredService<EventLanes>();
        var consumer = new Consumer();
        var reader = new OutboxReader(node.DataSource, lanes, [consumer], NullLogger<OutboxReader>.Instance);
        await reader.StartAsync(CancellationToken.None);
        var (kept, copy) = (await EventAsync(node), await EventAsync(node, isCopy: true));
        await node.DataSource.ExecuteAsync(
            """
            insert into rehearsals (id, organisation_id, event_id, copy_id, plan)
            select $1, organisation_id, id, $3, '{}' from events where id = $2
            """, House.NewId(), kept.Id, copy.Id);
        foreach (var @event in new[] { kept, copy })
        {
            var reply = await lanes.SubmitAsync(
                @event.Id, new HoldCommand(House.NewId(), House.NewId(), [new QuantityRequest(0, 1)]));
            reply.Result.Booking.ShouldNotBeNull();
        }

        await node.DataSource.ExecuteAsync("select remove_rehearsal_copy($1)", copy.Id);
        await reader.ReadSignalledAsync(CancellationToken.None);
        await reader.StopAsync(CancellationToken.None);

        consumer.Read.ShouldBe([kept.Id]);
        (await node.DataSource.CountAsync("outbox_positions", "consumer = $1", consumer.Name)).ShouldBe(1);
        (await node.DataSource.CountAsync("outbox_positions", "event_id = $1", copy.Id)).ShouldBe(0);
    }

    private static Task<TestEvent> EventAsync(OnsaleNode node, bool isCopy = false) =>
        TestEvent.WithPoolsAsync(node.DataSource, [10], made =>
            isCopy ? made with { Id = Guid.Parse($"{made.Id}".Remove(14, 1).Insert(14, "8")) } : made);

    private sealed class Consumer : IOutboxConsumer
    {
        public List<Guid> Read { get; } = [];

        public string Name => "test";

        public bool IsInterestedIn(LogEntry entry) => true;

        public Task HandleAsync(
            NpgsqlConnection connection, Guid eventId, IReadOnlyList<LogEntry> entries,
            CancellationToken cancellationToken)
        {
            Read.Add(eventId);
            return Task.CompletedTask;
        }
    }
}

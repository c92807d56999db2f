using Onsale.Inventory;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Live;

/// <summary>
/// Two nodes and a Redis that comes and goes. It is only ever a wake-up: the change log has the truth.
/// </summary>
public sealed class LiveOverRedisTests
{
    // Two seconds where the machine has nothing else to do. Without a way around Redis it would be never.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Redis_killed_restarted_and_flushed_in_the_middle_of_sales_leaves_no_client_with_a_wrong_seat()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await StartAsync(redis);
        await using var second = await StartAsync(redis, first.Database);
        var @event = await TestEvent.WithSeatsAsync(
            first.DataSource, rows: 10, seatsInRow: 20, made => made with { MaxTicketsPerBuyer = 1000 });
        await using var atFirst = await LiveClient.ConnectAsync(first, @event.Id);
        await using var atSecond = await LiveClient.ConnectAsync(second, @event.Id);
        await atFirst.ReachAsync(0);
        await atSecond.ReachAsync(0);

        var seat = 0;
        await SellAsync();
        await redis.KillAsync();
        await SellAsync();
        await redis.RestartAsync();
        await SellAsync();
        await redis.CommandAsync("FLUSHALL");
        await SellAsync();
        // Every connection is cut, while Redis itself goes on.
        await redis.CommandAsync("CLIENT KILL TYPE pubsub");
        await redis.CommandAsync("CLIENT KILL TYPE normal");
        await SellAsync();

        async Task SellAsync()
        {
            var guests = await Booker.GuestsAsync(first, 2);
            var nodes = new[] { first, second };
            for (var i = 0; i < 20; i++)
            {
                // Sales never stop: each is answered, whatever becomes of Redis.
                (await guests[i % 2].At(nodes[i % 2]).HoldSeatsAsync(@event, seat++)).Status.ShouldBe(201);
            }

            var version = (await first.DataSource.QueryAsync<long>(
                "select version from inventory where event_id = $1", @event.Id))[0];
            foreach (var client in new[] { atFirst, atSecond })
            {
                await client.ReachAsync(version, Promise);
                client.Fault.ShouldBeNull();
                client.Seats()[..200].ShouldBe(
                    Enumerable.Range(0, 200).Select(one => one < seat ? SeatState.Held : SeatState.Available));
            }
        }
    }

    [Fact]
    public async Task A_node_starts_and_sells_while_Redis_is_away_and_viewers_are_counted_once_it_is_back()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.KillAsync();
        await using var first = await StartAsync(redis);
        await using var second = await StartAsync(redis, first.Database);
        var @event = await TestEvent.WithPoolsAsync(first.DataSource, [10]);
        (await (await Booker.GuestAsync(first)).HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        await using var atFirst = await LiveClient.ConnectAsync(first, @event.Id);
        await using var atSecond = await LiveClient.ConnectAsync(second, @event.Id);
        await atSecond.ReachAsync(1);

        await redis.RestartAsync();

        await Eventually.ShouldBeTrueAsync(
            () => new[] { atFirst, atSecond }.All(client => client.Messages.ToArray().Any(
                message => message.GetProperty("type").GetString() == "viewers"
                    && message.GetProperty("count").GetInt32() == 2)),
            "both nodes count both");
    }

    private static Task<OnsaleNode> StartAsync(RedisServer redis, string? database = null) =>
        OnsaleNode.StartAsync(database, settings: [("ConnectionStrings:Redis", redis.ConnectionString)]);
}

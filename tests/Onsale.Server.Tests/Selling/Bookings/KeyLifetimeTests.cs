using Npgsql;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

public sealed class KeyLifetimeTests
{
    [Fact]
    public async Task A_key_past_its_life_is_free_to_be_used_again()
    {
        await using var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var guest = await Booker.GuestAsync(node);
        var first = await guest.HoldTicketsAsync(@event, 1, key: "old");
        var young = await guest.HoldTicketsAsync(@event, 1, key: "young");
        await AgeAsync(node.DataSource, first.Id);

        var second = await guest.HoldTicketsAsync(@event, 2, key: "old");

        second.Status.ShouldBe(201);
        second.Id.ShouldNotBe(first.Id);
        (await guest.HoldTicketsAsync(@event, 2, key: "old")).Id.ShouldBe(second.Id);
        (await guest.HoldTicketsAsync(@event, 1, key: "young")).Id.ShouldBe(young.Id);
    }

    private static async Task AgeAsync(NpgsqlDataSource dataSource, Guid bookingId)
    {
        await using var command = dataSource.CreateCommand(
            "update bookings set created_at = created_at - interval '25 hours' where id = $1");
        command.Parameters.Add(new() { Value = bookingId });
        await command.ExecuteNonQueryAsync();
    }
}

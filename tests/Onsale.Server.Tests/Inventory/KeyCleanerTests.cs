using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Inventory;
using Onsale.Server.Tests.Bookings;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Inventory;

public sealed class KeyCleanerTests
{
    [Fact]
    public async Task Keys_past_their_life_are_deleted_and_free_to_be_used_again()
    {
        await using var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var guest = await Booker.GuestAsync(node);
        var first = await guest.HoldTicketsAsync(@event, 1, key: "old");
        (await guest.HoldTicketsAsync(@event, 1, key: "young")).Status.ShouldBe(201);
        await using (var command = node.DataSource.CreateCommand("""
            update idempotency_keys set created_at = created_at - interval '25 hours' where booking_id = $1
            """))
        {
            command.Parameters.Add(new() { Value = first.Id });
            await command.ExecuteNonQueryAsync();
        }

        // Past its life a key is free, deleted or not.
        var second = await guest.HoldTicketsAsync(@event, 2, key: "old");
        second.Status.ShouldBe(201);
        second.Id.ShouldNotBe(first.Id);

        await using (var command = node.DataSource.CreateCommand("""
            update idempotency_keys set created_at = created_at - interval '25 hours' where booking_id = $1
            """))
        {
            command.Parameters.Add(new() { Value = second.Id });
            await command.ExecuteNonQueryAsync();
        }

        var cleaner = ActivatorUtilities.CreateInstance<KeyCleaner>(node.Services);
        (await cleaner.CleanAsync(CancellationToken.None)).ShouldBe(1);
        (await guest.HoldTicketsAsync(@event, 1, key: "young")).Id.ShouldNotBe(first.Id);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.Transfers;

/// <summary>A buyer cancels while a ticket of the booking goes to somebody else.</summary>
public sealed class CancelledWhileOfferedTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task While_a_booking_is_being_cancelled_nobody_offers_or_accepts_its_tickets()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var (ticket, offered) = (await OwnedTicket.BuyAsync(door), await OwnedTicket.BuyAsync(door));
        var (_, secret) = await offered.OfferAndReadAsync();
        var receiver = await Booker.GuestAsync(Node);
        await using var inventory = await LockedInventory.TakeAsync(Node, door.EventId);
        var cancelling = ticket.Buyer.CancelAsync(door.Event, ticket.BookingId);
        var cancellingOffered = offered.Buyer.CancelAsync(door.Event, offered.BookingId);
        await inventory.ShouldBeWaitedForAsync();
        await Eventually.ShouldBeTrueAsync(
            async () => await IsLockedAsync(ticket) && await IsLockedAsync(offered),
            "both cancellations are under way");

        var offering = ticket.OfferAsync(Auth.NewEmail());
        var accepting = OwnedTicket.AcceptAsync(receiver, secret);
        await Eventually.ShouldBeTrueAsync(
            async () => (offering.IsCompleted || await IsWaitedForAsync(ticket))
                && (accepting.IsCompleted || await IsWaitedForAsync(offered)),
            "they wait for the cancellation, or do not");
        await inventory.ReleaseAsync();

        (await cancelling).State.ShouldBe("cancelled");
        (await cancellingOffered).State.ShouldBe("cancelled");
        (await offering).Code.ShouldBe("already-cancelled");
        (await accepting).Code.ShouldBe("transfer-withdrawn");
        await Node.ShouldBeSoundAsync(door.Event);
    }

    [Fact]
    public async Task Without_the_pause_a_receiver_loses_the_ticket_that_they_accepted()
    {
        // The control: the inventory is asked without it.
        var door = await OpenDoor.OpenAsync(Node);
        var ticket = await OwnedTicket.BuyAsync(door);
        await using var inventory = await LockedInventory.TakeAsync(Node, door.EventId);
        var cancelling = Node.Services.GetRequiredService<EventLanes>().SubmitAsync(
            door.EventId, new CancelCommand(ticket.BookingId, ticket.Buyer.Id));
        await inventory.ShouldBeWaitedForAsync();

        var (_, received) = await ticket.GiveAsync();
        await inventory.ReleaseAsync();

        (await cancelling).Result.Booking!.State.ShouldBe(BookingState.Cancelled);
        (await door.OutcomeAsync(received.GetProperty("code").GetString()!)).ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_cancellation_that_is_refused_leaves_what_is_offered()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var ticket = await OwnedTicket.BuyAsync(door, quantity: 2);
        var (receiver, _) = await ticket.GiveAsync();

        (await ticket.Buyer.CancelAsync(door.Event, ticket.BookingId)).Code.ShouldBe("tickets-handed-on");
        (await receiver.CancelAsync(door.Event, ticket.BookingId)).Status.ShouldBe(404);

        var other = (await ticket.Buyer.GetAsync(door.Event, ticket.BookingId))["tickets"][1];
        var second = ticket with { Id = other.GetProperty("id").GetGuid() };
        var (_, secret) = await second.OfferAndReadAsync();
        (await ticket.Buyer.CancelAsync(door.Event, ticket.BookingId)).Code.ShouldBe("tickets-handed-on");
        (await OwnedTicket.AcceptAsync(await Booker.GuestAsync(Node), secret)).Status.ShouldBe(200);
    }

    private Task<bool> IsWaitedForAsync(OwnedTicket ticket) => HasLockAsync(ticket, isGranted: false);

    private Task<bool> IsLockedAsync(OwnedTicket ticket) => HasLockAsync(ticket, isGranted: true);

    private async Task<bool> HasLockAsync(OwnedTicket ticket, bool isGranted) => await Node.DataSource.CountAsync(
        "pg_locks",
        "locktype = 'advisory' and granted = $2 "
            + "and ((classid::bigint << 32) | objid::bigint) = hashtextextended($1::text, 8)",
        ticket.Id, isGranted) > 0;

    /// <summary>An event's inventory that no batch can open.</summary>
    private sealed class LockedInventory(OnsaleNode node, NpgsqlConnection connection, NpgsqlTransaction transaction)
        : IAsyncDisposable
    {
        public static async Task<LockedInventory> TakeAsync(OnsaleNode node, Guid eventId)
        {
            var connection = await node.DataSource.OpenConnectionAsync();
            var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand(
                "select from inventory where event_id = $1 for update", connection, transaction);
            command.Parameters.AddWithValue(eventId);
            await command.ExecuteNonQueryAsync();
            return new LockedInventory(node, connection, transaction);
        }

        public Task ShouldBeWaitedForAsync() => Eventually.ShouldBeTrueAsync(
            async () => await node.DataSource.CountAsync(
                "pg_stat_activity", "$1 = any (pg_blocking_pids(pid))", connection.ProcessID) > 0,
            "a batch waits for the inventory");

        public Task ReleaseAsync() => transaction.RollbackAsync();

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory.Engine.Audit;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Engine;

public sealed class AuditorTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;

    public async Task InitializeAsync() => _node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task An_event_with_every_kind_of_booking_has_no_fault()
    {
        var @event = await SellAsync();

        (await AuditAsync(@event)).ShouldBeEmpty();
    }

    /// <summary>The control: an auditor that finds nothing in a broken house proves nothing in a sound one.</summary>
    [Theory]
    [InlineData("update seats set state = 2 where event_id = $1 and state = 1", "disagree whether it is sold")]
    [InlineData("update seats set state = 0, booking_id = null where event_id = $1 and state = 2", "not taken by it")]
    [InlineData(
        "update seats set state = 1, booking_id = gen_random_uuid() where event_id = $1 and ordinal = 29",
        "does not claim it")]
    [InlineData("update bookings set state = 0 where event_id = $1 and state = 3", "claims seat")]
    [InlineData(
        "update bookings set held_until = held_until + interval '1 minute' where event_id = $1 and state = 0",
        "by the log")]
    [InlineData("delete from change_log where event_id = $1 and version = 2", "change log")]
    [InlineData("delete from tickets where event_id = $1", "valid tickets")]
    [InlineData(
        "update change_log set changes = substring(changes for 20) where event_id = $1 and version = 1",
        "cannot be replayed")]
    public async Task A_fault_is_found_and_named(string sabotage, string sentence)
    {
        var @event = await SellAsync();
        await using (var command = _node.DataSource.CreateCommand(sabotage))
        {
            command.Parameters.Add(new() { Value = @event.Id });
            (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
        }

        (await AuditAsync(@event)).ShouldContain(fault => fault.What.Contains(sentence));
    }

    [Fact]
    public async Task A_pool_that_counts_wrong_is_found()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var guest = await Booker.GuestAsync(_node);
        (await guest.HoldTicketsAsync(@event, 3)).Status.ShouldBe(201);
        (await AuditAsync(@event)).ShouldBeEmpty();
        await using (
            var command = _node.DataSource.CreateCommand("update pools set held = held - 1 where event_id = $1"))
        {
            command.Parameters.Add(new() { Value = @event.Id });
            await command.ExecuteNonQueryAsync();
        }

        (await AuditAsync(@event)).ShouldContain(fault => fault.What.Contains("pool 0 counts 2 held"));
    }

    private async Task<TestEvent> SellAsync()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 3, seatsInRow: 10);
        var guest = await Booker.GuestAsync(_node);
        var held = await guest.HoldSeatsAsync(@event, 0, 1);
        var sold = await guest.HoldSeatsAsync(@event, 2, 3);
        var released = await guest.HoldSeatsAsync(@event, 4);
        held.Status.ShouldBe(201);
        (await guest.ConfirmAsync(@event, sold.Id)).Status.ShouldBe(200);
        (await guest.CancelAsync(@event, released.Id)).Status.ShouldBe(200);
        return @event;
    }

    private Task<IReadOnlyList<AuditFault>> AuditAsync(TestEvent @event) =>
        _node.Services.GetRequiredService<Auditor>().AuditAsync(@event.Id);
}

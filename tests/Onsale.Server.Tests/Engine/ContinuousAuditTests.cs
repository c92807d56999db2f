using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory.Engine.Audit;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Engine;

public sealed class ContinuousAuditTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;
    private ContinuousAudit _audit = null!;

    public async Task InitializeAsync()
    {
        _node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        _audit = ActivatorUtilities.CreateInstance<ContinuousAudit>(_node.Services);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Event_is_audited_once_a_version()
    {
        var @event = await SellAsync();
        (await RoundAsync()).ShouldBe(1);
        (await RoundAsync()).ShouldBe(0);

        await SellAsync(@event);

        (await RoundAsync()).ShouldBe(1);
        (await RoundAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Batch_that_committed_after_a_round_with_an_earlier_time_is_audited()
    {
        await SellAsync();
        (await RoundAsync()).ShouldBe(1);

        // Its clock was read when it opened: before the round, though it committed after it.
        var late = await SellAsync();
        await _node.DataSource.ExecuteAsync(
            "update inventory set changed_at = changed_at - interval '30 seconds' where event_id = $1", late.Id);

        (await RoundAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Finding_is_an_alarm_and_the_other_events_are_audited_all_the_same()
    {
        var broken = await SellAsync();
        await SellAsync();
        await _node.DataSource.ExecuteAsync("update pools set held = held + 1 where event_id = $1", broken.Id);

        (await RoundAsync()).ShouldBe(2);
    }

    private Task<int> RoundAsync() => _audit.RunRoundAsync(CancellationToken.None);

    private async Task<TestEvent> SellAsync(TestEvent? @event = null)
    {
        @event ??= await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var guest = await Booker.GuestAsync(_node);
        (await guest.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        return @event;
    }
}

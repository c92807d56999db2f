using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Payments;

/// <summary>A booking that is cancelled never keeps the money, whatever it was a moment before.</summary>
public sealed class CancelledPaymentTests : IAsyncLifetime
{
    private static readonly TimeSpan LongerThanAFault = TimeSpan.FromMinutes(11);

    private readonly Bank _bank = new();
    private string _database = "";
    private DatabaseClock _clock = null!;
    private OnsaleNode _node = null!;
    private Crowd _crowd = null!;

    public async Task InitializeAsync()
    {
        _database = await TestCluster.PrivateDatabaseAsync();
        _clock = await DatabaseClock.InstallAsync(_database);
        _node = await StartAsync();
        _crowd = new Crowd(_node);
    }

    public async Task DisposeAsync()
    {
        _crowd.Dispose();
        await _node.DisposeAsync();
        await _clock.DisposeAsync();
    }

    [Fact]
    public async Task Cancel_beside_a_confirmation_refunds()
    {
        var (@event, buyer, hold) = await HoldAsync();
        _bank.AnswersNever();
        var paying = buyer.ConfirmAsync(@event, hold);
        await Eventually.ShouldBeTrueAsync(() => _bank.Charges == 1, "the charge is under way");
        Task<Answer> cancelling;
        await using (await InventoryLock.TakeAsync(_node.DataSource, @event.Id))
        {
            _bank.AnswersAgain();
            // The confirmation waits for the lock; the cancellation is decided after it, in one batch or the next.
            await WaitForLaneAsync();
            cancelling = buyer.CancelAsync(@event, hold);
            await Eventually.ShouldBeTrueAsync(
                () => cancelling.IsCompleted || IsQueued(@event), "both are in the lane");
        }

        (await paying).Status.ShouldBe(200);
        (await cancelling).State.ShouldBe("cancelled");
        await ShouldBeRefundedAsync(@event);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Cancel_before_the_payment_is_noted_as_succeeded_refunds()
    {
        var (@event, buyer, hold) = await HoldAsync();
        (await buyer.ConfirmAsync(@event, hold)).Status.ShouldBe(200);
        await _node.DataSource.ExecuteAsync("update payments set state = 0 where event_id = $1", @event.Id);

        (await buyer.CancelAsync(@event, hold)).State.ShouldBe("cancelled");

        await ShouldBeRefundedAsync(@event);
    }

    [Fact]
    public async Task Cancel_repeated_refunds_once()
    {
        var (@event, buyer, hold) = await HoldAsync();
        (await buyer.ConfirmAsync(@event, hold)).Status.ShouldBe(200);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => buyer.CancelAsync(@event, hold)));

        answers.ShouldAllBe(answer => answer.State == "cancelled");
        await ShouldBeRefundedAsync(@event);
    }

    [Fact]
    public async Task Payment_kept_by_a_crash_after_the_cancellation_is_found_by_the_audit_and_refunded()
    {
        var (@event, buyer, hold) = await HoldAsync();
        (await buyer.ConfirmAsync(@event, hold)).Status.ShouldBe(200);
        (await _node.Services.GetRequiredService<EventLanes>()
            .SubmitAsync(@event.Id, new CancelCommand(hold, buyer.Id))).Result.Booking!.State
            .ShouldBe(BookingState.Cancelled);
        await _node.ShouldBeSoundAsync(@event);

        await _clock.MoveAsync(LongerThanAFault);
        (await _node.FaultsAsync(@event)).ShouldHaveSingleItem().ShouldContain("is kept");
        await using var next = await StartAsync();

        await ShouldBeRefundedAsync(@event);
        await _node.ShouldBeSoundAsync(@event);
    }

    private Task<OnsaleNode> StartAsync() => OnsaleNode.StartAsync(
        _database, configure: builder => builder.Services.AddSingleton<IPaymentProvider>(_bank));

    private async Task<(TestEvent Event, Booker Buyer, Guid Booking)> HoldAsync()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10], made => made with
        {
            CancellableUntil = TimeProvider.System.GetUtcNow().AddDays(1),
        });
        var buyer = _crowd.Join();
        return (@event, buyer, (await buyer.HoldTicketsAsync(@event, 1)).Id);
    }

    /// <summary>A batch of this node waits for the lock that the test holds.</summary>
    private Task WaitForLaneAsync() => Eventually.ShouldBeTrueAsync(
        async () => await _node.DataSource.CountAsync(
            "pg_stat_activity", "datname = current_database() and wait_event_type = 'Lock'") > 0,
        "the confirmation is in the lane");

    private bool IsQueued(TestEvent @event) => _node.Services.GetRequiredService<EventLanes>().Running
        .Single(running => running.Lane.EventId == @event.Id).Lane.Queued > 0;

    private async Task ShouldBeRefundedAsync(TestEvent @event)
    {
        await Eventually.ShouldBeAsync(
            () => _node.DataSource.CountAsync("payments", "event_id = $1 and state = 4", @event.Id), 1);
        (_bank.Charges, _bank.Refunds).ShouldBe((1, 1));
    }
}

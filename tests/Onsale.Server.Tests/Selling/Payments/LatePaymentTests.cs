using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Payments;

/// <summary>What becomes of money whose confirmation was cut off, or that comes when the places are given up.</summary>
public sealed class LatePaymentTests : IAsyncLifetime
{
    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(121);
    private static readonly TimeSpan LongerThanPatience = TimeSpan.FromMinutes(PaymentsLimits.MaxPendingMinutes);
    private static readonly TimeSpan LongEnoughToBeAbandoned = TimeSpan.FromSeconds(
        PaymentsLimits.AbandonedSeconds + 1);

    private readonly Bank _bank = new();
    private string _database = "";
    private DatabaseClock _clock = null!;
    private OnsaleNode _node = null!;
    private Crowd _crowd = null!;

    public async Task InitializeAsync()
    {
        _database = await TestCluster.PrivateDatabaseAsync();
        _clock = await DatabaseClock.InstallAsync(_database);
        _node = await OnsaleNode.StartAsync(_database, configure: Use);
        _crowd = new Crowd(_node);
    }

    public async Task DisposeAsync()
    {
        _crowd.Dispose();
        await _node.DisposeAsync();
        await _clock.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_dies_between_charge_and_confirmation_leaves_a_booking_that_another_confirms()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 10);
        var buyer = _crowd.Join();
        var hold = await buyer.HoldSeatsAsync(@event, 3);
        _bank.AnswersNever();

        var dead = buyer.ConfirmAsync(@event, hold.Id);
        await Eventually.ShouldBeTrueAsync(() => _bank.Charges == 1, "the money is taken");
        await using var next = await OnsaleNode.StartAsync(_database, configure: Use);
        (await buyer.At(next).GetAsync(@event, hold.Id)).State.ShouldBe("paying");
        await _clock.MoveAsync(LongerThanALease);

        await Eventually.ShouldBeAsync(async () => (await buyer.At(next).GetAsync(@event, hold.Id)).State, "confirmed");

        _bank.AnswersAgain();
        (await dead).State.ShouldBe("confirmed");
        (_bank.Charges, _bank.Refunds).ShouldBe((1, 0));
        await ShouldBePaidAsync(@event, hold.Id);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_payment_that_breaks_in_its_middle_is_never_told_as_failed_and_settled_when_asked_again()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var buyer = _crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        _bank.AnswersNever();
        var paying = buyer.ConfirmAsync(@event, hold.Id);
        await Eventually.ShouldBeTrueAsync(() => _bank.Charges == 1, "the money is taken");

        await TerminateSessionsAsync();
        _bank.AnswersAgain();

        var answer = await paying;
        // Unless something else has found the sessions gone before, and had them made anew.
        if (answer.Status != 200)
            (answer.Status, answer.Code).ShouldBe((503, "outcome-unknown"), answer.Body.ToString());
        await Eventually.ShouldBeAsync(async () => (await buyer.ConfirmAsync(@event, hold.Id)).Status, 200);
        (_bank.Charges, _bank.Refunds).ShouldBe((1, 0));
        await _clock.MoveAsync(LongEnoughToBeAbandoned);
        await using var next = await OnsaleNode.StartAsync(_database, configure: Use);
        await ShouldBePaidAsync(@event, hold.Id);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_payment_that_breaks_the_recovery_keeps_no_other_from_being_settled()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var (unlucky, other) = (_crowd.Join(), _crowd.Join());
        var broken = await unlucky.HoldTicketsAsync(@event, 1);
        var sound = await other.HoldTicketsAsync(@event, 1);
        _bank.Says = ChargeState.Unknown;
        (await unlucky.ConfirmAsync(@event, broken.Id)).Code.ShouldBe("outcome-unknown");
        _bank.BreaksOn = _bank.Last;
        (await other.ConfirmAsync(@event, sound.Id)).Code.ShouldBe("outcome-unknown");
        _bank.Says = ChargeState.Succeeded;

        await _clock.MoveAsync(LongerThanALease);

        await Eventually.ShouldBeAsync(async () => (await other.GetAsync(@event, sound.Id)).State, "confirmed");
        (await unlucky.GetAsync(@event, broken.Id)).State.ShouldBe("paying");
        _bank.BreaksOn = null;
        await Eventually.ShouldBeAsync(async () => (await unlucky.GetAsync(@event, broken.Id)).State, "confirmed");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_charge_that_never_was_leaves_the_hold_for_another_try()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var buyer = _crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        _bank.Says = ChargeState.Unknown;
        (await buyer.ConfirmAsync(@event, hold.Id)).Code.ShouldBe("outcome-unknown");

        _bank.Says = ChargeState.Declined;
        await PassAsync(@event, LongerThanALease);

        await Eventually.ShouldBeAsync(async () => (await buyer.GetAsync(@event, hold.Id)).State, "held");
        _bank.Says = ChargeState.Succeeded;
        (await buyer.ConfirmAsync(@event, hold.Id)).State.ShouldBe("confirmed");
        await ShouldBePaidAsync(@event, hold.Id);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData(10, "held", 402, "payment-declined")]
    [InlineData(1, "expired", 409, "hold-expired")]
    public async Task A_decline_that_recovery_noted_first_is_answered_by_where_the_booking_stands(
        int holdMinutes, string state, int status, string code)
    {
        var @event = await TestEvent.WithPoolsAsync(
            _node.DataSource, [10], made => made with { HoldMinutes = holdMinutes });
        var buyer = _crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        _bank.Says = ChargeState.Declined;
        _bank.AnswersNever();
        var paying = buyer.ConfirmAsync(@event, hold.Id);
        await Eventually.ShouldBeTrueAsync(() => _bank.Charges == 1, "the charge is under way");

        await PassAsync(@event, LongerThanALease);
        await Eventually.ShouldBeAsync(async () => (await buyer.GetAsync(@event, hold.Id)).State, state);
        _bank.AnswersAgain();

        var answer = await paying;
        (answer.Status, answer.Code).ShouldBe((status, code));
        if (status == 402)
            (answer["attemptsLeft"].GetInt32(), answer["state"].GetString()).ShouldBe((2, "held"));
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Money_that_comes_too_late_buys_the_same_places_if_they_are_still_free()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 10);
        var buyer = _crowd.Join();
        var given = await GiveUpAsync(@event, buyer, 3, 4);

        await using var next = await SucceedLateAsync();

        await Eventually.ShouldBeAsync(
            async () => (await buyer.MineAsync())["meta"].GetProperty("total").GetInt32(), 2);
        var again = (await buyer.MineAsync())["data"][0].GetProperty("booking");
        await Eventually.ShouldBeAsync(
            async () => (await buyer.GetAsync(@event, again.GetProperty("id").GetGuid())).State, "confirmed");
        again.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("seat").GetInt32())
            .ShouldBe([3, 4]);
        (await buyer.GetAsync(@event, given)).State.ShouldBe("released");
        (_bank.Charges, _bank.Refunds).ShouldBe((1, 0));
        await ShouldBePaidAsync(@event, again.GetProperty("id").GetGuid());
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Money_that_comes_too_late_books_for_the_account_that_its_guest_signed_in_to()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 10);
        var (buyer, account) = (_crowd.Join(), _crowd.Join());
        await GiveUpAsync(@event, buyer, 3, 4);
        await _node.DataSource.ExecuteAsync(
            "insert into guest_merges (guest_id, account_id, state) values ($1, $2, 1)", buyer.Id, account.Id);

        await using var next = await SucceedLateAsync();

        await Eventually.ShouldBeAsync(
            () => _node.DataSource.CountAsync("bookings", "buyer_id = $1 and state = 2", account.Id), 1);
        _bank.Refunds.ShouldBe(0);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Money_that_comes_too_late_goes_back_once_if_the_places_are_gone()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 10);
        var (buyer, rival) = (_crowd.Join(), _crowd.Join());
        var given = await GiveUpAsync(@event, buyer, 3, 4);
        (await rival.HoldSeatsAsync(@event, 4)).Status.ShouldBe(201);

        await using var next = await SucceedLateAsync();

        await Eventually.ShouldBeAsync(
            () => _node.DataSource.CountAsync("payments", "event_id = $1 and state = 4", @event.Id), 1);
        _bank.Refunds.ShouldBe(1);
        (await buyer.GetAsync(@event, given)).State.ShouldBe("released");
        (await buyer.MineAsync())["meta"].GetProperty("total").GetInt32().ShouldBe(1);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Several_nodes_that_settle_the_same_late_payment_book_once_or_refund_once()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1000]);
        var buyers = _crowd.Join(20);
        foreach (var buyer in buyers)
        {
            var hold = await buyer.HoldTicketsAsync(@event, 2);
            _bank.Says = ChargeState.Unknown;
            (await buyer.ConfirmAsync(@event, hold.Id)).Code.ShouldBe("outcome-unknown");
            (await buyer.GetAsync(@event, hold.Id)).State.ShouldBe("paying");
        }

        await PassAsync(@event, LongerThanPatience);
        await Eventually.ShouldBeAsync(
            () => _node.DataSource.CountAsync("bookings", "event_id = $1 and state = 3", @event.Id), 20);
        _bank.Says = ChargeState.Succeeded;
        var store = _node.Services.GetRequiredService<PaymentStore>();
        var open = new List<Payment>();
        foreach (var booking in await _node.DataSource.QueryAsync<Guid>(
            "select booking_id from payments where event_id = $1 and state = 0", @event.Id))
            open.Add((await store.FindAsync(@event.Id, booking, attempt: 1))!);
        open.Count.ShouldBe(20);
        await using var next = await OnsaleNode.StartAsync(_database, configure: Use);

        await Task.WhenAll(open.SelectMany(payment => new[] { _node, next, _node, next }.Select(
            node => node.Services.GetRequiredService<PaymentProcess>().ReconcileAsync(payment))));

        // The nodes settle by themselves too, and what they have begun may end a moment later.
        await Eventually.ShouldBeAsync(
            () => _node.DataSource.CountAsync("bookings", "event_id = $1 and state in (0, 1)", @event.Id), 0);
        await Eventually.ShouldBeAsync(async () => await BoughtAsync() + _bank.Refunds, 20);
        var bought = await BoughtAsync();
        bought.ShouldBeGreaterThan(0);
        await Eventually.ShouldBeAsync(
            () => _node.DataSource.CountAsync("payments", "event_id = $1 and state = 1", @event.Id), bought);
        await _node.ShouldBeSoundAsync(@event);

        Task<long> BoughtAsync() =>
            _node.DataSource.CountAsync("bookings", "event_id = $1 and state = 2", @event.Id);
    }

    [Fact]
    public async Task Payments_that_stay_open_keep_no_others_from_being_looked_at()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1000]);
        _bank.Says = ChargeState.Unknown;
        foreach (var buyer in _crowd.Join(PaymentsLimits.MaxReconciledPayments + 1))
        {
            var hold = await buyer.HoldTicketsAsync(@event, 1);
            (await buyer.ConfirmAsync(@event, hold.Id)).Code.ShouldBe("outcome-unknown");
        }

        await _clock.MoveAsync(LongEnoughToBeAbandoned);
        var store = _node.Services.GetRequiredService<PaymentStore>();
        var first = await store.FindAbandonedAsync();
        foreach (var payment in first)
            await _node.Services.GetRequiredService<PaymentProcess>().ReconcileAsync(payment);

        var second = await store.FindAbandonedAsync();
        second.Select(payment => payment.BookingId)
            .Intersect(first.Select(payment => payment.BookingId))
            .ShouldBeEmpty();
    }

    private void Use(WebApplicationBuilder builder) => builder.Services.AddSingleton<IPaymentProvider>(_bank);

    /// <summary>
    /// Time passes, and the node hears of it at once; by itself it asks the database every few seconds.
    /// </summary>
    private async Task PassAsync(TestEvent @event, TimeSpan time)
    {
        await _clock.MoveAsync(time);
        await _node.Services.GetRequiredService<EventLanes>().SubmitAsync(@event.Id, new SweepCommand());
    }

    /// <summary>As a restart of PostgreSQL does to all that are connected.</summary>
    private async Task TerminateSessionsAsync()
    {
        await using var operation = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(_database) { Pooling = false, ApplicationName = "operator" });
        (await operation.QueryAsync<bool>("""
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """)).ShouldNotBeEmpty();
    }

    /// <summary>A payment so slow that its places are given up.</summary>
    private async Task<Guid> GiveUpAsync(TestEvent @event, Booker buyer, params int[] seats)
    {
        var hold = await buyer.HoldSeatsAsync(@event, seats);
        _bank.Says = ChargeState.Unknown;
        (await buyer.ConfirmAsync(@event, hold.Id)).Code.ShouldBe("outcome-unknown");
        await PassAsync(@event, LongerThanALease);
        await Eventually.ShouldBeAsync(
            () => _node.DataSource.CountAsync(
                "bookings", "event_id = $1 and paying_until > clock_timestamp()", @event.Id), 1);
        await PassAsync(@event, LongerThanPatience);
        await Eventually.ShouldBeAsync(async () => (await buyer.GetAsync(@event, hold.Id)).State, "released");
        return hold.Id;
    }

    /// <summary>The provider finds the money after all. A new node looks for abandoned payments as it starts.</summary>
    private async Task<OnsaleNode> SucceedLateAsync()
    {
        _bank.Says = ChargeState.Succeeded;
        await _clock.MoveAsync(LongEnoughToBeAbandoned);
        return await OnsaleNode.StartAsync(_database, configure: Use);
    }

    private async Task ShouldBePaidAsync(TestEvent @event, Guid booking) => await Eventually.ShouldBeAsync(
        () => _node.DataSource.CountAsync(
            "payments", "event_id = $1 and booking_id = $2 and state = 1", @event.Id, booking), 1);
}

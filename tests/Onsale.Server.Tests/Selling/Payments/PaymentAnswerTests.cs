using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Payments;

/// <summary>What a buyer is answered when the provider says no, nothing, or late; and when there is none.</summary>
public sealed class PaymentAnswerTests : IAsyncLifetime
{
    private const int Repeats = 30;

    private readonly Bank _bank = new();
    private OnsaleNode _node = null!;
    private Crowd _crowd = null!;

    public async Task InitializeAsync()
    {
        _node = await OnsaleNode.StartAsync(
            configure: builder => builder.Services.AddSingleton<IPaymentProvider>(_bank));
        _crowd = new Crowd(_node);
    }

    public async Task DisposeAsync()
    {
        _crowd.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task Payment_without_an_answer_is_no_decline_and_uses_no_attempt()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var buyer = _crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        (_bank.IsSilent, _bank.Says) = (true, ChargeState.Voided);

        for (var round = 0; round < 4; round++)
        {
            var unanswered = await buyer.ConfirmAsync(@event, hold.Id, release: true);
            (unanswered.Status, unanswered.Code).ShouldBe((402, "payment-unanswered"));
            (unanswered["attemptsLeft"].GetInt32(), unanswered["state"].GetString()).ShouldBe((3, "held"));
        }

        (_bank.IsSilent, _bank.Says) = (false, ChargeState.Declined);
        var declined = await buyer.ConfirmAsync(@event, hold.Id);
        (declined.Code, declined["attemptsLeft"].GetInt32()).ShouldBe(("payment-declined", 2));
        _bank.Says = ChargeState.Succeeded;
        (await buyer.ConfirmAsync(@event, hold.Id)).State.ShouldBe("confirmed");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Third_decline_releases_however_many_went_unanswered_between()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var buyer = _crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        foreach (var left in new[] { 2, 1, 0 })
        {
            (_bank.IsSilent, _bank.Says) = (true, ChargeState.Voided);
            (await buyer.ConfirmAsync(@event, hold.Id)).Code.ShouldBe("payment-unanswered");
            (_bank.IsSilent, _bank.Says) = (false, ChargeState.Declined);
            (await buyer.ConfirmAsync(@event, hold.Id))["attemptsLeft"].GetInt32().ShouldBe(left);
        }

        (await buyer.GetAsync(@event, hold.Id)).State.ShouldBe("released");
    }

    [Theory]
    [InlineData("sim_timeout", ChargeState.Voided)]
    [InlineData("sim_decline", ChargeState.Declined)]
    [InlineData("sim_success", ChargeState.Succeeded)]
    public async Task Simulated_charge_that_is_broken_off_is_found_as_its_token_says(string token, object state)
    {
        var provider = ActivatorUtilities.CreateInstance<SimulatedPaymentProvider>(_node.Services);
        var charge = new Charge(House.NewId(), token, 1000, "USD");
        using var leaving = new CancellationTokenSource();
        var charging = provider.ChargeAsync(charge, leaving.Token);
        await leaving.CancelAsync();
        await Task.WhenAny(charging);

        (await provider.FindAsync(charge.Reference, CancellationToken.None)).ShouldBe((ChargeState)state);
        (await provider.FindAsync(House.NewId(), CancellationToken.None)).ShouldBe(ChargeState.Voided);
    }

    [Fact]
    public async Task Repeated_confirms_wait_for_the_payment_without_asking_the_lane()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var buyer = _crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        _bank.AnswersNever();
        var first = buyer.ConfirmAsync(@event, hold.Id);
        await Eventually.ShouldBeTrueAsync(() => _bank.Charges == 1, "the charge is under way");
        using var watch = new InventoryWatch(_node);

        var repeats = Enumerable.Range(0, Repeats).Select(_ => buyer.ConfirmAsync(@event, hold.Id)).ToArray();
        await Eventually.ShouldBeTrueAsync(() => watch.Looks >= Repeats, "each has asked once");
        // None is answered while the payment is in flight: they wait.
        await Should.ThrowAsync<TimeoutException>(Task.WhenAny(repeats).WaitAsync(TimeSpan.FromSeconds(3)));
        // Asked every 100 ms, the lane had 30 times as many commands by now.
        watch.Looks.ShouldBeLessThan(2 * Repeats);
        _bank.AnswersAgain();

        (await first).State.ShouldBe("confirmed");
        (await Task.WhenAll(repeats)).ShouldAllBe(answer => answer.Status == 200);
        _bank.Charges.ShouldBe(1);
    }

    [Fact]
    public async Task Confirm_at_another_node_waits_for_the_payment_in_flight()
    {
        await using var other = await OnsaleNode.StartAsync(
            configure: builder => builder.Services.AddSingleton<IPaymentProvider>(_bank));
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var buyer = _crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        _bank.AnswersNever();
        var first = buyer.ConfirmAsync(@event, hold.Id);
        await Eventually.ShouldBeTrueAsync(() => _bank.Charges == 1, "the charge is under way");

        var repeated = buyer.At(other).ConfirmAsync(@event, hold.Id);
        await Should.ThrowAsync<TimeoutException>(repeated.WaitAsync(TimeSpan.FromSeconds(1)));
        _bank.AnswersAgain();

        (await repeated).State.ShouldBe("confirmed");
        (await first).State.ShouldBe("confirmed");
        _bank.Charges.ShouldBe(1);
    }

    [Theory]
    [InlineData("", 503)]
    [InlineData("false", 503)]
    [InlineData("true", 200)]
    public async Task Simulated_payments_answer_where_no_demo_is_only_if_asked_for(string setting, int status)
    {
        await using var node = await OnsaleNode.StartAsync(settings: [("Onsale:Payments:Simulated", setting)]);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var buyer = await Booker.GuestAsync(node);
        var hold = await buyer.HoldTicketsAsync(@event, 1);

        var answer = await buyer.ConfirmAsync(@event, hold.Id);

        answer.Status.ShouldBe(status);
        if (status == 503)
        {
            answer.Code.ShouldBe("payments-unavailable");
            (await buyer.GetAsync(@event, hold.Id)).State.ShouldBe("held");
        }
    }
}

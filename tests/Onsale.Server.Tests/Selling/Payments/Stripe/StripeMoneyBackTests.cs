using Onsale.PaymentDoubles;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Payments.Stripe;

/// <summary>Money that goes back by Stripe: refunds of ours and of others, and chargebacks.</summary>
public sealed class StripeMoneyBackTests : IAsyncLifetime
{
    private static readonly TimeSpan LongerThanARequest = TimeSpan.FromSeconds(31);

    private StripeDouble _stripe = null!;
    private DatabaseClock _clock = null!;
    private string _database = "";
    private OnsaleNode _node = null!;
    private OpenDoor _door = null!;
    private Booker _buyer = null!;
    private Guid _booking;

    public async Task InitializeAsync()
    {
        _stripe = await StripeDouble.StartAsync();
        _database = await TestCluster.PrivateDatabaseAsync();
        _clock = await DatabaseClock.InstallAsync(_database);
        _node = await _stripe.StartNodeAsync(_database);
        _door = await OpenDoor.OpenAsync(_node);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _clock.DisposeAsync();
        await _stripe.DisposeAsync();
    }

    [Fact]
    public async Task Parts_and_the_rest_go_back_once()
    {
        await BuyAsync("pm_card_visa");

        (await RefundAsync(500)).Status.ShouldBe(200);
        (await RefundAsync(300)).Status.ShouldBe(200);
        _stripe.Books.Kept.ShouldBe(1200);
        (await _buyer.CancelAsync(_door.Event, _booking)).State.ShouldBe("cancelled");

        await Eventually.ShouldBeTrueAsync(() => _stripe.Books.Kept == 0, "the rest has gone back");
        await Eventually.ShouldBeAsync(() => PaymentsAsync("state = 4 and refunded = 2000"), 1);
        await _node.ShouldBeSoundAsync(_door.Event);
    }

    [Theory]
    [InlineData("ErrorAfter")]
    [InlineData("ErrorBefore")]
    [InlineData("RateLimited")]
    [InlineData("LostAnswer")]
    [InlineData("LostRequest")]
    public async Task Refund_whose_request_fails_goes_back_once_when_it_is_asked_for_again(string kind)
    {
        await BuyAsync("pm_card_visa");
        _stripe.Faults.Add("POST", "/refunds", Enum.Parse<FaultKind>(kind), times: 2);

        (await RefundAsync(500)).Status.ShouldBe(200);
        await _clock.MoveAsync(LongerThanARequest);
        // It looks for abandoned refunds as it starts.
        await using var next = await _stripe.StartNodeAsync(_database);

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1"), 1, TimeSpan.FromSeconds(60));
        _stripe.Books.Kept.ShouldBe(1500);
        await next.ShouldBeSoundAsync(_door.Event);
    }

    [Fact]
    public async Task Refund_that_is_broken_is_asked_for_again_after_the_keys_were_forgotten()
    {
        await BuyAsync("pm_card_visa");
        _stripe.Faults.Add("POST", "/refunds", FaultKind.LostAnswer, times: 2);
        await RefundAsync(500);
        _stripe.Keys.Prune();
        await _clock.MoveAsync(LongerThanARequest);

        await using var next = await _stripe.StartNodeAsync(_database);

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1"), 1);
        _stripe.Books.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(500);
    }

    [Fact]
    public async Task Pending_refund_is_done_by_its_event()
    {
        await BuyAsync("pm_card_pendingRefund");
        await RefundAsync(500);
        (await RefundsAsync("state = 0")).ShouldBe(1);

        _stripe.Books.SettleRefund(_stripe.Books.Refunds.Single().Id);
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1"), 1);
        await _node.ShouldBeSoundAsync(_door.Event);
    }

    [Fact]
    public async Task Failed_refund_leaves_the_sum_and_another_can_be_made()
    {
        await BuyAsync("pm_card_refundFail");
        await RefundAsync(2000);
        (await RefundAsync(1)).Code.ShouldBe("refund-exceeds-payment");

        _stripe.Books.SettleRefund(_stripe.Books.Refunds.Single().Id);
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 2"), 1);
        (await PaymentsAsync("refunded = 0")).ShouldBe(1);
        var again = await RefundAsync(2000);
        again.Status.ShouldBe(200, again.Body.ToString());
        again["refunds"].EnumerateArray().Count(refund => refund.GetProperty("isFailed").GetBoolean()).ShouldBe(1);
        _stripe.Books.Refunds.Count.ShouldBe(2);
        await _node.ShouldBeSoundAsync(_door.Event);
    }

    [Fact]
    public async Task Refund_that_comes_back_after_it_had_gone_out_is_in_the_books_again()
    {
        await BuyAsync("pm_card_visa");
        await RefundAsync(500);
        (await RefundsAsync("state = 1")).ShouldBe(1);

        _stripe.Books.ReturnRefund(_stripe.Books.Refunds.Single().Id);
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 2"), 1);
        (await BalanceAsync()).ShouldBe(2000);
        await _node.ShouldBeSoundAsync(_door.Event);
    }

    [Fact]
    public async Task Refund_of_a_cancelled_booking_that_comes_back_can_be_made_again()
    {
        await BuyAsync("pm_card_visa");
        (await _buyer.CancelAsync(_door.Event, _booking)).State.ShouldBe("cancelled");
        await Eventually.ShouldBeAsync(() => PaymentsAsync("state = 4"), 1);

        _stripe.Books.ReturnRefund(_stripe.Books.Refunds.Single().Id);
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => PaymentsAsync("state = 7 and refunded = 0"), 1);
        (await BalanceAsync()).ShouldBe(2000);
        (await RefundAsync(2000)).Status.ShouldBe(200);
        _stripe.Books.Kept.ShouldBe(0);
        (await BalanceAsync()).ShouldBe(0);
        await _node.ShouldBeSoundAsync(_door.Event);
    }

    [Fact]
    public async Task Refund_made_at_stripe_is_entered_once_whichever_event_tells_of_it()
    {
        await BuyAsync("pm_card_visa");
        _stripe.Books.Refund(new FormBody([
            new("payment_intent", _stripe.Books.Intents.Single().Id), new("amount", "700")]));

        await DeliverAllAsync();
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1 and amount = 700"), 1);
        (await RefundAsync(1301)).Code.ShouldBe("refund-exceeds-payment");
        (await BalanceAsync()).ShouldBe(1300);
        await _node.ShouldBeSoundAsync(_door.Event);
    }

    [Fact]
    public async Task Of_many_refunds_at_once_no_more_goes_back_than_was_paid()
    {
        await BuyAsync("pm_card_pendingRefund");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefundAsync(600)));

        answers.Count(answer => answer.Status == 200).ShouldBe(3);
        _stripe.Books.Kept.ShouldBe(200);
        await _node.ShouldBeSoundAsync(_door.Event);
    }

    [Theory]
    [InlineData(true, "accepted", 2000)]
    [InlineData(false, "paymentDisputed", 0)]
    public async Task Dispute_locks_the_tickets_until_it_is_won(bool isWon, string outcome, int balance)
    {
        var codes = await BuyAsync("pm_card_visa");
        var dispute = _stripe.Books.Dispute(_stripe.Books.Intents.Single().Id);
        await DeliverAllAsync();
        await Eventually.ShouldBeAsync(() => DisputesAsync("state = 0"), 1);

        (await _door.OutcomeAsync(codes[0])).ShouldBe("paymentDisputed");
        (await BalanceAsync()).ShouldBe(0);
        var shown = await ShowAsync();
        shown["disputes"][0].GetProperty("state").GetString().ShouldBe("open");
        shown["disputes"][0].GetProperty("reason").GetString().ShouldBe("fraudulent");
        (await _node.DataSource.CountAsync("activity_log", "action = 'payment.disputed'")).ShouldBe(1);
        _stripe.Books.CloseDispute(dispute.Id, isWon);
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => DisputesAsync(isWon ? "state = 1" : "state = 2"), 1);
        (await _door.OutcomeAsync(codes[1])).ShouldBe(outcome);
        (await BalanceAsync()).ShouldBe(balance);
        await _node.ShouldBeSoundAsync(_door.Event);
    }

    [Fact]
    public async Task Inquiry_moves_no_money_and_locks_nothing()
    {
        var codes = await BuyAsync("pm_card_visa");
        _stripe.Books.Dispute(_stripe.Books.Intents.Single().Id, status: "warning_needs_response");

        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => DisputesAsync("state = 3"), 1);
        (await _door.OutcomeAsync(codes[0])).ShouldBe("accepted");
        (await BalanceAsync()).ShouldBe(2000);
    }

    [Fact]
    public async Task Dispute_that_is_heard_of_before_its_payment_is_noted_after_it()
    {
        _buyer = await Booker.GuestAsync(_node);
        _booking = (await _buyer.HoldTicketsAsync(_door.Event, 2)).Id;
        await _buyer.ConfirmAsync(_door.Event, _booking, "pm_card_threeDSecure2Required");
        var intent = _stripe.Books.Intents.Single();
        _stripe.Books.Authenticate(intent.Id, succeeds: true);
        _stripe.Books.Dispute(intent.Id);

        await DeliverAsync(_stripe.Books.Events[^1]);

        await Eventually.ShouldBeAsync(() => DisputesAsync("state = 0"), 1);
        (await _buyer.GetAsync(_door.Event, _booking)).State.ShouldBe("confirmed");
        await _node.ShouldBeSoundAsync(_door.Event);
    }

    private async Task<string[]> BuyAsync(string card)
    {
        _buyer = await Booker.GuestAsync(_node);
        _booking = (await _buyer.HoldTicketsAsync(_door.Event, 2)).Id;
        var confirmed = await _buyer.ConfirmAsync(_door.Event, _booking, card);
        confirmed.State.ShouldBe("confirmed");
        return [.. confirmed["tickets"].EnumerateArray().Select(ticket => ticket.GetProperty("code").GetString()!)];
    }

    private Task<Answer> RefundAsync(long amount) => _door.Organisation.AskAsync(
        HttpMethod.Post, $"/events/{_door.EventId}/bookings/{_booking}/refund",
        body: new { reason = "Asked for", amount });

    private Task<Answer> ShowAsync() => _door.Organisation.AskAsync(
        HttpMethod.Get, $"/events/{_door.EventId}/bookings/{_booking}");

    private async Task DeliverAllAsync()
    {
        foreach (var happened in _stripe.Books.Events)
            await DeliverAsync(happened);
    }

    private async Task DeliverAsync(StripeEvent happened)
    {
        using var response = await _stripe.Webhooks.DeliverAsync(
            new Uri(_node.Address, "/api/v1/payments/stripe/webhook"), happened);
        response.EnsureSuccessStatusCode();
    }

    private Task<long> PaymentsAsync(string condition) =>
        _node.DataSource.CountAsync("payments", $"event_id = $1 and {condition}", _door.EventId);

    private Task<long> RefundsAsync(string condition) =>
        _node.DataSource.CountAsync("refunds", $"event_id = $1 and {condition}", _door.EventId);

    private Task<long> DisputesAsync(string condition) =>
        _node.DataSource.CountAsync("payment_disputes", $"event_id = $1 and {condition}", _door.EventId);

    /// <summary>What the ledger says is at the provider.</summary>
    private async Task<long> BalanceAsync() => (await _node.DataSource.QueryAsync<long>(
        "select coalesce(sum(amounts[1]), 0)::bigint from ledger_entries where event_id = $1", _door.EventId)).Single();
}

using Microsoft.Extensions.DependencyInjection;
using Onsale.PaymentDoubles;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Payments.Stripe;

/// <summary>Money that goes back by Stripe: refunds of ours and of others, and chargebacks.</summary>
public sealed class StripeMoneyBackTests : StripeMoney
{
    private static readonly TimeSpan LongerThanARequest = TimeSpan.FromSeconds(31);

    [Fact]
    public async Task Parts_and_the_rest_go_back_once()
    {
        await BuyAsync("pm_card_visa");

        (await RefundAsync(500)).Status.ShouldBe(200);
        (await RefundAsync(300)).Status.ShouldBe(200);
        Stripe.Books.Kept.ShouldBe(1200);
        (await Buyer.CancelAsync(Door.Event, Booking)).State.ShouldBe("cancelled");

        await Eventually.ShouldBeTrueAsync(() => Stripe.Books.Kept == 0, "the rest has gone back");
        await Eventually.ShouldBeAsync(() => PaymentsAsync("state = 4 and refunded = 2000"), 1);
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Theory]
    [InlineData("ErrorAfter")]
    [LongInlineData("ErrorBefore")]
    [LongInlineData("RateLimited")]
    [InlineData("LostAnswer")]
    [LongInlineData("LostRequest")]
    public async Task Refund_whose_request_fails_goes_back_once_when_it_is_asked_for_again(string kind)
    {
        await BuyAsync("pm_card_visa");
        Stripe.Faults.Add("POST", "/refunds", Enum.Parse<FaultKind>(kind), times: 2);

        (await RefundAsync(500)).Status.ShouldBe(200);
        await Clock.MoveAsync(LongerThanARequest);
        // It looks for abandoned refunds as it starts.
        await using var next = await Stripe.StartNodeAsync(Database);

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1"), 1, TimeSpan.FromSeconds(60));
        Stripe.Books.Kept.ShouldBe(1500);
        await next.ShouldBeSoundAsync(Door.Event);
    }

    [Fact]
    public async Task Refund_that_is_broken_is_asked_for_again_after_the_keys_were_forgotten()
    {
        await BuyAsync("pm_card_visa");
        Stripe.Faults.Add("POST", "/refunds", FaultKind.LostAnswer, times: 2);
        await RefundAsync(500);
        Stripe.Keys.Prune();
        await Clock.MoveAsync(LongerThanARequest);

        await using var next = await Stripe.StartNodeAsync(Database);

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1"), 1);
        Stripe.Books.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(500);
    }

    [Fact]
    public async Task Pending_refund_is_done_by_its_event()
    {
        await BuyAsync("pm_card_pendingRefund");
        await RefundAsync(500);
        (await RefundsAsync("state = 0")).ShouldBe(1);

        Stripe.Books.SettleRefund(Stripe.Books.Refunds.Single().Id);
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1"), 1);
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Fact]
    public async Task Failed_refund_leaves_the_sum_and_another_can_be_made()
    {
        await BuyAsync("pm_card_refundFail");
        await RefundAsync(2000);
        (await RefundAsync(1)).Code.ShouldBe("refund-exceeds-payment");

        Stripe.Books.SettleRefund(Stripe.Books.Refunds.Single().Id);
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 2"), 1);
        (await PaymentsAsync("refunded = 0")).ShouldBe(1);
        var again = await RefundAsync(2000);
        again.Status.ShouldBe(200, again.Body.ToString());
        again["refunds"].EnumerateArray().Count(refund => refund.GetProperty("isFailed").GetBoolean()).ShouldBe(1);
        Stripe.Books.Refunds.Count.ShouldBe(2);
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Fact]
    public async Task Refund_that_comes_back_after_it_had_gone_out_is_in_the_books_again()
    {
        await BuyAsync("pm_card_visa");
        await RefundAsync(500);
        (await RefundsAsync("state = 1")).ShouldBe(1);

        Stripe.Books.ReturnRefund(Stripe.Books.Refunds.Single().Id);
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 2"), 1);
        (await BalanceAsync()).ShouldBe(2000);
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Fact]
    public async Task Refund_of_a_cancelled_booking_that_comes_back_can_be_made_again()
    {
        await BuyAsync("pm_card_visa");
        (await Buyer.CancelAsync(Door.Event, Booking)).State.ShouldBe("cancelled");
        await Eventually.ShouldBeAsync(() => PaymentsAsync("state = 4"), 1);

        Stripe.Books.ReturnRefund(Stripe.Books.Refunds.Single().Id);
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => PaymentsAsync("state = 7 and refunded = 0"), 1);
        (await BalanceAsync()).ShouldBe(2000);
        (await RefundAsync(2000)).Status.ShouldBe(200);
        Stripe.Books.Kept.ShouldBe(0);
        (await BalanceAsync()).ShouldBe(0);
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Fact]
    public async Task Refund_made_at_stripe_is_entered_once_whichever_event_tells_of_it()
    {
        await BuyAsync("pm_card_visa");
        Stripe.Books.Refund(new FormBody([
            new("payment_intent", Stripe.Books.Intents.Single().Id), new("amount", "700")]));

        await DeliverAllAsync();
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1 and amount = 700"), 1);
        (await RefundAsync(1301)).Code.ShouldBe("refund-exceeds-payment");
        (await BalanceAsync()).ShouldBe(1300);
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Fact]
    public async Task Of_many_refunds_at_once_no_more_goes_back_than_was_paid()
    {
        await BuyAsync("pm_card_pendingRefund");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefundAsync(600)));

        answers.Count(answer => answer.Status == 200).ShouldBe(3);
        Stripe.Books.Kept.ShouldBe(200);
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Theory]
    [InlineData(true, "accepted", 2000)]
    [InlineData(false, "paymentDisputed", 0)]
    public async Task Dispute_locks_the_tickets_until_it_is_won(bool isWon, string outcome, int balance)
    {
        var codes = await BuyAsync("pm_card_visa");
        var dispute = Stripe.Books.Dispute(Stripe.Books.Intents.Single().Id);
        await DeliverAllAsync();
        await Eventually.ShouldBeAsync(() => DisputesAsync("state = 0"), 1);

        (await Door.OutcomeAsync(codes[0])).ShouldBe("paymentDisputed");
        (await BalanceAsync()).ShouldBe(0);
        var shown = await ShowAsync();
        shown["disputes"][0].GetProperty("state").GetString().ShouldBe("open");
        shown["disputes"][0].GetProperty("reason").GetString().ShouldBe("fraudulent");
        (await Node.DataSource.CountAsync("activity_log", "action = 'payment.disputed'")).ShouldBe(1);
        Stripe.Books.CloseDispute(dispute.Id, isWon);
        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => DisputesAsync(isWon ? "state = 1" : "state = 2"), 1);
        (await Door.OutcomeAsync(codes[1])).ShouldBe(outcome);
        (await BalanceAsync()).ShouldBe(balance);
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Fact]
    public async Task Inquiry_moves_no_money_and_locks_nothing()
    {
        var codes = await BuyAsync("pm_card_visa");
        Stripe.Books.Dispute(Stripe.Books.Intents.Single().Id, status: "warning_needs_response");

        await DeliverAllAsync();

        await Eventually.ShouldBeAsync(() => DisputesAsync("state = 3"), 1);
        (await Door.OutcomeAsync(codes[0])).ShouldBe("accepted");
        (await BalanceAsync()).ShouldBe(2000);
    }

    [Fact]
    public async Task Dispute_that_is_heard_of_before_its_payment_is_noted_after_it()
    {
        Buyer = await Booker.GuestAsync(Node);
        Booking = (await Buyer.HoldTicketsAsync(Door.Event, 2)).Id;
        await Buyer.ConfirmAsync(Door.Event, Booking, "pm_card_threeDSecure2Required");
        var intent = Stripe.Books.Intents.Single();
        Stripe.Books.Authenticate(intent.Id, succeeds: true);
        Stripe.Books.Dispute(intent.Id);

        await DeliverAsync(Stripe.Books.Events[^1]);

        await Eventually.ShouldBeAsync(() => DisputesAsync("state = 0"), 1);
        (await Buyer.GetAsync(Door.Event, Booking)).State.ShouldBe("confirmed");
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Fact]
    public async Task Older_reading_of_a_dispute_changes_nothing_and_a_newer_one_what_it_says()
    {
        await BuyAsync("pm_card_visa");
        var store = Node.Services.GetRequiredService<DisputeStore>();
        var payment = (await Node.Services.GetRequiredService<PaymentStore>().FindAsync(Door.EventId, Booking, 1))!;
        var day = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var inquiry = new Dispute(House.NewId(), "du_1", DisputeState.Inquiry, 2000, "USD", "general", day);

        (await store.SetAsync(payment, inquiry)).ShouldBeTrue();
        (await store.SetAsync(payment, inquiry)).ShouldBeFalse();
        (await store.SetAsync(payment, inquiry with { Amount = 1500, AnswerBy = day.AddDays(1) })).ShouldBeTrue();
        (await DisputesAsync("state = 3 and amount = 1500 and answer_by = '2030-01-02Z'")).ShouldBe(1);
        (await BalanceAsync()).ShouldBe(2000);

        var open = inquiry with { State = DisputeState.Open, Amount = 1200 };
        (await store.SetAsync(payment, open)).ShouldBeTrue();
        (await store.SetAsync(payment, inquiry)).ShouldBeFalse();
        (await DisputesAsync("state = 0 and amount = 1200")).ShouldBe(1);
        (await BalanceAsync()).ShouldBe(800);

        (await store.SetAsync(payment, open with { Amount = 1000, AnswerBy = null })).ShouldBeTrue();
        (await DisputesAsync("state = 0 and amount = 1000 and answer_by is null")).ShouldBe(1);
        (await BalanceAsync()).ShouldBe(1000);

        (await store.SetAsync(payment, open with { State = DisputeState.Won, Amount = 1000 })).ShouldBeTrue();
        (await BalanceAsync()).ShouldBe(2000);
        (await store.SetAsync(payment, open)).ShouldBeFalse();
        await Node.ShouldBeSoundAsync(Door.Event);
    }
}

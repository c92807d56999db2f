using Microsoft.Extensions.DependencyInjection;
using Onsale.PaymentDoubles;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Payments.Stripe;

/// <summary>
/// Refunds by Stripe: nothing leaves that is not written down, and whatever comes back is written down once.
/// </summary>
public sealed class StripeRefundTests : StripeMoney
{
    private static readonly TimeSpan LongerThanARequest = TimeSpan.FromSeconds(31);

    [Fact]
    public async Task Repeated_request_for_a_refund_that_has_failed_sends_nothing()
    {
        await BuyAsync("pm_card_refundFail");
        (await RefundAsync(2000, key: "r1")).Status.ShouldBe(200);
        Stripe.Books.SettleRefund(Stripe.Books.Refunds.Single().Id);
        await DeliverAllAsync();
        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 2"), 1);

        var repeated = await RefundAsync(2000, key: "r1");

        repeated.Status.ShouldBe(200, repeated.Body.ToString());
        repeated["refunds"][0].GetProperty("isFailed").GetBoolean().ShouldBeTrue();
        Stripe.Books.Refunds.Count.ShouldBe(1);
        (await PaymentsAsync("refunded = 0")).ShouldBe(1);
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Fact]
    public async Task Refund_that_fails_after_recovery_has_listed_it_is_not_asked_for_again()
    {
        await BuyAsync("pm_card_refundFail");
        await RefundAsync(500);
        await Clock.MoveAsync(LongerThanARequest);
        var listed = (await Node.Services.GetRequiredService<RefundStore>().FindAbandonedAsync())
            .ShouldHaveSingleItem();
        Stripe.Books.SettleRefund(Stripe.Books.Refunds.Single().Id);
        await DeliverAllAsync();
        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 2"), 1);

        await Node.Services.GetRequiredService<PaymentRefunds>().RefundPartAsync(listed);

        Stripe.Books.Refunds.Count.ShouldBe(1);
        // Also by who had claimed it the moment before it failed.
        (await Node.Services.GetRequiredService<PaymentProviders>().Of("stripe").RefundPartAsync(
            listed.Reference, listed.Id, listed.Amount, CancellationToken.None)).ShouldBe(RefundAnswer.Failed);
        Stripe.Books.Refunds.Count.ShouldBe(1);
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Part_and_rest_that_both_come_back_are_each_entered_once(bool partIsFirst)
    {
        await BuyAsync("pm_card_visa");
        await RefundAsync(500);
        (await Buyer.CancelAsync(Door.Event, Booking)).State.ShouldBe("cancelled");
        await Eventually.ShouldBeAsync(() => PaymentsAsync("state = 4"), 1);
        var part = Stripe.Books.Refunds.Single(refund => refund.Amount == 500).Id;
        var rest = Stripe.Books.Refunds.Single(refund => refund.Amount == 1500).Id;

        Stripe.Books.ReturnRefund(partIsFirst ? part : rest);
        await DeliverAllAsync();
        await Eventually.ShouldBeAsync(
            () => PaymentsAsync($"state = 7 and refunded = {(partIsFirst ? 1500 : 500)}"), 1);
        Stripe.Books.ReturnRefund(partIsFirst ? rest : part);
        await DeliverAllAsync();
        await Eventually.ShouldBeAsync(() => PaymentsAsync("state = 7 and refunded = 0"), 1);
        // Told once more: nothing follows.
        await DeliverAsync(Stripe.Books.Events[^1] with { Id = "evt_again" });
        await Eventually.ShouldBeAsync(
            () => Node.DataSource.CountAsync("stripe_events", "id = 'evt_again' and state = 1"), 1);

        (await BalanceAsync()).ShouldBe(2000);
        (await RefundAsync(2000)).Status.ShouldBe(200);
        (await BalanceAsync()).ShouldBe(0);
        Stripe.Books.Kept.ShouldBe(0);
        await Node.ShouldBeSoundAsync(Door.Event);
    }

    [Fact]
    public async Task Copy_of_the_database_at_another_installation_sends_nothing_and_says_so()
    {
        await BuyAsync("pm_card_visa");
        using var log = new LogLines("Onsale.Server.Selling.Payments");
        await using var copy = await Stripe.StartNodeAsync(
            Database, log.Use, ("Onsale:Payments:Stripe:Environment", "staging"));

        (await RefundAsync(500, at: copy)).Status.ShouldBe(200);

        Stripe.Books.Refunds.ShouldBeEmpty();
        (await RefundsAsync("state = 0")).ShouldBe(1);
        log.All.ShouldContain(line => line.StartsWith("ALARM") && line.Contains("another installation"));
    }

    [Fact]
    public async Task Copy_of_the_database_at_another_installation_ends_no_payment()
    {
        Buyer = await Booker.GuestAsync(Node);
        Booking = (await Buyer.HoldTicketsAsync(Door.Event, 2)).Id;
        await Buyer.ConfirmAsync(Door.Event, Booking, "pm_card_threeDSecure2Required");
        await using var copy = await Stripe.StartNodeAsync(
            Database, null, ("Onsale:Payments:Stripe:Environment", "staging"));
        var payment = (await copy.Services.GetRequiredService<PaymentStore>().FindAsync(Door.EventId, Booking, 1))!;

        var answer = await copy.Services.GetRequiredService<PaymentProviders>().Of("stripe")
            .AbandonAsync(payment.Reference, CancellationToken.None);

        answer.State.ShouldBe(ChargeState.Unknown);
        Stripe.Books.Intents.Single().Status.ShouldBe("requires_action");
    }

    [Fact]
    public async Task Of_two_payments_of_a_booking_the_one_that_stands_is_paid_back()
    {
        Buyer = await Booker.GuestAsync(Node);
        Booking = (await Buyer.HoldTicketsAsync(Door.Event, 2)).Id;
        (await Buyer.ConfirmAsync(Door.Event, Booking, "pm_card_visa_chargeDeclined")).Status.ShouldBe(402);
        (await Buyer.ConfirmAsync(Door.Event, Booking, "pm_card_visa")).State.ShouldBe("confirmed");
        var store = Node.Services.GetRequiredService<PaymentStore>();
        var first = (await store.FindAsync(Door.EventId, Booking, 1))!;
        // The first was paid after all, too late, and cannot go back.
        (await store.SetAsync(first, PaymentFact.TooLate)).ShouldBeTrue();
        (await store.SetAsync(first, PaymentFact.RefundFailed)).ShouldBeTrue();

        (await RefundAsync(500)).Status.ShouldBe(200);

        (await RefundsAsync("attempt = 2 and state = 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Refund_of_ours_that_nobody_here_knows_is_an_alarm()
    {
        await BuyAsync("pm_card_visa");
        Stripe.Books.Refund(new FormBody([
            new("payment_intent", Stripe.Books.Intents.Single().Id), new("amount", "700"),
            new("metadata[onsale_refund]", $"{House.NewId()}"), new("metadata[onsale_sequence]", "1")]));

        await DeliverAllAsync();

        await Eventually.ShouldBeTrueAsync(
            () => Log.All.Any(line => line.StartsWith("ALARM") && line.Contains("is not known here")),
            "the alarm is raised");
    }

    [Fact]
    public async Task Event_of_a_refund_is_never_given_up()
    {
        await BuyAsync("pm_card_pendingRefund");
        await RefundAsync(500);
        Stripe.Books.SettleRefund(Stripe.Books.Refunds.Single().Id);
        Stripe.Faults.Add("GET", "/v1/refunds", FaultKind.ErrorBefore, times: 2);
        var told = Stripe.Books.Events[^1];

        await Node.DataSource.ExecuteAsync(
            """
            insert into stripe_events (id, type, object_id, intent_id, created_at, was_listed, attempts)
            values ($1, $2, $3, $4, now(), false, 500)
            """,
            told.Id, told.Type, Stripe.Books.Refunds.Single().Id, Stripe.Books.Intents.Single().Id);

        await Eventually.ShouldBeAsync(
            () => Node.DataSource.CountAsync("stripe_events", "state = 0 and attempts = 501 and error is not null"), 1);
        await Clock.MoveAsync(TimeSpan.FromSeconds(3_601));
        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1"), 1);
    }

    [Fact]
    public async Task Refund_that_waits_for_an_answer_does_not_keep_the_others()
    {
        await BuyAsync("pm_card_visa");
        // As often as the client library asks for each.
        Stripe.Faults.Add("POST", "/refunds", FaultKind.ErrorBefore, times: 6);
        foreach (var amount in new[] { 100, 200, 300 })
            (await RefundAsync(amount)).Status.ShouldBe(200);
        (await RefundsAsync("state = 0")).ShouldBe(3);
        var held = Stripe.Faults.Add("POST", "/refunds", FaultKind.HeldBefore);
        await Clock.MoveAsync(LongerThanARequest);

        // It looks for abandoned refunds as it starts.
        await using var next = await Stripe.StartNodeAsync(Database);

        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1"), 2, TimeSpan.FromSeconds(10));
        held.Met.IsCompleted.ShouldBeTrue();
        held.Release();
        await Clock.MoveAsync(LongerThanARequest);
        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1"), 3);
        Stripe.Books.Kept.ShouldBe(1400);
    }

    [LongFact]
    public async Task Refund_that_is_never_answered_is_left_to_recovery_within_its_time()
    {
        await BuyAsync("pm_card_visa");
        Stripe.Faults.Add("POST", "/refunds", FaultKind.NoAnswer);
        var began = TimeProvider.System.GetTimestamp();

        (await RefundAsync(500)).Status.ShouldBe(200);

        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(
            TimeSpan.FromSeconds(PaymentsLimits.RefundAbandonedSeconds));
        (await RefundsAsync("state = 0")).ShouldBe(1);
        await Clock.MoveAsync(LongerThanARequest);
        await Eventually.ShouldBeAsync(() => RefundsAsync("state = 1"), 1, TimeSpan.FromSeconds(40));
        Stripe.Books.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(500);
    }
}

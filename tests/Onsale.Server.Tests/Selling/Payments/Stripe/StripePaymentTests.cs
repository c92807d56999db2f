using Onsale.PaymentDoubles;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Payments.Stripe;

/// <summary>Confirming with Stripe: what the buyer is answered, and what is taken.</summary>
public sealed class StripePaymentTests : IAsyncLifetime
{
    private StripeDouble _stripe = null!;
    private OnsaleNode _node = null!;
    private Crowd _crowd = null!;

    public async Task InitializeAsync()
    {
        _stripe = await StripeDouble.StartAsync();
        _node = await _stripe.StartNodeAsync();
        _crowd = new Crowd(_node);
    }

    public async Task DisposeAsync()
    {
        _crowd.Dispose();
        await _node.DisposeAsync();
        await _stripe.DisposeAsync();
    }

    [Fact]
    public async Task Card_that_succeeds_confirms_and_carries_the_booking()
    {
        var (@event, buyer, hold) = await HoldAsync();

        (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).State.ShouldBe("confirmed");

        var intent = _stripe.Books.Intents.ShouldHaveSingleItem();
        (intent.Status, intent.Amount, intent.Currency).ShouldBe(("succeeded", 2000, "usd"));
        intent.Metadata["onsale_booking"].ShouldBe(hold.ToString());
        intent.Metadata["onsale_event"].ShouldBe(@event.Id.ToString());
        (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).Status.ShouldBe(200);
        _stripe.Books.Kept.ShouldBe(2000);
        await ShouldBePaidAsync(@event);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData("pm_card_visa_chargeDeclined")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds")]
    public async Task Declined_card_leaves_the_hold_for_another(string card)
    {
        var (@event, buyer, hold) = await HoldAsync();

        var declined = await buyer.ConfirmAsync(@event, hold, card);

        (declined.Status, declined.Code).ShouldBe((402, "payment-declined"));
        declined["attemptsLeft"].GetInt32().ShouldBe(2);
        (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).State.ShouldBe("confirmed");
        _stripe.Books.Kept.ShouldBe(2000);
    }

    [Fact]
    public async Task Card_that_needs_authentication_is_confirmed_when_the_buyer_comes_back()
    {
        var (@event, buyer, hold) = await HoldAsync();

        var asked = await buyer.ConfirmAsync(@event, hold, "pm_card_threeDSecure2Required");

        (asked.Status, asked.Code).ShouldBe((202, "payment-action-required"));
        var intent = _stripe.Books.Intents.ShouldHaveSingleItem();
        asked["clientSecret"].GetString().ShouldBe(intent.ClientSecret);
        (await buyer.GetAsync(@event, hold)).State.ShouldBe("paying");
        var again = await buyer.ConfirmAsync(@event, hold, "pm_card_threeDSecure2Required");
        (again.Status, again["clientSecret"].GetString()).ShouldBe((202, intent.ClientSecret));
        (await _crowd.Join().ConfirmAsync(@event, hold, "pm_card_visa")).Status.ShouldBe(404);

        _stripe.Books.Authenticate(intent.Id, succeeds: true);

        (await buyer.ConfirmAsync(@event, hold, "pm_card_threeDSecure2Required")).State.ShouldBe("confirmed");
        _stripe.Books.Intents.Count.ShouldBe(1);
        await ShouldBePaidAsync(@event);
    }

    [Fact]
    public async Task Failed_authentication_is_a_decline_and_its_intent_can_never_be_paid()
    {
        var (@event, buyer, hold) = await HoldAsync();
        await buyer.ConfirmAsync(@event, hold, "pm_card_threeDSecure2Required");
        var intent = _stripe.Books.Intents.ShouldHaveSingleItem();
        _stripe.Books.Authenticate(intent.Id, succeeds: false);

        var declined = await buyer.ConfirmAsync(@event, hold, "pm_card_threeDSecure2Required");

        (declined.Status, declined.Code).ShouldBe((402, "payment-declined"));
        // The browser knows its client secret.
        intent.Status.ShouldBe("canceled");
        (await buyer.GetAsync(@event, hold)).State.ShouldBe("held");
    }

    [Fact]
    public async Task Payment_whose_end_is_answered_by_an_error_is_ended_by_the_next_look()
    {
        var (@event, buyer, hold) = await HoldAsync();
        await buyer.ConfirmAsync(@event, hold, "pm_card_threeDSecure2Required");
        var intent = _stripe.Books.Intents.ShouldHaveSingleItem();
        _stripe.Books.Authenticate(intent.Id, succeeds: false);
        // As often as the client library asks.
        _stripe.Faults.Add("POST", "/cancel", FaultKind.ErrorBefore, times: 2);
        (await buyer.ConfirmAsync(@event, hold, "none")).Code.ShouldBe("outcome-unknown");

        (await buyer.ConfirmAsync(@event, hold, "none")).Code.ShouldBe("payment-declined");

        intent.Status.ShouldBe("canceled");
    }

    [Fact]
    public async Task Debit_under_way_is_said_to_be_so_and_confirmed_once_it_succeeds()
    {
        var (@event, buyer, hold) = await HoldAsync();

        var first = await buyer.ConfirmAsync(@event, hold, "pm_usBankAccount_success");
        (first.Status, first.Code).ShouldBe((503, "outcome-unknown"));
        (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).Code.ShouldBe("outcome-unknown");
        var intent = _stripe.Books.Intents.ShouldHaveSingleItem("a second payment of the booking is not begun");

        _stripe.Books.Settle(intent.Id);

        (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).State.ShouldBe("confirmed");
        _stripe.Books.Kept.ShouldBe(2000);
    }

    [Theory]
    [InlineData("/payment_intents", "ErrorBefore", 402, "payment-unanswered")]
    [InlineData("/payment_intents", "ErrorAfter", 402, "payment-unanswered")]
    [InlineData("/payment_intents", "RateLimited", 402, "payment-unanswered")]
    [InlineData("/confirm", "ErrorBefore", 402, "payment-unanswered")]
    [InlineData("/confirm", "ErrorAfter", 200, null)]
    [InlineData("/confirm", "RateLimited", 402, "payment-unanswered")]
    public async Task Error_of_the_provider_is_answered_by_what_it_has_done(
        string path, string kind, int status, string? code)
    {
        var (@event, buyer, hold) = await HoldAsync();
        _stripe.Faults.Add("POST", path, Enum.Parse<FaultKind>(kind));

        var answer = await buyer.ConfirmAsync(@event, hold, "pm_card_visa");

        (answer.Status, answer.Code).ShouldBe((status, code));
        _stripe.Books.Kept.ShouldBe(status == 200 ? 2000 : 0);
        if (status != 200)
        {
            answer["attemptsLeft"].GetInt32().ShouldBe(3);
            (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).State.ShouldBe("confirmed");
        }

        _stripe.Books.Kept.ShouldBe(2000);
        await ShouldBePaidAsync(@event);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData("/payment_intents", "LostAnswer")]
    [InlineData("/payment_intents", "LostRequest")]
    [InlineData("/confirm", "LostAnswer")]
    [InlineData("/confirm", "LostRequest")]
    public async Task Broken_connection_is_repeated_with_the_same_key(string path, string kind)
    {
        var (@event, buyer, hold) = await HoldAsync();
        _stripe.Faults.Add("POST", path, Enum.Parse<FaultKind>(kind));

        (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).State.ShouldBe("confirmed");

        _stripe.Books.Intents.Count.ShouldBe(1);
        _stripe.Books.Kept.ShouldBe(2000);
    }

    [LongFact]
    public async Task Answer_that_never_comes_is_found_by_asking_for_the_intent()
    {
        var (@event, buyer, hold) = await HoldAsync();
        _stripe.Faults.Add("POST", "/confirm", FaultKind.NoAnswer);

        (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).State.ShouldBe("confirmed");

        _stripe.Books.Kept.ShouldBe(2000);
    }

    [Fact]
    public async Task Provider_that_cannot_be_asked_leaves_the_outcome_unknown_and_nothing_is_paid_twice()
    {
        var (@event, buyer, hold) = await HoldAsync();
        _stripe.Faults.Add("POST", "/confirm", FaultKind.ErrorAfter, times: 2);
        var down = _stripe.Faults.Add("GET", "", FaultKind.ErrorBefore, times: 2);

        var answer = await buyer.ConfirmAsync(@event, hold, "pm_card_visa");

        down.Met.IsCompletedSuccessfully.ShouldBeTrue();
        (answer.Status, answer.Code).ShouldBe((503, "outcome-unknown"));
        (await buyer.GetAsync(@event, hold)).State.ShouldBe("paying");
        _stripe.Books.Kept.ShouldBe(2000);
    }

    [Fact]
    public async Task Currency_that_stripe_does_not_know_is_refused_before_anything_is_asked()
    {
        var @event = await TestEvent.WithPoolsAsync(
            _node.DataSource, [10], made => made with { Currency = "IQD" });
        var buyer = _crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 2);

        var answer = await buyer.ConfirmAsync(@event, hold.Id, "pm_card_visa");

        (answer.Status, answer.Code).ShouldBe((503, "payments-unavailable"));
        _stripe.Books.Intents.ShouldBeEmpty();
        (await buyer.GetAsync(@event, hold.Id)).State.ShouldBe("held");
    }

    [Theory]
    [InlineData("JPY", 2000)]
    [InlineData("ISK", 200_000)]
    [InlineData("KWD", 2000)]
    [InlineData("EUR", 2000)]
    public async Task Amount_is_told_in_the_units_of_stripe(string currency, long amount)
    {
        var @event = await TestEvent.WithPoolsAsync(
            _node.DataSource, [10], made => made with { Currency = currency });
        var buyer = _crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 2);

        (await buyer.ConfirmAsync(@event, hold.Id, "pm_card_visa")).State.ShouldBe("confirmed");

        _stripe.Books.Intents.ShouldHaveSingleItem().Amount.ShouldBe(amount);
    }

    [Theory]
    [InlineData("currency=ISK&amount=25", 2500L)]
    [InlineData("currency=EUR&amount=2000", 2000L)]
    [InlineData("currency=IQD&amount=2000", null)]
    public async Task Checkout_is_told_the_key_the_script_and_the_amount_in_stripe_s_units(string query, long? amount)
    {
        var provider = await _crowd.Join().SendAsync(HttpMethod.Get, $"payments/provider?{query}");

        provider["name"].GetString().ShouldBe("stripe");
        provider["publishableKey"].GetString().ShouldBe(StripeDouble.PublishableKey);
        provider["scriptUrl"].GetString().ShouldEndWith("/stripe.js");
        provider.Body.ToString().ShouldNotContain(StripeDouble.SecretKey);
        provider.Body.ToString().ShouldNotContain(StripeWebhooks.Secret);
        (provider.Body.TryGetProperty("amount", out var units) ? units.GetInt64() : (long?)null).ShouldBe(amount);
    }

    [Theory]
    [InlineData("currency=EUR", "amount")]
    [InlineData("currency=EUR&amount=-1", "amount")]
    [InlineData("currency=EUR&amount=1e3", "amount")]
    [InlineData("currency=euro&amount=1", "currency")]
    [InlineData("amount=1", "currency")]
    public async Task Question_about_no_amount_is_refused(string query, string field)
    {
        var answer = await _crowd.Join().SendAsync(HttpMethod.Get, $"payments/provider?{query}");

        answer.Status.ShouldBe(400);
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Free_booking_needs_no_card_and_asks_stripe_nothing()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        await _node.DataSource.ExecuteAsync("update tiers set price = 0 where event_id = $1", @event.Id);
        var buyer = _crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 2);

        (await buyer.ConfirmAsync(@event, hold.Id, "none")).State.ShouldBe("confirmed");

        _stripe.Books.Intents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Token_that_is_none_only_looks_up_the_payment_under_way()
    {
        var (@event, buyer, hold) = await HoldAsync();
        (await buyer.ConfirmAsync(@event, hold, "none")).Code.ShouldBe("validation");
        await buyer.ConfirmAsync(@event, hold, "pm_card_threeDSecure2Required");

        (await buyer.ConfirmAsync(@event, hold, "none")).Code.ShouldBe("payment-action-required");
        _stripe.Books.Authenticate(_stripe.Books.Intents.Single().Id, succeeds: true);
        (await _crowd.Join().ConfirmAsync(@event, hold, "none")).Status.ShouldBe(400);
        (await buyer.ConfirmAsync(@event, hold, "none")).State.ShouldBe("confirmed");

        (await buyer.ConfirmAsync(@event, hold, "none")).State.ShouldBe("confirmed");
        _stripe.Books.Intents.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Token_of_another_provider_and_a_method_that_does_not_exist_take_nothing()
    {
        var (@event, buyer, hold) = await HoldAsync();

        (await buyer.ConfirmAsync(@event, hold, "sim_success")).Code.ShouldBe("validation");
        (await buyer.ConfirmAsync(@event, hold, "pm_nobodys")).Code.ShouldBe("payment-unanswered");

        _stripe.Books.Kept.ShouldBe(0);
        (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).State.ShouldBe("confirmed");
    }

    [Fact]
    public async Task Cancelled_booking_gets_its_money_back()
    {
        var (@event, buyer, hold) = await HoldAsync();
        (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).State.ShouldBe("confirmed");

        (await buyer.CancelAsync(@event, hold)).State.ShouldBe("cancelled");

        await Eventually.ShouldBeAsync(
            () => _node.DataSource.CountAsync("payments", "event_id = $1 and state = 4", @event.Id), 1);
        _stripe.Books.Kept.ShouldBe(0);
        await _node.ShouldBeSoundAsync(@event);
    }

    private async Task<(TestEvent Event, Booker Buyer, Guid Booking)> HoldAsync()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10], made => made with
        {
            CancellableUntil = TimeProvider.System.GetUtcNow().AddDays(1),
        });
        var buyer = _crowd.Join();
        return (@event, buyer, (await buyer.HoldTicketsAsync(@event, 2)).Id);
    }

    private Task ShouldBePaidAsync(TestEvent @event) => Eventually.ShouldBeAsync(
        () => _node.DataSource.CountAsync("payments", "event_id = $1 and state = 1", @event.Id), 1);
}

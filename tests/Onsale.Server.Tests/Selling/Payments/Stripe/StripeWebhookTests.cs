using System.Net;
using Onsale.PaymentDoubles;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Payments.Stripe;

/// <summary>The webhook: the one route that anybody can call, and what it takes from whom.</summary>
public sealed class StripeWebhookTests : IAsyncLifetime
{
    private const string OldSecret = "whsec_double_before";

    private readonly LogLines _log = new("Onsale.Server.Selling.Payments");
    private StripeDouble _stripe = null!;
    private OnsaleNode _node = null!;
    private Crowd _crowd = null!;

    public async Task InitializeAsync()
    {
        _stripe = await StripeDouble.StartAsync();
        _node = await StartAsync();
        _crowd = new Crowd(_node);
    }

    public async Task DisposeAsync()
    {
        _crowd.Dispose();
        await _node.DisposeAsync();
        await _stripe.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Authenticated_card_is_confirmed_by_its_event_when_the_buyer_never_comes_back()
    {
        var (@event, buyer, hold) = await AskedAsync();
        var intent = _stripe.Books.Authenticate(_stripe.Books.Intents.Single().Id, succeeds: true);

        (await DeliverAsync(Happened("payment_intent.succeeded"))).ShouldBe(HttpStatusCode.NoContent);

        await Eventually.ShouldBeAsync(async () => (await buyer.GetAsync(@event, hold)).State, "confirmed");
        await Eventually.ShouldBeAsync(() => StoredAsync("state = 1"), 1);
        intent.Status.ShouldBe("succeeded");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Failed_authentication_gives_the_hold_back_by_its_event()
    {
        var (@event, buyer, hold) = await AskedAsync();
        _stripe.Books.Authenticate(_stripe.Books.Intents.Single().Id, succeeds: false);

        await DeliverAsync(Happened("payment_intent.payment_failed"));

        await Eventually.ShouldBeAsync(async () => (await buyer.GetAsync(@event, hold)).State, "held");
        _stripe.Books.Intents.Single().Status.ShouldBe("canceled");
    }

    [Fact]
    public async Task Event_delivered_twenty_times_at_once_to_two_nodes_is_handled_once()
    {
        await using var other = await StartAsync();
        var (@event, buyer, hold) = await AskedAsync();
        _stripe.Books.Authenticate(_stripe.Books.Intents.Single().Id, succeeds: true);
        var succeeded = Happened("payment_intent.succeeded");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            using var response = await _stripe.Webhooks.DeliverAsync(
                EndpointOf(number % 2 == 0 ? _node : other), succeeded);
            return response.StatusCode;
        }));

        answers.ShouldAllBe(status => status == HttpStatusCode.NoContent);
        await Eventually.ShouldBeAsync(async () => (await buyer.GetAsync(@event, hold)).State, "confirmed");
        // The payment is noted after its booking is confirmed.
        await Eventually.ShouldBeAsync(() => StoredAsync("state = 1"), 1);
        (await StoredAsync("true")).ShouldBe(1);
        (await _node.DataSource.CountAsync("ledger_entries", "event_id = $1", @event.Id)).ShouldBe(1);
        (await _node.DataSource.CountAsync("tickets", "event_id = $1", @event.Id)).ShouldBe(2);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Reordered_and_repeated_events_leave_the_booking_where_the_intent_is()
    {
        var (@event, buyer, hold) = await AskedAsync();
        _stripe.Books.Authenticate(_stripe.Books.Intents.Single().Id, succeeds: true);

        foreach (var happened in _stripe.Books.Events.Reverse().Concat(_stripe.Books.Events))
            await DeliverAsync(happened);

        await Eventually.ShouldBeAsync(async () => (await buyer.GetAsync(@event, hold)).State, "confirmed");
        await Eventually.ShouldBeAsync(() => StoredAsync("state = 0"), 0);
        _stripe.Books.Kept.ShouldBe(2000);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData("whsec_of_somebody_else", 0)]
    [InlineData(StripeWebhooks.Secret, 400)]
    [InlineData(StripeWebhooks.Secret, 86_400)]
    [InlineData(StripeWebhooks.Secret, -400)]
    public async Task Wrong_and_old_signatures_are_refused_and_nothing_is_stored(string secret, int ageSeconds)
    {
        var forged = new StripeEvent(
            "evt_forged", "payment_intent.succeeded", _stripe.Books.Now, new() { ["id"] = "pi_1" });

        using var response = await _stripe.Webhooks.DeliverAsync(
            EndpointOf(_node), forged, [secret], TimeSpan.FromSeconds(ageSeconds));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("invalid-signature");
        (await StoredAsync("true")).ShouldBe(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t=1")]
    [InlineData("v1=00")]
    [InlineData("t=,v1=")]
    public async Task Request_without_a_signature_is_refused(string? signature)
    {
        using var response = await _stripe.Webhooks.PostAsync(EndpointOf(_node), "{}", signature);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Changed_body_is_refused()
    {
        var body = new StripeEvent("evt_1", "refund.created", _stripe.Books.Now, new() { ["id"] = "re_1" })
            .ToJson().ToJsonString();
        var signature = StripeWebhooks.Sign(body, TimeProvider.System.GetUtcNow(), StripeWebhooks.Secret);

        using var response = await _stripe.Webhooks.PostAsync(
            EndpointOf(_node), body.Replace("re_1", "re_2", StringComparison.Ordinal), signature);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Either_secret_is_good_during_a_rotation()
    {
        var first = new StripeEvent("evt_1", "refund.created", _stripe.Books.Now, new() { ["id"] = "re_1" });
        foreach (var secrets in new[] { [OldSecret], [StripeWebhooks.Secret], new[] { "whsec_new", OldSecret } })
        {
            using var response = await _stripe.Webhooks.DeliverAsync(EndpointOf(_node), first, secrets);
            response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Huge_body_is_refused_unread(bool isChunked)
    {
        var body = new string(' ', 300 * 1024);
        var signature = StripeWebhooks.Sign(body, TimeProvider.System.GetUtcNow(), StripeWebhooks.Secret);
        using var request = new HttpRequestMessage(HttpMethod.Post, EndpointOf(_node))
        {
            Content = new StringContent(body),
        };
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);

        using var response = await _node.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).ShouldContain("too-large");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":7,"type":"refund.created","created":1,"livemode":false,"data":{"object":{}}}""")]
    [InlineData("""{"id":"evt_1","type":"refund.created","created":1e99,"livemode":false,"data":{"object":{}}}""")]
    public async Task Signed_body_that_is_no_event_is_refused(string body)
    {
        using var response = await _stripe.Webhooks.PostAsync(
            EndpointOf(_node), body,
            StripeWebhooks.Sign(body, TimeProvider.System.GetUtcNow(), StripeWebhooks.Secret));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await StoredAsync("true")).ShouldBe(0);
    }

    [Fact]
    public async Task Event_of_live_mode_and_events_that_nobody_handles_are_taken_and_left_alone()
    {
        var live = new StripeEvent(
            "evt_live", "payment_intent.succeeded", _stripe.Books.Now, new() { ["id"] = "pi_1" }, IsLive: true);
        var other = new StripeEvent("evt_other", "customer.created", _stripe.Books.Now, new() { ["id"] = "cus_1" });

        (await DeliverAsync(live)).ShouldBe(HttpStatusCode.NoContent);
        (await DeliverAsync(other)).ShouldBe(HttpStatusCode.NoContent);

        (await StoredAsync("true")).ShouldBe(0);
    }

    [Fact]
    public async Task Payment_of_another_installation_is_left_alone_even_by_a_copy_of_its_database()
    {
        var (@event, buyer, hold) = await AskedAsync();
        _stripe.Books.Authenticate(_stripe.Books.Intents.Single().Id, succeeds: true);
        // As at a staging site on a copy of production's database: it knows the intent, and it is not its own.
        _stripe.Books.Intents.Single().Metadata["onsale_environment"] = "elsewhere";

        await DeliverAsync(Happened("payment_intent.succeeded"));

        await Eventually.ShouldBeAsync(() => StoredAsync("state = 2"), 1);
        (await buyer.GetAsync(@event, hold)).State.ShouldBe("paying");
    }

    [Fact]
    public async Task Paid_intent_of_ours_that_nobody_here_knows_is_an_alarm_and_its_event_is_kept()
    {
        await AskedAsync();
        // As after a restored backup, which does not have the payment.
        await _node.DataSource.ExecuteAsync("update stripe_intents set intent_id = 'pi_another'");
        var intent = _stripe.Books.Authenticate(_stripe.Books.Intents.Single().Id, succeeds: true);

        (await DeliverAsync(Happened("payment_intent.succeeded"))).ShouldBe(HttpStatusCode.NoContent);

        await Eventually.ShouldBeTrueAsync(
            () => _log.All.Any(line => line.StartsWith("ALARM") && line.Contains(intent.Id)), "the alarm is raised");
        await Eventually.ShouldBeAsync(() => StoredAsync("state = 0 and error is not null"), 1);
    }

    [Fact]
    public async Task Event_is_stored_before_it_is_answered_and_handled_when_the_provider_can_be_asked_again()
    {
        var (@event, buyer, hold) = await AskedAsync();
        _stripe.Books.Authenticate(_stripe.Books.Intents.Single().Id, succeeds: true);
        _stripe.Faults.Add("GET", _stripe.Books.Intents.Single().Id, FaultKind.ErrorBefore, times: 2);

        (await DeliverAsync(Happened("payment_intent.succeeded"))).ShouldBe(HttpStatusCode.NoContent);

        (await StoredAsync("true")).ShouldBe(1);
        await Eventually.ShouldBeAsync(async () => (await buyer.GetAsync(@event, hold)).State, "confirmed");
    }

    [Fact]
    public async Task What_was_not_delivered_during_an_outage_is_read_from_the_list_at_the_next_start()
    {
        var (@event, buyer, hold) = await AskedAsync();
        _stripe.Books.Authenticate(_stripe.Books.Intents.Single().Id, succeeds: true);

        await using var next = await StartAsync();

        await Eventually.ShouldBeAsync(async () => (await buyer.At(next).GetAsync(@event, hold)).State, "confirmed");
        (await StoredAsync("was_listed")).ShouldBeGreaterThan(0);
        await next.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Without_stripe_there_is_no_webhook()
    {
        await using var simulated = await OnsaleNode.StartAsync();

        using var response = await _stripe.Webhooks.PostAsync(EndpointOf(simulated), "{}", "t=1,v1=00");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<OnsaleNode> StartAsync() => await _stripe.StartNodeAsync(
        _node?.Database ?? await TestCluster.PrivateDatabaseAsync(), _log.Use,
        ("Onsale:Payments:Stripe:WebhookSecrets:1", OldSecret));

    private static Uri EndpointOf(OnsaleNode node) => new(node.Address, "/api/v1/payments/stripe/webhook");

    private async Task<HttpStatusCode> DeliverAsync(StripeEvent happened)
    {
        using var response = await _stripe.Webhooks.DeliverAsync(EndpointOf(_node), happened);
        return response.StatusCode;
    }

    private StripeEvent Happened(string type) => _stripe.Books.Events.Single(happened => happened.Type == type);

    private Task<long> StoredAsync(string condition) => _node.DataSource.CountAsync("stripe_events", condition);

    /// <summary>A booking whose card waits for its buyer.</summary>
    private async Task<(TestEvent Event, Booker Buyer, Guid Booking)> AskedAsync()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var buyer = _crowd.Join();
        var hold = (await buyer.HoldTicketsAsync(@event, 2)).Id;
        (await buyer.ConfirmAsync(@event, hold, "pm_card_threeDSecure2Required")).Status.ShouldBe(202);
        return (@event, buyer, hold);
    }
}

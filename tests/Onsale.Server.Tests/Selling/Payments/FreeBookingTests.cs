using System.Net.Http.Json;
using Onsale.PaymentDoubles;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Payments;

/// <summary>What costs nothing is confirmed without a payment provider, whichever there is.</summary>
public sealed class FreeBookingTests
{
    [Fact]
    public async Task Without_any_provider_what_is_free_is_confirmed_and_nothing_else()
    {
        await using var node = await OnsaleNode.StartAsync(settings: [("Onsale:Payments:Simulated", "false")]);
        await ShouldConfirmFreeAsync(node, new { });
        await ShouldConfirmFreeAsync(node, new { payment = new { token = "sim_decline" } });
        var (@event, buyer, hold) = await HoldAsync(node, price: 1000);

        (await ConfirmAsync(buyer, @event, hold, new { payment = new { token = "sim_success" } })).Code
            .ShouldBe("payments-unavailable");
    }

    [Fact]
    public async Task With_Stripe_what_is_free_never_gets_there()
    {
        await using var stripe = await StripeDouble.StartAsync();
        await using var node = await stripe.StartNodeAsync();

        await ShouldConfirmFreeAsync(node, new { });
        // What the shop sends, whichever provider there is.
        await ShouldConfirmFreeAsync(node, new { payment = new { token = "sim_success" } });

        stripe.Books.Intents.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_costs_something_needs_a_token_and_so_does_another_buyers_free_booking()
    {
        await using var node = await OnsaleNode.StartAsync();
        var (@event, buyer, hold) = await HoldAsync(node, price: 1000);
        (await ConfirmAsync(buyer, @event, hold, new { })).Code.ShouldBe("validation");

        var (free, _, ofOther) = await HoldAsync(node, price: 0);
        (await ConfirmAsync(buyer, free, ofOther, new { })).Code.ShouldBe("validation");
        (await ConfirmAsync(buyer, free, ofOther, new { payment = new { token = "sim_success" } })).Code
            .ShouldBe("booking-not-found");
    }

    [Fact]
    public async Task A_code_for_all_of_the_price_makes_a_booking_free_with_fee_and_tax()
    {
        await using var node = await OnsaleNode.StartAsync(settings: [("Onsale:Payments:Simulated", "false")]);
        var made = await OwnEvent.PublishedAsync(node, 10);
        var tier = (await made.GetAsync())["tiers"][0].GetProperty("id").GetGuid();
        await made.PutTierAsync(tier, new
        {
            name = "Tier 0",
            price = 1000,
            fee = new { @fixed = 250 },
            tax = new { basisPoints = 1900, added = true },
        });
        (await made.AskAsync(HttpMethod.Post, "/codes", new { text = "GUEST", percent = 100 })).Status.ShouldBe(201);
        var @event = await made.ToTestEventAsync();
        var buyer = await Booker.GuestAsync(node);
        var hold = await buyer.HoldAsync(
            @event, new { code = "GUEST", tickets = new[] { new { tierId = tier, quantity = 2 } } });
        hold["total"].GetProperty("amount").GetInt64().ShouldBe(0);

        (await ConfirmAsync(buyer, @event, hold.Id, new { })).State.ShouldBe("confirmed");

        (await node.DataSource.CountAsync("ledger_entries", "event_id = $1", @event.Id)).ShouldBe(0);
        await node.ShouldBeSoundAsync(@event);
    }

    private static async Task ShouldConfirmFreeAsync(OnsaleNode node, object request)
    {
        var (@event, buyer, hold) = await HoldAsync(node, price: 0);

        var confirmed = await ConfirmAsync(buyer, @event, hold, request);

        confirmed.Status.ShouldBe(200, confirmed.Body.ToString());
        confirmed["tickets"].GetArrayLength().ShouldBe(2);
        (await node.DataSource.CountAsync("payments", "event_id = $1", @event.Id)).ShouldBe(0);
        await node.ShouldBeSoundAsync(@event);
    }

    private static async Task<(TestEvent Event, Booker Buyer, Guid Booking)> HoldAsync(OnsaleNode node, long price)
    {
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10], made => made with
        {
            Tiers = [.. made.Tiers.Select(tier => tier with { Price = price })],
        });
        var buyer = await Booker.GuestAsync(node);
        var hold = await buyer.HoldTicketsAsync(@event, 2);
        hold.Status.ShouldBe(201, hold.Body.ToString());
        return (@event, buyer, hold.Id);
    }

    private static Task<Answer> ConfirmAsync(Booker buyer, TestEvent @event, Guid booking, object request) =>
        buyer.SendAsync(
            HttpMethod.Post, $"events/{@event.Id}/bookings/{booking}/confirm", JsonContent.Create(request));
}

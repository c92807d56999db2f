using Onsale.PaymentDoubles;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Payments.Stripe;

/// <summary>
/// A node that takes payments by a double of Stripe, an event at its door, and one booking of 20.00 USD.
/// </summary>
public abstract class StripeMoney : IAsyncLifetime
{
    private protected StripeDouble Stripe { get; private set; } = null!;

    private protected DatabaseClock Clock { get; private set; } = null!;

    private protected string Database { get; private set; } = "";

    private protected LogLines Log { get; } = new("Onsale.Server.Selling.Payments");

    private protected OnsaleNode Node { get; private set; } = null!;

    private protected OpenDoor Door { get; private set; } = null!;

    private protected Booker Buyer { get; set; } = null!;

    private protected Guid Booking { get; set; }

    public async Task InitializeAsync()
    {
        Stripe = await StripeDouble.StartAsync();
        Database = await TestCluster.PrivateDatabaseAsync();
        Clock = await DatabaseClock.InstallAsync(Database);
        Node = await Stripe.StartNodeAsync(Database, Log.Use);
        Door = await OpenDoor.OpenAsync(Node);
    }

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        await Clock.DisposeAsync();
        await Stripe.DisposeAsync();
        Log.Dispose();
    }

    private protected async Task<string[]> BuyAsync(string card)
    {
        Buyer = await Booker.GuestAsync(Node);
        Booking = (await Buyer.HoldTicketsAsync(Door.Event, 2)).Id;
        var confirmed = await Buyer.ConfirmAsync(Door.Event, Booking, card);
        confirmed.State.ShouldBe("confirmed");
        return [.. confirmed["tickets"].EnumerateArray().Select(ticket => ticket.GetProperty("code").GetString()!)];
    }

    /// <summary>Asks for a partial refund, at this node or another one.</summary>
    private protected Task<Answer> RefundAsync(long amount, string? key = null, OnsaleNode? at = null) =>
        (at ?? Node).AskAsync(
            HttpMethod.Post,
            $"organisations/{Door.Organisation.Id}/events/{Door.EventId}/bookings/{Booking}/refund",
            Door.Organisation.Owner.AccessToken, new { reason = "Asked for", amount },
            key is null ? null : ("Idempotency-Key", key));

    private protected Task<Answer> ShowAsync() => Door.Organisation.AskAsync(
        HttpMethod.Get, $"/events/{Door.EventId}/bookings/{Booking}");

    private protected async Task DeliverAllAsync()
    {
        foreach (var happened in Stripe.Books.Events)
            await DeliverAsync(happened);
    }

    private protected async Task DeliverAsync(StripeEvent happened)
    {
        using var response = await Stripe.Webhooks.DeliverAsync(
            new Uri(Node.Address, "/api/v1/payments/stripe/webhook"), happened);
        response.EnsureSuccessStatusCode();
    }

    private protected Task<long> PaymentsAsync(string condition) =>
        Node.DataSource.CountAsync("payments", $"event_id = $1 and {condition}", Door.EventId);

    private protected Task<long> RefundsAsync(string condition) =>
        Node.DataSource.CountAsync("refunds", $"event_id = $1 and {condition}", Door.EventId);

    private protected Task<long> DisputesAsync(string condition) =>
        Node.DataSource.CountAsync("payment_disputes", $"event_id = $1 and {condition}", Door.EventId);

    /// <summary>What the ledger says is at the provider.</summary>
    private protected async Task<long> BalanceAsync() => (await Node.DataSource.QueryAsync<long>(
        "select coalesce(sum(amounts[1]), 0)::bigint from ledger_entries where event_id = $1", Door.EventId)).Single();
}

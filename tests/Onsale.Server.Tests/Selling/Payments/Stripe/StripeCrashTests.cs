using Onsale.PaymentDoubles;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Payments.Stripe;

/// <summary>
/// A node that is killed at a step of a payment or refund by Stripe: another settles it, without a person.
/// </summary>
public sealed class StripeCrashTests : IAsyncLifetime
{
    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(121);
    private static readonly TimeSpan LongerThanARequest = TimeSpan.FromSeconds(31);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private StripeDouble _stripe = null!;
    private DatabaseClock _clock = null!;
    private OnsaleNode _other = null!;
    private ServerProcess _killed = null!;

    public async Task InitializeAsync()
    {
        _stripe = await StripeDouble.StartAsync();
        var database = await TestCluster.PrivateDatabaseAsync();
        _clock = await DatabaseClock.InstallAsync(database);
        _other = await _stripe.StartNodeAsync(database);
        _killed = await ServerProcess.StartAsync(new ServerOptions(ServerProcess.CreateDataDirectory()) with
        {
            Settings = StripeNodes.SettingsOf(_stripe).Append(("ConnectionStrings:Postgres", database))
                .ToDictionary(setting => setting.Item1, setting => setting.Item2, StringComparer.Ordinal),
        });
    }

    public async Task DisposeAsync()
    {
        await _killed.DisposeAsync();
        await _other.DisposeAsync();
        await _clock.DisposeAsync();
        await _stripe.DisposeAsync();
    }

    /// <param name="step">The request that is on its way when it is killed, and whose answer is lost.</param>
    /// <param name="when">When it happens at Stripe: before the node is killed, thereafter, or after another has
    /// settled it.</param>
    /// <param name="state">Where the booking is when it is settled.</param>
    [LongTheory]
    [InlineData("/payment_intents", Moment.Before, "held")]
    [InlineData("/payment_intents", Moment.Thereafter, "held")]
    [InlineData("/payment_intents", Moment.TooLate, "held")]
    [InlineData("/confirm", Moment.Before, "confirmed")]
    [InlineData("/confirm", Moment.Thereafter, "confirmed")]
    [InlineData("/confirm", Moment.TooLate, "held")]
    public async Task Payment_is_settled_by_another_node(string step, Moment when, string state)
    {
        var (@event, buyer, hold) = await HoldAsync();
        var fault = await KillAsync(
            step, when, () => buyer.At(_killed.Client).ConfirmAsync(@event, hold, "pm_card_visa"));
        await _clock.MoveAsync(LongerThanALease);

        await Eventually.ShouldBeAsync(async () => (await buyer.GetAsync(@event, hold)).State, state, Deadline);
        fault.Release();
        await fault.Done.WaitAsync(Deadline);
        if (state == "held")
        {
            _stripe.Books.Kept.ShouldBe(0);
            (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).State.ShouldBe("confirmed");
        }

        await ShouldBeEvenAsync(@event, 2000);
    }

    [LongTheory]
    [InlineData(Moment.Before)]
    [InlineData(Moment.Thereafter)]
    [InlineData(Moment.TooLate)]
    public async Task Refund_is_made_once_by_another_node(Moment when)
    {
        var (@event, buyer, hold) = await HoldAsync();
        (await buyer.ConfirmAsync(@event, hold, "pm_card_visa")).State.ShouldBe("confirmed");
        var fault = await KillAsync("/refunds", when, () => buyer.At(_killed.Client).CancelAsync(@event, hold));
        await _clock.MoveAsync(LongerThanARequest);

        await Eventually.ShouldBeAsync(
            () => _other.DataSource.CountAsync("payments", "event_id = $1 and state = 4", @event.Id), 1, Deadline);
        fault.Release();
        await fault.Done.WaitAsync(Deadline);
        _stripe.Books.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(2000);
        await ShouldBeEvenAsync(@event, 0);
    }

    /// <summary>Kills the node while it waits for the answer to a request.</summary>
    private async Task<Fault> KillAsync(string step, Moment when, Func<Task> ask)
    {
        var fault = _stripe.Faults.Add(
            "POST", step, when == Moment.Before ? FaultKind.HeldAfter : FaultKind.HeldBefore);
        var asking = ask();
        await fault.Met.WaitAsync(Deadline);
        await _killed.KillAsync();
        await Should.ThrowAsync<HttpRequestException>(asking);
        if (when != Moment.TooLate)
            fault.Release();
        if (when == Moment.Thereafter)
            await fault.Done.WaitAsync(Deadline);
        return fault;
    }

    private async Task<(TestEvent Event, Booker Buyer, Guid Booking)> HoldAsync()
    {
        var @event = await TestEvent.WithPoolsAsync(_other.DataSource, [10], made => made with
        {
            CancellableUntil = TimeProvider.System.GetUtcNow().AddDays(1),
        });
        var buyer = await Booker.GuestAsync(_other);
        return (@event, buyer, (await buyer.HoldTicketsAsync(@event, 2)).Id);
    }

    /// <summary>What is at the provider is what the ledger says, and the audit has nothing to say.</summary>
    private async Task ShouldBeEvenAsync(TestEvent @event, long kept)
    {
        await Eventually.ShouldBeAsync(async () => (await _other.DataSource.QueryAsync<long>(
            "select coalesce(sum(amounts[1]), 0)::bigint from ledger_entries where event_id = $1", @event.Id)).Single(),
            kept, Deadline);
        _stripe.Books.Kept.ShouldBe(kept);
        await _other.ShouldBeSoundAsync(@event);
    }

    /// <summary>When a request happens whose sender is killed.</summary>
    public enum Moment
    {
        Before,
        Thereafter,
        TooLate,
    }
}

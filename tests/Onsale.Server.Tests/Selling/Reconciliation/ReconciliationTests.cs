using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Selling.Reconciliation;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;
namespace Onsale.Server.Tests.Selling.Reconciliation;

/// <summary>The ledger is compared with the provider's books, and each difference is named until it is gone.</summary>
public sealed class ReconciliationTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;
    private OwnEvent _made = null!;
    private TestEvent _event = null!;

    public async Task InitializeAsync()
    {
        _node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        (_made, _event) = await OwnEvent.OnSaleAsync(_node, 20);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Payments_and_refunds_of_all_kinds_do_not_differ()
    {
        await PayAsync();
        var inPart = await PayAsync();
        await _made.AskAsync(HttpMethod.Post, $"/bookings/{inPart}/refund", new { reason = "x", amount = 250 });
        var whole = await PayAsync();
        await _made.AskAsync(HttpMethod.Post, $"/bookings/{whole}/refund", new { reason = "x", amount = 100 });
        await _made.AskAsync(HttpMethod.Post, $"/bookings/{whole}/cancel", new { reason = "x" });
        await Booker.GuestsAsync(_node, 1);

        (await CompareAsync()).GetProperty("differences").GetArrayLength().ShouldBe(0);
        (await _node.DataSource.QueryAsync<int>("select compared from reconciliation_runs")).ShouldBe([3]);
    }

    [Fact]
    public async Task What_only_one_side_has_or_has_otherwise_is_named_until_it_is_gone()
    {
        var lost = await PayAsync();
        var other = await PayAsync();
        await PayAsync();
        await _node.DataSource.ExecuteAsync(
            "delete from simulated_payments where reference = (select reference from payments where booking_id = $1)",
            lost);
        await _node.DataSource.ExecuteAsync(
            """
            update simulated_payments set state = 3
            where reference = (select reference from payments where booking_id = $1)
            """, other);
        await _node.DataSource.ExecuteAsync(
            "insert into simulated_payments (reference, token, amount, currency, state) values ($1, '', 700, 'EUR', 1)",
            House.NewId());

        var found = (await CompareAsync()).GetProperty("differences").EnumerateArray()
            .ToDictionary(one => one.GetProperty("bookingId").GetGuid());
        found.Keys.ShouldBe([lost, other], ignoreOrder: true);
        (Amount(found[lost], "ourTaken"), Amount(found[lost], "theirTaken")).ShouldBe((1000, 0));
        (Amount(found[other], "ourBack"), Amount(found[other], "theirBack")).ShouldBe((0, 1000));
        // What nobody here knows is nobody's: it is in the table and the log.
        (await _node.DataSource.QueryAsync<long>(
            "select their_taken from reconciliation_differences where organisation_id is null")).ShouldBe([700L]);

        await _node.DataSource.ExecuteAsync("update simulated_payments set state = 1 where state = 3");
        (await CompareAsync()).GetProperty("differences").EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("bookingId").GetGuid().ShouldBe(lost);
    }

    [Fact]
    public async Task What_is_being_settled_and_what_was_compared_today_wait()
    {
        await _node.DataSource.ExecuteAsync("update reconciliation_runs set begun_at = now() - interval '1 hour'");
        var booking = await PayAsync(settled: false);
        await _node.DataSource.ExecuteAsync("delete from simulated_payments");

        await RunAsync();
        (await _node.DataSource.CountAsync("reconciliation_differences")).ShouldBe(0);
        (await CompareAsync()).GetProperty("differences").GetArrayLength().ShouldBe(0);

        await SettleAsync(booking);
        (await CompareAsync()).GetProperty("differences").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Two_nodes_compare_once()
    {
        await using var second = await OnsaleNode.StartAsync(_node.Database);
        await DueAsync();

        var begun = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => (n % 2 == 0 ? _node : second).Services
            .GetRequiredService<ReconciliationStore>().BeginAsync("simulated", CancellationToken.None)));

        begun.Count(at => at is not null).ShouldBe(1);
    }

    private async Task<Guid> PayAsync(bool settled = true)
    {
        var buyer = await Booker.GuestAsync(_node);
        var booking = await buyer.BuyTicketsAsync(_event, 1);
        if (settled)
            await SettleAsync(booking);
        return booking;
    }

    /// <summary>As if it had been paid a while ago.</summary>
    private Task SettleAsync(Guid booking) => _node.DataSource.ExecuteAsync("""
        update payments set changed_at = changed_at - interval '1 hour', started_at = started_at - interval '1 hour'
        where booking_id = $1
        """, booking);

    private Task DueAsync() =>
        _node.DataSource.ExecuteAsync("update reconciliation_runs set begun_at = now() - interval '2 days'");

    private async Task<JsonElement> CompareAsync()
    {
        await _node.DataSource.ExecuteAsync("""
            update payments set changed_at = changed_at - interval '1 hour'
            where changed_at > now() - interval '10 minutes' and started_at < now() - interval '10 minutes'
            """);
        await Eventually.ShouldBeAsync(() => _node.DataSource.CountAsync("reconciliation_runs"), 1);
        await DueAsync();
        await RunAsync();
        return (await _made.Organisation.AskAsync(HttpMethod.Get, "/reconciliation")).Body;
    }

    private Task RunAsync() =>
        _node.Services.GetRequiredService<ProviderReconciliation>().RunAsync(CancellationToken.None);

    private static long Amount(JsonElement holder, string member) =>
        holder.GetProperty(member).GetProperty("amount").GetInt64();
}

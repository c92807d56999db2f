using Npgsql;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.Invoices;

/// <summary>Numbers without gaps, each once, whatever breaks and however many nodes issue.</summary>
public sealed class InvoiceNumbersTests : IAsyncLifetime
{
    private string _database = "";
    private OnsaleNode _node = null!;
    private OwnEvent _made = null!;
    private TestEvent _event = null!;

    public async Task InitializeAsync()
    {
        _database = await TestCluster.PrivateDatabaseAsync();
        _node = await OnsaleNode.StartAsync(_database);
        (_made, _event) = await OwnEvent.OnSaleAsync(_node, 2000);
        await InvoiceTests.SetAsync(_made, isOn: true);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Thousand_confirmations_at_once_on_two_nodes_have_the_numbers_1_to_1000()
    {
        await using var other = await OnsaleNode.StartAsync(_database);
        await Task.WhenAll(BuyAsync(_node, 500), BuyAsync(other, 500));

        await ShouldBeNumberedAsync(1000);

        await _node.ShouldBeSoundAsync(_event);
    }

    [Fact]
    public async Task Issuing_that_breaks_in_its_middle_leaves_no_gap_and_no_double()
    {
        await using var other = await OnsaleNode.StartAsync(_database);
        // The fifth document cannot be written: the four before it in the transaction go with it.
        await _node.DataSource.ExecuteAsync(
            "alter table invoices add constraint broken check (number <> 5) not valid");
        await BuyAsync(_node, 20);
        await Eventually.ShouldBeTrueAsync(
            async () => await _node.DataSource.CountAsync("ledger_entries", "event_id = $1", _made.Id) == 20,
            "all is paid");
        await _node.Services.GetRequiredIssuer().RunAsync(CancellationToken.None);
        (await _node.DataSource.CountAsync("invoices", "event_id = $1", _made.Id)).ShouldBeLessThan(5);

        await _node.DataSource.ExecuteAsync("alter table invoices drop constraint broken");

        await ShouldBeNumberedAsync(20);
    }

    [Fact]
    public async Task Sessions_that_are_killed_while_two_nodes_issue_leave_no_gap_and_no_double()
    {
        await using var other = await OnsaleNode.StartAsync(_database);
        await using var killer = NpgsqlDataSource.Create(_database);
        var killed = 0L;
        for (var round = 0; round < 15; round++)
        {
            await BuyAsync(round % 2 == 0 ? _node : other, 10);
            var issuing = Task.WhenAll(
                TryIssueAsync(_node), TryIssueAsync(other), TryIssueAsync(_node), TryIssueAsync(other));
            while (!issuing.IsCompleted)
            {
                killed += (await killer.QueryAsync<long>(
                    """
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
                        and query like '%into invoices (%'
                    """)).Single();
            }

            await issuing;
        }

        killed.ShouldBeGreaterThan(0, "no session was killed while it issued, so this shows nothing");
        await ShouldBeNumberedAsync(150);
    }

    private static async Task TryIssueAsync(OnsaleNode node)
    {
        try
        {
            await node.Services.GetRequiredIssuer().RunAsync(CancellationToken.None);
        }
        catch (Exception exception) when (Onsale.Platform.Http.Errors.IsDatabaseUnavailable(exception))
        {
            // Its session was killed: what this is about.
        }
    }

    private async Task BuyAsync(OnsaleNode node, int bookings)
    {
        using var crowd = new Crowd(node);
        var buyers = Enumerable.Range(0, bookings).Select(_ => crowd.Join()).ToList();
        await Task.WhenAll(buyers.Select(buyer => buyer.BuyTicketsAsync(_event, 1)));
    }

    private async Task ShouldBeNumberedAsync(int count)
    {
        await Eventually.ShouldBeAsync(() => _node.DataSource.CountAsync("invoices", "event_id = $1", _made.Id), count);
        (await _node.DataSource.QueryAsync<long>(
            "select number from invoices where event_id = $1 order by number", _made.Id))
            .ShouldBe(Enumerable.Range(1, count).Select(number => (long)number));
        (await _node.DataSource.QueryAsync<long>(
            "select count(distinct booking_id) from invoices where event_id = $1", _made.Id)).Single().ShouldBe(count);
        (await _node.FaultsAsync(_event)).ShouldBeEmpty();
    }
}

internal static class IssuerOfNode
{
    public static Onsale.Server.Delivery.Invoices.InvoiceIssuer GetRequiredIssuer(this IServiceProvider services) =>
        (Onsale.Server.Delivery.Invoices.InvoiceIssuer)services.GetService(
            typeof(Onsale.Server.Delivery.Invoices.InvoiceIssuer))!;
}

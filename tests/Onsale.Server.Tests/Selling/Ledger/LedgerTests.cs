using Npgsql;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Ledger;

/// <summary>Every movement of money is in the ledger once, and the ledger always balances.</summary>
public sealed class LedgerTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task A_payment_and_what_goes_back_of_it_are_entries_that_balance()
    {
        var (made, @event, booking) = await PaidAsync();

        (await RefundAsync(made, booking, 250)).Status.ShouldBe(200);
        (await EntriesAsync(made.Id)).ShouldBe(
        [
            "1 provider:simulated=2000 sales=-2000", "3 provider:simulated=-250 sales=250",
        ]);

        (await made.AskAsync(HttpMethod.Post, $"/bookings/{booking}/cancel", new { reason = "ill" })).Status
            .ShouldBe(200);
        (await EntriesAsync(made.Id))[2].ShouldBe("3 provider:simulated=-1750 sales=1750");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData("cash", "counter:cash")]
    [InlineData("card", "counter:card")]
    [InlineData("invoice", "receivable:invoice")]
    public async Task A_sale_at_the_counter_is_an_entry_by_how_it_is_paid(string method, string account)
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);

        var sold = await made.SellAsync(1, method);

        (await EntriesAsync(made.Id)).ShouldBe([$"2 {account}=1000 sales=-1000"]);
        (await made.AskAsync(HttpMethod.Post, $"/bookings/{sold.Id}/cancel", new { reason = "x" })).Status
            .ShouldBe(200);
        (await EntriesAsync(made.Id))[1].ShouldBe($"3 {account}=-1000 sales=1000");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task What_is_given_away_moves_no_money()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);

        await made.SellAsync(1, "comp");

        (await EntriesAsync(made.Id)).ShouldBeEmpty();
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_chargeback_of_what_a_refund_has_left_leaves_each_account_even()
    {
        var made = await OwnEvent.DraftAsync(_node);
        await made.PutTierAsync(new
        {
            name = "Tier",
            price = 1000,
            capacity = 10,
            // Half of what is paid: an odd amount that goes back divides in two halves of a unit.
            fee = new { @fixed = 1000, fromBuyer = true },
        });
        (await made.AskAsync(HttpMethod.Post, "/publish")).Status.ShouldBe(200);
        var @event = await made.ToTestEventAsync();
        var buyer = await Booker.GuestAsync(_node);
        var booking = await buyer.BuyTicketsAsync(@event, 3);
        (await RefundAsync(made, booking, 777)).Status.ShouldBe(200);

        await _node.DataSource.ExecuteAsync(
            $"""
            with disputed as (
                select event_id, booking_id, attempt, $2::uuid as id, 'dp_1' as reference, amount - refunded as amount,
                    0 as state
                from payments where event_id = $1)
            {Onsale.Server.Selling.Ledger.LedgerSql.PostChargebacks}
            """, made.Id, House.NewId());

        (await _node.DataSource.QueryAsync<long>(
            """
            select sum(amount)::bigint from ledger_entries cross join unnest(accounts, amounts) as p (account, amount)
            where event_id = $1 group by account
            """, made.Id)).ShouldBe([0L, 0L, 0L]);
    }

    [Fact]
    public async Task Refunds_at_once_never_exceed_what_was_paid_and_each_is_one_entry()
    {
        var (made, @event, booking) = await PaidAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RefundAsync(made, booking, 300)));

        answers.Count(answer => answer.Status == 200).ShouldBe(6);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Code == "refund-exceeds-payment");
        (await _node.DataSource.QueryAsync<long>(
            "select sum(amounts[1])::bigint from ledger_entries where event_id = $1", made.Id)).ShouldBe([200L]);
        (await _node.DataSource.CountAsync("ledger_entries", "event_id = $1", made.Id)).ShouldBe(7);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_repeated_refund_is_one_entry()
    {
        var (made, @event, booking) = await PaidAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5)
            .Select(_ => RefundAsync(made, booking, 300, key: "refund-1")));

        answers.ShouldAllBe(answer => answer.Status == 200);
        (await _node.DataSource.CountAsync("ledger_entries", "event_id = $1 and kind = 3", made.Id)).ShouldBe(1);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData("update ledger_entries set provider = provider")]
    [InlineData("delete from ledger_entries")]
    [InlineData("truncate ledger_entries")]
    public async Task Entries_are_final(string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => _node.DataSource.ExecuteAsync(sql));

        refused.MessageText.ShouldBe("rows of ledger_entries are never changed");
    }

    [Theory]
    [InlineData("array['a', 'b'], array[10, -9]")]
    [InlineData("array['a'], array[0]")]
    [InlineData("array['a', 'b', 'c'], array[10, -10]")]
    [InlineData("array['a', 'b'], array[10, null]")]
    public async Task What_does_not_balance_is_refused(string postings)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => _node.DataSource.ExecuteAsync($"""
            insert into ledger_entries (event_id, organisation_id, booking_id, attempt, kind, accounts, amounts,
                currency, provider, reference, at)
            select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 1, {postings}, 'EUR', 'x', 'x', now()
            """));

        refused.SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
    }

    [Fact]
    public async Task The_audit_finds_a_payment_without_its_entry_and_an_entry_without_its_payment()
    {
        var (_, @event, booking) = await PaidAsync();
        await _node.DataSource.ExecuteAsync(
            "update payments set amount = 1999 where event_id = $1 and booking_id = $2", @event.Id, booking);
        (await _node.FaultsAsync(@event)).ShouldHaveSingleItem().ShouldContain("1999 EUR, by the ledger 2000 EUR");

        await _node.DataSource.ExecuteAsync(
            "update payments set amount = 2000, refunded = 5 where event_id = $1 and booking_id = $2",
            @event.Id, booking);
        await _node.ShouldBeSoundAsync(@event);
        await _node.DataSource.ExecuteAsync("""
            insert into refunds (event_id, id, booking_id, attempt, state, amount, reason, created_by)
            values ($1, $2, $3, 1, 1, 5, 'x', $2)
            """, @event.Id, House.NewId(), booking);
        (await _node.FaultsAsync(@event)).ShouldHaveSingleItem().ShouldContain("5 has gone back");
    }

    [Fact]
    public async Task What_goes_back_divides_among_the_accounts_and_ends_exactly_even()
    {
        // 1,000 with 70 of fees and 159 of tax, back in uneven parts.
        long[] paid = [1000, -70, -159, -771];
        var back = new decimal[4];
        foreach (var amount in (long[])[333, 1, 1, 332, 7, 326])
        {
            var parts = (await _node.DataSource.QueryAsync<long[]>(
                "select refund_parts($1, $2, $3)", paid, back, amount))[0];
            parts.Sum().ShouldBe(0);
            parts[0].ShouldBe(-amount);
            for (var i = 0; i < parts.Length; i++)
                back[i] += parts[i];
            // Never more than half a unit from its share.
            for (var i = 1; i < 3; i++)
                Math.Abs(back[i] - (paid[i] * back[0] / 1000)).ShouldBeLessThanOrEqualTo(0.5m);
        }

        back.ShouldBe([-1000, 70, 159, 771]);
    }

    private async Task<(OwnEvent Made, TestEvent Event, Guid Booking)> PaidAsync()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        var buyer = await Booker.GuestAsync(_node);
        return (made, @event, await buyer.BuyTicketsAsync(@event, 2));
    }

    private static Task<Answer> RefundAsync(OwnEvent made, Guid booking, long amount, string? key = null) =>
        made.Organisation.Node.AskAsync(
            HttpMethod.Post, $"organisations/{made.Organisation.Slug}/events/{made.Id}/bookings/{booking}/refund",
            made.Organisation.Owner.AccessToken, new { reason = "x", amount },
            key is null ? null : ("Idempotency-Key", key));

    private Task<IReadOnlyList<string>> EntriesAsync(Guid eventId) => _node.DataSource.QueryAsync<string>("""
        select kind || ' ' || (
            select string_agg(account || '=' || amount, ' ' order by line)
            from unnest(accounts, amounts) with ordinality as p (account, amount, line))
        from ledger_entries where event_id = $1 order by number
        """, eventId);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Onsale.Inventory.Engine.Audit;
using Onsale.Platform.Database;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Ledger;

/// <summary>What happened before there was a ledger is in it afterwards.</summary>
public sealed class LedgerBackfillTests
{
    private static readonly Guid s_event = House.NewId();

    [Fact]
    public async Task Payments_and_refunds_of_before_become_entries()
    {
        var database = await TestCluster.EmptyDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(database);
        var number = OnsaleApp.Migrations.All.Single(migration => migration.Name.EndsWith("_ledger")).Number;
        await MigrateAsync(dataSource, new MigrationScripts([.. OnsaleApp.Migrations.All.Take(number - 1)]));
        await AddEventAsync(dataSource);
        // Paid; paid and given back in part; given back whole after a part; declined; moved; cash; given away.
        await AddPaymentAsync(dataSource, "simulated", state: 1, amount: 1000);
        var inPart = await AddPaymentAsync(dataSource, "simulated", state: 1, amount: 3000, refunded: 700);
        await AddRefundAsync(dataSource, inPart, 1, 500);
        await AddRefundAsync(dataSource, inPart, 0, 200);
        var whole = await AddPaymentAsync(dataSource, "cash", state: 4, amount: 2000, refunded: 2000);
        await AddRefundAsync(dataSource, whole, 1, 300);
        await AddPaymentAsync(dataSource, "simulated", state: 2, amount: 100);
        await AddPaymentAsync(dataSource, "simulated", state: 5, amount: 100);
        await AddPaymentAsync(dataSource, "simulated", state: 3, amount: 400);
        await AddPaymentAsync(dataSource, "comp", state: 1, amount: 0);

        await MigrateAsync(dataSource, OnsaleApp.Migrations);

        (await dataSource.QueryAsync<string>("""
            select kind || ' ' || accounts[1] || ' ' || amounts[1] from ledger_entries
            where event_id = $1 order by kind, amounts[1]
            """, s_event)).ShouldBe(
        [
            "1 provider:simulated 400", "1 provider:simulated 1000", "1 provider:simulated 3000", "2 counter:cash 2000",
            "3 counter:cash -1700", "3 provider:simulated -500", "3 counter:cash -300",
        ]);
        await using var node = await OnsaleNode.StartAsync(database);
        (await node.Services.GetRequiredService<Auditor>().AuditAsync(s_event, replay: false)).ShouldBeEmpty();
    }

    private static Task MigrateAsync(NpgsqlDataSource dataSource, MigrationScripts scripts) =>
        new Migrator(scripts, TimeProvider.System, NullLogger<Migrator>.Instance)
            .MigrateAsync(dataSource, CancellationToken.None);

    private static Task AddEventAsync(NpgsqlDataSource dataSource) => dataSource.ExecuteAsync("""
        with org as (
            insert into organisations (id, slug, name) values (gen_random_uuid(), 'o', 'O') returning id),
        venue as (
            insert into venues (id, organisation_id, slug, name, city, country, address, time_zone)
            select gen_random_uuid(), id, 'v', 'V', 'C', 'DE', '', 'UTC' from org returning id, organisation_id),
        event as (
            insert into events (id, organisation_id, venue_id, slug, title, category, starts_at, ends_at, time_zone,
                currency, on_sale_at, off_sale_at)
            select $1, organisation_id, id, 'e', 'E', 'other', now(), now(), 'UTC', 'EUR', now(),
                now() + interval '1 day'
            from venue returning id)
        select 1::text from event
        """, s_event);

    private static async Task<Guid> AddPaymentAsync(
        NpgsqlDataSource dataSource, string provider, int state, long amount, long refunded = 0)
    {
        var booking = House.NewId();
        await dataSource.ExecuteAsync("""
            insert into payments (event_id, booking_id, attempt, buyer_id, provider, reference, state, amount, currency,
                refunded)
            values ($1, $2, 1, $2, $3, gen_random_uuid(), $4, $5, 'EUR', $6)
            """, s_event, booking, provider, state, amount, refunded);
        return booking;
    }

    private static Task AddRefundAsync(NpgsqlDataSource dataSource, Guid booking, int state, long amount) =>
        dataSource.ExecuteAsync("""
            insert into refunds (event_id, id, booking_id, attempt, state, amount, reason, created_by)
            values ($1, gen_random_uuid(), $2, 1, $3, $4, 'x', $2)
            """, s_event, booking, state, amount);
}

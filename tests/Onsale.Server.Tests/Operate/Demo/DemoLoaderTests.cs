using System.Net;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Operate.Demo;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Operate.Demo;

public sealed class DemoLoaderTests
{
    private static readonly (string, string)[] DemoOn = [("Onsale:Demo", "true")];

    [Fact]
    public async Task The_first_start_loads_the_demo_and_the_second_finds_it()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using (var first = await OnsaleNode.StartAsync(database, DemoOn))
        {
            await ShouldHaveTheDemoAsync(first.DataSource);
            await ShouldSignInAsync(first, "lantern-demo-tickets");
        }

        // Two at once, as after a deployment; then one with another password.
        var chosen = DemoOn.Append(("Onsale:DemoPassword", "another fine password"));
        var nodes = await Task.WhenAll(
            OnsaleNode.StartAsync(database, DemoOn), OnsaleNode.StartAsync(database, DemoOn));
        await nodes[0].DisposeAsync();
        await nodes[1].DisposeAsync();
        await using var third = await OnsaleNode.StartAsync(database, chosen);
        await ShouldHaveTheDemoAsync(third.DataSource);
        await ShouldSignInAsync(third, "another fine password");
    }

    [Fact]
    public async Task Nothing_is_loaded_without_demo_mode_or_beside_other_events()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using (var plain = await OnsaleNode.StartAsync(database))
            (await CountAsync(plain.DataSource, "events")).ShouldBe(0);

        await using var dataSource = NpgsqlDataSource.Create(database);
        await using (var connection = await dataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("""
                insert into organisations (id, slug, name) values (gen_random_uuid(), 'own', 'Own');
                insert into venues (id, organisation_id, slug, name, city, country, address, time_zone)
                select gen_random_uuid(), id, 'own', 'Own', 'Bern', 'CH', '', 'Europe/Zurich' from organisations;
                insert into events (id, organisation_id, venue_id, slug, title, category, starts_at, ends_at, time_zone,
                                    currency, on_sale_at, off_sale_at)
                select gen_random_uuid(), organisation_id, id, 'own', 'Own', 'x', now(), now(), 'Europe/Zurich', 'CHF',
                       now(), now() + interval '1 day' from venues
                """);
        }

        await using var demo = await OnsaleNode.StartAsync(database, DemoOn);
        (await CountAsync(demo.DataSource, "events")).ShouldBe(1);
        (await CountAsync(demo.DataSource, "accounts")).ShouldBe(0);
    }

    [LongTheory]
    [InlineData("http://0.0.0.0:0", null)]
    [InlineData("http://127.0.0.1:0", "10.0.0.0/8")]
    public async Task Where_others_can_connect_the_demo_accounts_have_a_password_of_their_own(
        string url, string? trustedProxies)
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        (string, string)[] settings = [.. DemoOn, ("urls", url), ("Onsale:TrustedProxies", trustedProxies ?? "")];
        string password;
        await using (var open = await OnsaleNode.StartAsync(database, settings))
        {
            password = open.Services.GetRequiredService<DemoAccounts>().Password;
            using var client = new HttpClient
            {
                BaseAddress = new UriBuilder(open.Address) { Host = "127.0.0.1" }.Uri,
            };
            using var known = await client.PostAsJsonAsync(
                "/api/v1/auth/login", new { email = "operator@example.com", password = "lantern-demo-tickets" });
            known.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            await ShouldSignInAsync(client, password);
        }

        // The same after a restart, another for another database, and the known one for this machine alone.
        await using (var again = await OnsaleNode.StartAsync(database, settings))
            again.Services.GetRequiredService<DemoAccounts>().Password.ShouldBe(password);
        await using (var local = await OnsaleNode.StartAsync(database, DemoOn))
            await ShouldSignInAsync(local, "lantern-demo-tickets");
    }

    [Theory]
    [InlineData("urls=http://localhost:8080;http://127.0.0.1:1;http://[::1]:2", true)]
    [InlineData("urls=http://localhost:8080;http://+:80", false)]
    [InlineData("urls=http://*:80", false)]
    [InlineData("urls=http://192.168.0.4:80", false)]
    [InlineData("http_ports=8080", false)]
    [InlineData("Kestrel:Endpoints:Http:Url=http://localhost:80|Kestrel:Endpoints:Other:Url=http://[::]:81", false)]
    [InlineData("urls=http://0.0.0.0:1|Kestrel:Endpoints:Http:Url=http://localhost:80", true)]
    [InlineData("", true)]
    public void Addresses_of_this_machine_only_are_told_from_others(string settings, bool areLocal)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings
            .Split('|', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=', 2))
            .Select(pair => KeyValuePair.Create<string, string?>(pair[0], pair[1]))).Build();

        ListenAddresses.AreOnlyLocal(configuration).ShouldBe(areLocal);
    }

    [Fact]
    public async Task The_stored_plans_are_read_back_as_they_were_drawn()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var node = await OnsaleNode.StartAsync(database, DemoOn);
        var plans = node.Services.GetRequiredService<SeatingPlanCache>();

        foreach (var venue in DemoVenues.All().Where(venue => venue.Plan is not null))
        {
            var drawn = SeatingPlanCompiler.Compile(venue.Plan!);
            var stored = (await plans.GetAsync(venue.PlanId)).ShouldNotBeNull();

            stored.ContentHash.ShouldBe(drawn.ContentHash);
            Enumerable.Range(0, drawn.SeatCount).ShouldAllBe(seat =>
                stored.PositionOf(seat) == drawn.PositionOf(seat) && stored.LabelOf(seat) == drawn.LabelOf(seat));
            (await plans.GetAsync(venue.PlanId)).ShouldBeSameAs(stored);
        }

        (await plans.GetAsync(Guid.AllBitsSet)).ShouldBeNull();
    }

    private static async Task ShouldHaveTheDemoAsync(NpgsqlDataSource dataSource)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var places = (await connection.QueryAsync<(string Slug, long Seats, long Pooled, long Tiers)>("""
            select slug, (select count(*) from seats s where s.event_id = e.id),
                (select coalesce(sum(capacity), 0) from pools p where p.event_id = e.id),
                (select count(*) from tiers t where t.event_id = e.id)
            from events e where status = 1
            """)).ToDictionary(row => row.Slug, row => (row.Seats, row.Pooled, row.Tiers), StringComparer.Ordinal);
        places.Count.ShouldBe(18);
        places["limited-concert"].ShouldBe((0, 2, 1));
        places["club-night"].ShouldBe((0, 650, 3));
        places["symphony-grand-hall"].ShouldBe((1_000, 0, 3));
        places["stadium-tour"].ShouldBe((50_000, 10_000, 5));
        (await CountAsync(dataSource, "inventory")).ShouldBe(18);
        (await connection.QueryAsync<string>(
                "select slug from events where series_id is not null order by starts_at"))
            .ShouldBe(["night-sky-hour", "night-sky-hour-2", "night-sky-hour-3"]);
        (await CountAsync(dataSource, "accounts")).ShouldBe(7);
        (await connection.QueryAsync<short>("select role from organisation_members order by role"))
            .ShouldBe([1, 2, 3, 4, 5]);
        (await connection.ExecuteScalarAsync<bool>(
            "select bool_and((on_sale_at > now()) = (slug = 'midnight-drop') and starts_at > now()) from events"))
            .ShouldBeTrue();
        (await connection.ExecuteScalarAsync<long>(
                "select count(distinct venues.city) from venues join events on venue_id = venues.id"))
            .ShouldBeGreaterThan(8);
    }

    private static Task ShouldSignInAsync(OnsaleNode node, string password) =>
        ShouldSignInAsync(node.Client, password);

    private static async Task ShouldSignInAsync(HttpClient client, string password)
    {
        foreach (var person in (string[])["organiser", "manager", "boxoffice", "analyst", "door", "buyer", "operator"])
        {
            using var answer = await client.PostAsJsonAsync(
                "/api/v1/auth/login", new { email = $"{person}@example.com", password });
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, person);
        }
    }

    private static async Task<long> CountAsync(NpgsqlDataSource dataSource, string table)
    {
        await using var command = dataSource.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

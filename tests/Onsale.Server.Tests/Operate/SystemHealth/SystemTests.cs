using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Operate.SystemHealth;

public sealed class SystemTests
{
    [Fact]
    public async Task Operator_sees_nodes_dependencies_lanes_jobs_and_mails()
    {
        await using var redis = await RedisServer.StartAsync();
        var database = await TestCluster.PrivateDatabaseAsync();
        (string, string)[] settings = [("ConnectionStrings:Redis", redis.ConnectionString)];
        await using var first = await OnsaleNode.StartAsync(database, settings);
        await using var second = await OnsaleNode.StartAsync(database, settings);
        var @event = await TestEvent.WithPoolsAsync(first.DataSource, [10]);
        var guest = await Booker.GuestAsync(first);
        (await guest.HoldTicketsAsync(@event, 3)).Status.ShouldBe(201);
        var token = await OperatorAsync(first);

        await Eventually.ShouldPassAsync(async () =>
        {
            var system = await first.AskAsync(HttpMethod.Get, "operate/system", token);
            system.Status.ShouldBe(200, system.Body.ToString());
            var nodes = system["nodes"].EnumerateArray().ToList();
            nodes.Count.ShouldBe(2);
            nodes.ShouldContain(node => node.GetProperty("id").GetGuid() == system["node"].GetGuid());
            nodes.ShouldAllBe(node => node.GetProperty("version").GetString()!.Length > 0);
            var states = system["dependencies"].EnumerateArray().ToDictionary(
                one => one.GetProperty("name").GetString()!, one => one.GetProperty("state").GetString());
            (states["postgres"], states["redis"], states["mail"]).ShouldBe(("up", "up", "off"));
            var lane = system["lanes"].EnumerateArray().Single();
            lane.GetProperty("title").GetString().ShouldBe("Evening");
            (lane.GetProperty("total").GetInt32(), lane.GetProperty("available").GetInt32()).ShouldBe((10, 7));
            system["jobs"].EnumerateArray().ShouldContain(job =>
                job.GetProperty("name").GetString() == "outbox" && job.GetProperty("failures").GetInt32() == 0);
            system["database"].GetProperty("connections").GetInt32().ShouldBeGreaterThan(0);
        });

        await redis.KillAsync();
        await Eventually.ShouldPassAsync(async () =>
        {
            var system = await first.AskAsync(HttpMethod.Get, "operate/system", token);
            var down = system["dependencies"][1];
            down.GetProperty("state").GetString().ShouldBe("down");
            down.TryGetProperty("failedAt", out _).ShouldBeTrue();
        });
    }

    [Fact]
    public async Task Mails_that_were_given_up_are_listed_without_addresses_and_run_again()
    {
        await using var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        await node.DataSource.ExecuteAsync("""
            insert into mails (cause, kind, priority, recipient, recipient_name, language, subject, text_body,
                html_body, state, attempts, error)
            select 'test:' || number, 'test', 1, 'ada' || number || '@buyers.example', 'Ada', 'en', 's', 't', 'h', 3, 9,
                '550 <ada' || number || '@buyers.example> is unknown'
            from generate_series(1, 3) number
            """);
        var token = await OperatorAsync(node);

        var listed = await node.AskAsync(HttpMethod.Get, "operate/mails", token);
        var one = listed["data"][0].GetProperty("id").GetGuid();
        var retried = await node.AskAsync(HttpMethod.Post, $"operate/mails/{one}/retry", token);
        var twice = await node.AskAsync(HttpMethod.Post, $"operate/mails/{one}/retry", token);
        var rest = await node.AskAsync(HttpMethod.Post, "operate/mails/retry", token);

        listed["total"].GetInt32().ShouldBe(3);
        listed.Body.ToString().ShouldNotContain("ada");
        listed["data"][0].GetProperty("domain").GetString().ShouldBe("buyers.example");
        retried.Status.ShouldBe(204);
        twice.ShouldRefuse(404, "not-found");
        (await node.AskAsync(HttpMethod.Post, "operate/mails/nonsense/retry", token)).ShouldRefuse(404, "not-found");
        rest["retried"].GetInt32().ShouldBe(2);
        (await node.DataSource.CountAsync("mails", "kind = 'test' and state = 0 and attempts = 0")).ShouldBe(3);
    }

    [Fact]
    public async Task Only_operators_may()
    {
        await using var node = await OnsaleNode.StartAsync();
        var other = await node.RegisterAsync();
        foreach (var (method, route) in new[]
        {
            (HttpMethod.Get, "operate/system"), (HttpMethod.Get, "operate/mails"),
            (HttpMethod.Post, "operate/mails/retry"), (HttpMethod.Post, $"operate/mails/{House.NewId()}/retry"),
        })
        {
            (await node.AskAsync(method, route, token: null)).Status.ShouldBe(401);
            (await node.AskAsync(method, route, other.AccessToken)).ShouldRefuse(403, "forbidden");
        }
    }

    private static async Task<string> OperatorAsync(OnsaleNode node)
    {
        var account = await node.OperatorAsync();
        var email = account.User.GetProperty("email").GetString()!;
        return (await (await node.LoginAsync(email)).ShouldSignInAsync(200)).AccessToken;
    }
}

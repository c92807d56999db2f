using Onsale.Server.Operate.Limits;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Operate.Limits;

/// <summary>Operators see who is limited, and set what holds for single callers.</summary>
public sealed class LimitOverrideTests
{
    private const string Route = "operate/limits/overrides";

    private static readonly (string, string)[] Settings =
    [
        ("Onsale:RateLimits:Enabled", "true"), ("Onsale:RateLimits:Booking:PermitLimit", "4"),
        ("Onsale:RateLimits:Booking:WindowSeconds", "600"),
    ];

    [Fact]
    public async Task Who_is_refused_is_listed_and_a_multiple_a_lift_and_a_block_hold_on_all_nodes_until_they_end()
    {
        await using var first = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync(), Settings);
        await using var second = await OnsaleNode.StartAsync(first.Database, Settings);
        var buyer = await Booker.GuestAsync(first);
        var @event = await TestEvent.WithPoolsAsync(first.DataSource, [5]);
        for (var i = 0; i < 4; i++)
            (await AskAsync(first)).ShouldBe(404);
        (await AskAsync(first)).ShouldBe(429);
        (await AskAsync(first)).ShouldBe(429);

        // Each request of an operator is one of its own bookings' budget: a new one each time.
        var listed = await first.AskAsync(HttpMethod.Get, "operate/limits", await OperatorAsync(first));

        listed.Status.ShouldBe(200, listed.Body.ToString());
        var caller = listed["data"].EnumerateArray().Single(one => one.GetProperty("policy").GetString() == "booking");
        (caller.GetProperty("caller").GetString(), caller.GetProperty("refused").GetInt32())
            .ShouldBe((buyer.Id.ToString(), 2));
        (await SetAsync("multiply", 3)).Status.ShouldBe(201);
        (await AskAsync(first)).ShouldBe(404);
        (await SetAsync("lift")).Status.ShouldBe(201);
        for (var i = 0; i < 30; i++)
            (await AskAsync(first)).ShouldBe(404);
        var block = await SetAsync("block");
        (await AskAsync(first)).ShouldBe(429);
        await Eventually.ShouldPassAsync(async () => (await AskAsync(second)).ShouldBe(429));

        var all = await first.AskAsync(HttpMethod.Get, Route, await OperatorAsync(first));
        all["data"].GetArrayLength().ShouldBe(1, "the last one of a caller holds");
        all["data"][0].GetProperty("action").GetString().ShouldBe("block");
        (await first.AskAsync(HttpMethod.Delete, $"{Route}/{block.Id}", await OperatorAsync(first))).Status
            .ShouldBe(204);
        (await first.AskAsync(HttpMethod.Delete, $"{Route}/{block.Id}", await OperatorAsync(first)))
            .ShouldRefuse(404, "not-found");
        var again = await Booker.GuestAsync(first);
        (await again.GetAsync(@event, House.NewId())).Status.ShouldBe(404);

        async Task<int> AskAsync(OnsaleNode node) => (await buyer.At(node).GetAsync(@event, House.NewId())).Status;

        async Task<Answer> SetAsync(string action, int? multiple = null) => await first.AskAsync(
            HttpMethod.Post, Route, await OperatorAsync(first), new
            {
                policy = "booking",
                caller = buyer.Id,
                action,
                multiple,
                until = TimeProvider.System.GetUtcNow().AddHours(1),
                reason = "A test.",
            });
    }

    [Fact]
    public async Task Only_operators_may_and_bad_input_sets_nothing()
    {
        await using var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        var (@operator, other) = (await OperatorAsync(node), await node.RegisterAsync());
        var until = TimeProvider.System.GetUtcNow().AddHours(1);
        object good = new { policy = "auth", caller = "203.0.113.7", action = "block", until, reason = "A test." };
        foreach (var (method, route, body) in new[]
        {
            (HttpMethod.Get, "operate/limits", null), (HttpMethod.Get, Route, null), (HttpMethod.Post, Route, good),
            (HttpMethod.Delete, $"{Route}/{House.NewId()}", null),
        })
        {
            (await node.AskAsync(method, route, token: null, body)).Status.ShouldBe(401);
            (await node.AskAsync(method, route, other.AccessToken, body)).ShouldRefuse(403, "forbidden");
        }

        const string reason = "x";
        foreach (var (field, bad) in new (string, object)[]
        {
            ("policy", new { policy = "none", caller = "203.0.113.7", action = "block", until, reason }),
            ("caller", new { policy = "auth", caller = "somebody", action = "block", until, reason }),
            ("caller", new { policy = "auth", caller = "7", action = "block", until, reason }),
            ("action", new { policy = "auth", caller = "203.0.113.7", action = "stop", until, reason }),
            ("multiple", new { policy = "auth", caller = "203.0.113.7", action = "multiply", until, reason }),
            ("multiple",
                new { policy = "auth", caller = "203.0.113.7", action = "block", multiple = 2, until, reason }),
            ("until",
                new { policy = "auth", caller = "203.0.113.7", action = "block", until = until.AddDays(-1), reason }),
            ("until",
                new { policy = "auth", caller = "203.0.113.7", action = "block", until = until.AddYears(9), reason }),
            ("reason", new { policy = "auth", caller = "203.0.113.7", action = "block", until, reason = " " }),
        })
        {
            var answer = await node.AskAsync(HttpMethod.Post, Route, @operator, bad);
            answer.ShouldRefuse(400, "validation");
            answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
        }

        (await node.DataSource.CountAsync("rate_limit_overrides")).ShouldBe(0);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::/64", "2001:db8:1:2::/64")]
    [InlineData("0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000001")]
    public void A_caller_is_read_as_it_is_written(string text, string written) =>
        CallerText.Write(CallerText.Read(text)!.Value).ShouldBe(written);

    private static async Task<string> OperatorAsync(OnsaleNode node)
    {
        var account = await node.OperatorAsync();
        var email = account.User.GetProperty("email").GetString()!;
        return (await (await node.LoginAsync(email)).ShouldSignInAsync(200)).AccessToken;
    }
}

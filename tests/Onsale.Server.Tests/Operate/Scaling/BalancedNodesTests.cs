using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Npgsql;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Operate.Scaling;

/// <summary>Two nodes, PostgreSQL and Redis behind HAProxy, as deploy/haproxy has it.</summary>
public sealed class BalancedNodesTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_201;
    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(125);

    [Fact]
    public async Task Forwarded_addresses_are_the_balancers_word_and_never_the_visitors()
    {
        (string, string)[] settings =
        [
            ("Onsale:RateLimits:Enabled", "true"), ("Onsale:TrustedProxies", "127.0.0.0/8"),
            ("Onsale:RateLimits:Auth:PermitLimit", "3"), ("Onsale:RateLimits:Auth:WindowSeconds", "600"),
        ];
        await using var first = await OnsaleNode.StartAsync(settings: settings);
        await using var second = await OnsaleNode.StartAsync(first.Database, settings);
        await using var proxy = await HaproxyServer.StartAsync(first.Address, second.Address);
        using var client = new HttpClient { BaseAddress = proxy.Address };

        // Each time another address by the visitor's own word; the nodes have budgets of their own without Redis.
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login")
            {
                Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("X-Forwarded-For", $"198.51.100.{i}");
            using var answer = await client.SendAsync(request);
            statuses.Add(answer.StatusCode);
        }

        statuses.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(6);
        using var metrics = await client.GetAsync("/metrics");
        metrics.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_live_feed_goes_through_the_balancer()
    {
        await using var first = await OnsaleNode.StartAsync();
        await using var second = await OnsaleNode.StartAsync(first.Database);
        await using var proxy = await HaproxyServer.StartAsync(first.Address, second.Address);
        var @event = await TestEvent.WithPoolsAsync(first.DataSource, [5]);

        using var live = new ClientWebSocket();
        await live.ConnectAsync(
            new Uri($"ws://{proxy.Address.Authority}/api/v1/events/{@event.Id}/live"), CancellationToken.None);
        var buffer = new byte[64 * 1024];
        var message = await live.ReceiveAsync(buffer, CancellationToken.None);
        JsonDocument.Parse(buffer.AsMemory(0, message.Count)).RootElement.GetProperty("type").GetString()
            .ShouldBe("snapshot");
    }

    /// <summary>
    /// Each node is stopped and started again, then one is killed, while buyers hold, pay and release through the
    /// balancer and repeat with their keys what had no answer.
    /// </summary>
    [LongFact]
    public async Task Nodes_are_rolled_and_one_is_killed_under_load_and_nothing_acknowledged_is_lost()
    {
        await using var redis = await RedisServer.StartAsync();
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var clock = await DatabaseClock.InstallAsync(database);
        await using var dataSource = NpgsqlDataSource.Create(database);
        var (@event, buyers) = await PrepareAsync(database);
        ServerOptions[] options = [OptionsOf(database, redis), OptionsOf(database, redis)];
        var nodes = await Task.WhenAll(options.Select(ServerProcess.StartAsync));
        await using var proxy = await HaproxyServer.StartAsync(AddressOf(options[0]), AddressOf(options[1]));
        using var timings = new Timings();
        using var client = new HttpClient(timings) { BaseAddress = proxy.Address, Timeout = TimeSpan.FromMinutes(1) };
        var load = SellingLoad.Start(
            @event, () => Next(buyers).At(client), [client], workers: 12, seed: Seed);
        try
        {
            await load.ProgressAsync(300);
            for (var node = 0; node < 2; node++)
            {
                (await nodes[node].TerminateAsync()).ShouldBe(0);
                await load.ProgressAsync(100);
                await nodes[node].DisposeAsync();
                nodes[node] = await ServerProcess.StartAsync(options[node]);
                await load.ProgressAsync(200);
            }

            var (rolled, refusedMeanwhile) = (timings.Answers, timings.Refused);
            await nodes[0].KillAsync();
            await load.ProgressAsync(300);
            await clock.MoveAsync(LongerThanALease);
            await load.ProgressAsync(100);
            await load.StopAsync();
            output.WriteLine(
                $"Seed {Seed}: {load.Holds} holds, {load.Confirmed} confirmed; {rolled} answers while rolling, "
                + $"{refusedMeanwhile} of them 502 to 504, {timings.Refused} in all with the kill; p99 "
                + $"{timings.Percentile(0.99).TotalMilliseconds:0} ms");
        }
        finally
        {
            foreach (var node in nodes)
                await node.DisposeAsync();
        }

        await using var auditor = await OnsaleNode.StartAsync(database);
        await clock.MoveAsync(LongerThanALease);
        await Eventually.ShouldBeAsync(
            () => dataSource.CountAsync("bookings", "event_id = $1 and state = 1", @event.Id), 0,
            TimeSpan.FromSeconds(60));
        await load.ShouldBeTrueAsync(dataSource);
        await auditor.ShouldBeSoundAsync(@event);
    }

    private static ServerOptions OptionsOf(string database, RedisServer redis) =>
        new(ServerProcess.CreateDataDirectory())
        {
            Port = Ports.Free(),
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Postgres"] = database,
                ["ConnectionStrings:Redis"] = redis.ConnectionString,
                ["Onsale:TrustedProxies"] = "127.0.0.0/8",
                ["Onsale:LeaveSeconds"] = "3",
            },
        };

    private static Uri AddressOf(ServerOptions options) => new($"http://127.0.0.1:{options.Port}");

    private static async Task<(TestEvent Event, ConcurrentQueue<Booker> Buyers)> PrepareAsync(string database)
    {
        await using var node = await OnsaleNode.StartAsync(database);
        using var crowd = new Crowd(node);
        return (
            await TestEvent.WithPoolsAsync(node.DataSource, [20_000]),
            new ConcurrentQueue<Booker>(crowd.Join(30_000)));
    }

    private static Booker Next(ConcurrentQueue<Booker> buyers) =>
        buyers.TryDequeue(out var buyer) ? buyer : throw new InvalidOperationException("There are no more buyers.");

    /// <summary>How long answers took; an answer of the balancer itself is none of a node's.</summary>
    private sealed class Timings() : DelegatingHandler(new SocketsHttpHandler { UseCookies = false })
    {
        private readonly ConcurrentBag<TimeSpan> _times = [];
        private int _refused;

        public int Answers => _times.Count;

        public int Refused => Volatile.Read(ref _refused);

        public TimeSpan Percentile(double part)
        {
            var times = _times.Order().ToList();
            return times[(int)((times.Count - 1) * part)];
        }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await base.SendAsync(request, cancellationToken);
            _times.Add(Stopwatch.GetElapsedTime(began));
            if (answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
                or HttpStatusCode.ServiceUnavailable)
            {
                Interlocked.Increment(ref _refused);
                if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
                {
                    answer.Dispose();
                    throw new HttpRequestException("The balancer had no node's answer.");
                }
            }

            return answer;
        }
    }
}

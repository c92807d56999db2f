using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_started_node_is_healthy(string path)
    {
        await using var node = await OnsaleNode.StartAsync();

        using var response = await node.Client.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_node_whose_database_is_gone_says_which_part_fails()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var node = await OnsaleNode.StartAsync(database);
        await RenameAsync(new NpgsqlConnectionStringBuilder(database).Database!);

        using var ready = await node.Client.GetAsync("/health/ready");
        using var live = await node.Client.GetAsync("/health/live");

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var body = await ready.Content.ReadFromJsonAsync<JsonElement>();
        body.GetProperty("checks").GetProperty("database").GetProperty("detail").GetString()
            .ShouldBe("PostgreSQL does not answer.");
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", HttpStatusCode.OK)]
    [InlineData("HEAD", HttpStatusCode.OK)]
    [InlineData("POST", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", HttpStatusCode.MethodNotAllowed)]
    public async Task Health_is_only_asked_for(string method, HttpStatusCode status)
    {
        await using var node = await OnsaleNode.StartAsync();
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            using var response = await node.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            response.StatusCode.ShouldBe(status);
        }
    }

    [Fact]
    public async Task Hosts_other_than_the_allowed_ones_are_refused()
    {
        await using var node = await OnsaleNode.StartAsync(settings: [("AllowedHosts", "shop.example;*.shop.example")]);
        foreach (var (host, status) in new[]
        {
            ("shop.example", HttpStatusCode.OK), ("www.shop.example:8080", HttpStatusCode.OK),
            ("evil.example", HttpStatusCode.BadRequest),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
            request.Headers.Host = host;
            using var response = await node.Client.SendAsync(request);
            response.StatusCode.ShouldBe(status, host);
            if (status == HttpStatusCode.BadRequest)
                await response.ShouldBeProblemAsync(400, "host-not-allowed");
        }

        // An orchestrator's probes go by address.
        (await node.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await node.Client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Readiness_asks_the_database_at_most_once_a_second()
    {
        var checks = new CountingCheck();
        var time = new ManualTime();
        await using var node = await OnsaleNode.StartAsync(configure: builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("counting", checks);
            builder.Services.AddSingleton(services => new Readiness(
                services.GetRequiredService<HealthCheckService>(), services.GetRequiredService<ReadinessLog>(), time));
        });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => node.Client.GetAsync("/health/ready")));
        checks.Count.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(1));
        await node.Client.GetAsync("/health/ready");
        checks.Count.ShouldBe(2);
    }

    private sealed class CountingCheck : IHealthCheck
    {
        private int _count;

        public int Count => _count;

        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _count);
            return Task.FromResult(HealthCheckResult.Healthy());
        }
    }

    [Fact]
    public async Task Two_nodes_share_a_private_database()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var one = await OnsaleNode.StartAsync(database);
        await using var two = await OnsaleNode.StartAsync(database);
        await using var write = one.DataSource.CreateCommand("create table shared (value integer)");
        await write.ExecuteNonQueryAsync();

        await using var read = two.DataSource.CreateCommand("select count(*) from shared");

        (await read.ExecuteScalarAsync()).ShouldBe(0L);
    }

    /// <summary>
    /// For those who are connected and for those who come it is gone; dropping it would wait for a checkpoint of the
    /// cluster that all tests share.
    /// </summary>
    private static async Task RenameAsync(string database)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(await TestCluster.SharedDatabaseAsync());
        await using var dataSource = NpgsqlDataSource.Create(maintenance);
        await Eventually.ShouldPassAsync(async () =>
        {
            await using var end = dataSource.CreateCommand(
                $"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{database}'");
            await end.ExecuteNonQueryAsync();
            await using var rename = dataSource.CreateCommand($"alter database {database} rename to {database}_gone");
            await rename.ExecuteNonQueryAsync();
        });
    }
}

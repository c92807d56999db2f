using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform;

public sealed class UnreadyTests
{
    [Fact]
    public async Task A_node_whose_database_is_gone_is_alive_but_not_ready_and_answers_503()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var node = await OnsaleNode.StartAsync(database);
        await using var gate = new Gate(database);
        await gate.CloseAsync();

        (await node.Client.GetAsync("/health/live")).EnsureSuccessStatusCode();
        await Eventually.ShouldPassAsync(async () =>
        {
            using var response = await node.Client.GetAsync("/health/ready");
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").GetProperty("database")
                .GetProperty("detail").GetString().ShouldBe("PostgreSQL does not answer.");
        });
        await (await node.Client.GetAsync("/api/v1/events")).ShouldBeProblemAsync(503, "unavailable");

        await gate.OpenAsync();
        await Eventually.ShouldPassAsync(async () =>
        {
            (await node.Client.GetAsync("/health/ready")).EnsureSuccessStatusCode();
            (await node.Client.GetAsync("/api/v1/events")).EnsureSuccessStatusCode();
        });
    }

    [Fact]
    public async Task The_log_says_when_readiness_changes_and_why_not_at_each_probe()
    {
        const string Refused = "is not currently accepting connections";
        var database = await TestCluster.PrivateDatabaseAsync();
        using var log = new LogLines("Onsale.Server.Hosting", "Microsoft.Extensions.Diagnostics", "Npgsql");
        await using var node = await OnsaleNode.StartAsync(
            database, [("Logging:LogLevel:Default", "Information")], log.Use);
        await using var gate = new Gate(database);
        await ProbeAsync(HttpStatusCode.OK);
        log.All.ShouldBeEmpty();

        await gate.CloseAsync();
        await Eventually.ShouldPassAsync(async () =>
        {
            await ProbeAsync(HttpStatusCode.ServiceUnavailable);
            log.All.ShouldContain(line => line.Contains(Refused, StringComparison.Ordinal));
        });
        var lines = log.All;
        for (var probe = 0; probe < 5; probe++)
            await ProbeAsync(HttpStatusCode.ServiceUnavailable);
        log.All.ShouldBe(lines);
        lines.ShouldAllBe(line => line.StartsWith("Not ready: PostgreSQL does not answer.", StringComparison.Ordinal));

        await gate.OpenAsync();
        await Eventually.ShouldPassAsync(() => ProbeAsync(HttpStatusCode.OK));
        await ProbeAsync(HttpStatusCode.OK);
        log.All.Count(line => line is "Ready again").ShouldBe(1);

        async Task ProbeAsync(HttpStatusCode status)
        {
            using var response = await node.Client.GetAsync("/health/ready");
            response.StatusCode.ShouldBe(status);
        }
    }

    /// <summary>Lets nobody into one database of a server, or everybody again.</summary>
    private sealed class Gate : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _server;
        private readonly string _name;

        public Gate(string database)
        {
            var settings = new NpgsqlConnectionStringBuilder(database);
            _name = settings.Database!;
            settings.Database = "postgres";
            _server = NpgsqlDataSource.Create(settings.ConnectionString);
        }

        public async Task CloseAsync()
        {
            await ExecuteAsync($"alter database {_name} allow_connections false");
            await ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{_name}'");
        }

        public Task OpenAsync() => ExecuteAsync($"alter database {_name} allow_connections true");

        public ValueTask DisposeAsync() => _server.DisposeAsync();

        private async Task ExecuteAsync(string sql)
        {
            await using var command = _server.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Hosting;

public sealed class UnreadyTests
{
    [Fact]
    public async Task A_node_whose_database_is_gone_is_alive_but_not_ready_and_answers_503()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var node = await OnsaleNode.StartAsync(database);
        var settings = new NpgsqlConnectionStringBuilder(database);
        var name = settings.Database!;
        settings.Database = "postgres";
        await using var server = NpgsqlDataSource.Create(settings.ConnectionString);
        await ExecuteAsync($"alter database {name} allow_connections false");
        await ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");

        (await node.Client.GetAsync("/health/live")).EnsureSuccessStatusCode();
        await Eventually.ShouldPassAsync(async () =>
        {
            using var response = await node.Client.GetAsync("/health/ready");
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").GetProperty("database")
                .GetProperty("detail").GetString().ShouldBe("PostgreSQL does not answer.");
        });
        await (await node.Client.GetAsync("/api/v1/events")).ShouldBeProblemAsync(503, "unavailable");

        await ExecuteAsync($"alter database {name} allow_connections true");
        await Eventually.ShouldPassAsync(async () =>
        {
            (await node.Client.GetAsync("/health/ready")).EnsureSuccessStatusCode();
            (await node.Client.GetAsync("/api/v1/events")).EnsureSuccessStatusCode();
        });

        async Task ExecuteAsync(string sql)
        {
            await using var command = server.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}

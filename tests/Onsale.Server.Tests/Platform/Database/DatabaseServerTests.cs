using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Database;
using Onsale.Platform.Database.Embedded;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform.Database;

public sealed class DatabaseServerTests
{
    [Fact]
    public async Task Pools_constructed_before_the_embedded_server_runs_connect_to_it_afterwards()
    {
        var directory = Janitor.CreateDirectory("onsale-early-");
        await using var server = Create(directory);
        var pool = server.DataSource;
        await using var own = server.CreateDataSourceBuilder().Build();
        Directory.Exists(Path.Combine(directory, "postgres")).ShouldBeFalse();

        await server.StartingAsync(CancellationToken.None);

        (await ScalarAsync(pool, "select count(*) from events")).ShouldBe(0L);
        (await ScalarAsync(own, "select count(*) from events")).ShouldBe(0L);
    }

    [Fact]
    public async Task Every_service_of_the_program_can_be_constructed_before_the_start()
    {
        var directory = Janitor.CreateDirectory("onsale-unstarted-");
        await using var app = OnsaleApp.Build([$"--Onsale:DataDirectory={directory}", "--urls=http://127.0.0.1:0"]);

        app.Services.GetServices<IHostedService>().ShouldNotBeEmpty();
        app.Services.GetRequiredService<EventLanes>().Count.ShouldBe(0);

        Directory.Exists(Path.Combine(directory, "postgres")).ShouldBeFalse();
    }

    [Fact]
    public void Endpoint_of_a_data_directory_is_the_same_each_time_also_where_its_path_is_too_long()
    {
        var deep = Path.Combine(Path.GetTempPath(), new string('x', 120));

        var first = EmbeddedEndpoint.For(deep);
        var second = EmbeddedEndpoint.For(deep + Path.DirectorySeparatorChar);

        second.ShouldBe(first);
        first.SocketDirectory.ShouldNotBe(EmbeddedEndpoint.For(deep + "y").SocketDirectory);
        Directory.Exists(first.SocketDirectory).ShouldBeFalse();
    }

    [Fact]
    public async Task Orphan_with_another_socket_directory_is_restarted_where_the_pools_expect_it()
    {
        var directory = Janitor.CreateDirectory("onsale-moved-");
        var orphan = await StartOrphanAsync(directory, Janitor.CreateDirectory("onsale-elsewhere-"));
        await using var server = Create(directory);

        await server.StartingAsync(CancellationToken.None);

        server.Embedded!.ProcessId.ShouldNotBe(orphan);
        (await ScalarAsync(server.DataSource, "select 1")).ShouldBe(1);
    }

    /// <summary>As after a kill of the program: its server runs on.</summary>
    private static async Task<int> StartOrphanAsync(string directory, string sockets)
    {
        await using (await EmbeddedPostgres.StartAsync(directory, [], TimeProvider.System, NullLogger.Instance))
        {
        }

        var account = PostgresAccount.Current();
        Directory.CreateDirectory(sockets);
        await account.OwnAsync(sockets);
        var cluster = await PostgresCluster.OpenAsync(directory, account, TimeProvider.System, NullLogger.Instance);
        cluster.WriteSettings(PostgresSettings.Render("", "", 5432, sockets, []));
        await cluster.StartAsync();
        return PostmasterFile.Read(cluster.Directory)!.ProcessId;
    }

    private static DatabaseServer Create(string directory) => new(
        new ConfigurationBuilder().AddInMemoryCollection([new("Onsale:DataDirectory", directory)]).Build(),
        new Migrator(OnsaleApp.Migrations, TimeProvider.System, NullLogger<Migrator>.Instance), TimeProvider.System,
        NullLogger<DatabaseServer>.Instance);

    private static async Task<object?> ScalarAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}

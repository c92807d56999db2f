using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Onsale.Platform.Database;
using Onsale.Platform.Database.Embedded;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform.Database;

public sealed class OldestPostgresTests
{
    private const string InitDb = "/usr/lib/postgresql/15/bin/initdb";

    private readonly string _directory = Janitor.CreateDirectory("onsale-oldest-");

    [Fact]
    public async Task The_oldest_supported_PostgreSQL_serves_through_its_connection_string()
    {
        File.Exists(InitDb).ShouldBeTrue(
            $"This test needs PostgreSQL {DatabaseLimits.MinPostgresVersion}: apt-get install postgresql-15");
        await MakeClusterAsync();
        await using var system = await EmbeddedPostgres.StartAsync(
            _directory, [], TimeProvider.System, NullLogger.Instance);

        await using var node = await OnsaleNode.StartAsync(system.ConnectionString);

        using var ready = await node.Client.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var version = node.DataSource.CreateCommand("show server_version");
        ((string)(await version.ExecuteScalarAsync())!).ShouldStartWith("15.");
    }

    /// <summary>A cluster keeps to the version that made it, though a newer one is brought along.</summary>
    private async Task MakeClusterAsync()
    {
        var account = PostgresAccount.Current();
        var cluster = Path.Combine(_directory, "postgres");
        Directory.CreateDirectory(cluster);
        await account.OwnAsync(cluster);
        var made = await account.RunAsync(
            InitDb, ["-D", cluster, "-U", "onsale", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"], "/");
        made.Succeeded.ShouldBeTrue(made.Error);
    }
}

using System.Net;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Hosting;

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
}

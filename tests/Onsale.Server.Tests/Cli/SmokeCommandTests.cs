using System.Text.Json;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Cli;

public sealed class SmokeCommandTests
{
    [Fact]
    public async Task Smoke_test_books_at_a_running_node_gives_back_and_stays_hidden()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var node = await OnsaleNode.StartAsync(database);

        var first = await CommandRun.RunAsync("smoke", node.Address.ToString(), "--database", database);
        var second = await CommandRun.RunAsync("smoke", node.Address.ToString(), "--database", database);

        foreach (var run in new[] { first, second })
        {
            run.ExitCode.ShouldBe(0, run.Error + run.Output);
            run.Output.ShouldContain("confirm: ");
            run.Output.ShouldContain("Smoke test passed.");
        }

        (await node.DataSource.CountAsync("bookings", "state = 5")).ShouldBe(2);
        (await node.DataSource.CountAsync("pools", "held > 0 or sold > 0")).ShouldBe(0);
        var listed = JsonSerializer.Deserialize<JsonElement>(await node.Client.GetStringAsync("/api/v1/events"));
        listed.GetProperty("meta").GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Smoke_test_at_an_address_where_nobody_answers_fails_with_a_sentence()
    {
        var run = await CommandRun.RunAsync(
            "smoke", $"http://127.0.0.1:{Ports.Free()}", "--database", await TestCluster.PrivateDatabaseAsync());

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Smoke test failed: Connection refused");
        run.Error.ShouldNotContain("   at ");
    }
}

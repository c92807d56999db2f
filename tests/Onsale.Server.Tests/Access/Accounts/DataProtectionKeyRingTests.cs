using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Onsale.Platform.Database;
using Onsale.Platform.Identity;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class DataProtectionKeyRingTests
{
    private const int Nodes = 8;

    [Fact]
    public async Task Nodes_that_start_together_on_a_new_database_make_one_key()
    {
        await using var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());

        for (var round = 0; round < 3; round++)
            (await KeysOfNodesStartedTogetherAsync(node, StartGuardedAsync)).ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_lock_they_would_make_several()
    {
        await using var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());

        await Eventually.ShouldBeTrueAsync(
            async () => await KeysOfNodesStartedTogetherAsync(node, StartUnguardedAsync) > 1, "several keys are made");
    }

    private static Task StartGuardedAsync(IServiceProvider services) =>
        ActivatorUtilities.CreateInstance<DataProtectionKeyRing>(services, NullLogger<DataProtectionKeyRing>.Instance)
            .StartingAsync(CancellationToken.None);

    private static Task StartUnguardedAsync(IServiceProvider services)
    {
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("unguarded").Protect([]);
        return Task.CompletedTask;
    }

    private static async Task<long> KeysOfNodesStartedTogetherAsync(OnsaleNode node, Func<IServiceProvider, Task> start)
    {
        await using var connection = await node.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("delete from data_protection_keys");
        using var together = new Barrier(Nodes);
        await Task.WhenAll(Enumerable.Range(0, Nodes).Select(_ => Task.Factory.StartNew(
            async () =>
            {
                await using var services = KeyServices(node);
                together.SignalAndWait();
                await start(services);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        return await connection.QuerySingleAsync<long>("select count(*) from data_protection_keys");
    }

    /// <summary>What of a node makes keys, on that node's database.</summary>
    private static ServiceProvider KeyServices(OnsaleNode node)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("Onsale");
        services.AddSingleton(node.Services.GetRequiredService<DatabaseServer>());
        services.AddSingleton(node.DataSource);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<KeyEncryption>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeyStorage>();
        return services.BuildServiceProvider();
    }
}

using Npgsql;

namespace Onsale.Server.Tests.Infrastructure;

public sealed class InfrastructureTests
{
    [Fact]
    public async Task A_killed_redis_starts_again_on_its_port()
    {
        await using var redis = await RedisServer.StartAsync();
        var port = redis.Port;

        await redis.KillAsync();
        await redis.RestartAsync();

        redis.Port.ShouldBe(port);
    }

    [Fact]
    public async Task A_private_database_is_migrated_and_its_own()
    {
        var one = await TestCluster.PrivateDatabaseAsync();
        var two = await TestCluster.PrivateDatabaseAsync();

        (one == two).ShouldBeFalse();
        await using var dataSource = NpgsqlDataSource.Create(one);
        await using var command = dataSource.CreateCommand("select count(*) from schema_migrations");
        ((long)(await command.ExecuteScalarAsync())!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_condition_that_never_holds_fails_with_its_sentence()
    {
        var failure = await Assert.ThrowsAsync<ShouldAssertException>(
            () => Eventually.ShouldBeTrueAsync(() => false, "the hold expires", TimeSpan.FromMilliseconds(50)));

        failure.Message.ShouldContain("the hold expires");
    }
}

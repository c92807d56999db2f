using Npgsql;
using Onsale.Platform.Database;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform.Database;

public sealed class AdvisoryLeaseTests
{
    private const long Key = 811;

    [Fact]
    public async Task Lease_is_held_by_one_node_and_passes_on_when_that_one_ends()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(database);
        var first = new AdvisoryLease(dataSource, Key);
        await using var second = new AdvisoryLease(dataSource, Key);

        (await first.TryHoldAsync(default)).ShouldBeTrue();
        (await first.TryHoldAsync(default)).ShouldBeTrue();
        (await second.TryHoldAsync(default)).ShouldBeFalse();
        await first.DisposeAsync();

        (await second.TryHoldAsync(default)).ShouldBeTrue();
        (await first.TryHoldAsync(default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Lease_whose_session_was_ended_by_the_server_is_taken_again()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(database);
        await using var first = new AdvisoryLease(dataSource, Key);
        await using var second = new AdvisoryLease(dataSource, Key);
        (await first.TryHoldAsync(default)).ShouldBeTrue();

        await using (var end = dataSource.CreateCommand(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid() "
            + "and database = (select oid from pg_database where datname = current_database())"))
        {
            await end.ExecuteNonQueryAsync();
        }

        await Eventually.ShouldBeTrueAsync(() => second.TryHoldAsync(default), "the other node takes it over");
        (await first.TryHoldAsync(default)).ShouldBeFalse();
    }
}

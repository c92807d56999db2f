using System.Net.Sockets;
using Npgsql;
using Onsale.Inventory.Engine.Journal;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>After a failover the pools still have connections to the server that was the primary before.</summary>
public sealed class FailoverTests
{
    [Fact]
    public async Task Connections_that_take_no_writes_any_more_are_not_used_again()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var node = await OnsaleNode.StartAsync(database);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        (await crowd.Join().HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        // A session begins as the database says then, as one begins at whichever server is the primary then.
        await using var operators = NpgsqlDataSource.Create(database);
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        await operators.ExecuteAsync($"alter database {name} set default_transaction_read_only = on");
        await operators.ExecuteAsync("""
            select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'onsale-journal' and datname = current_database()
            """);
        await Eventually.ShouldBeTrueAsync(
            async () => (await crowd.Join().HoldTicketsAsync(@event, 1)).Status == 503, "the journal cannot write");
        await operators.ExecuteAsync(
            $"set default_transaction_read_only = off; alter database {name} reset default_transaction_read_only");

        // Each failure closes the connections of before, so it does not take one for each of them.
        var refused = 0;
        while ((await crowd.Join().HoldTicketsAsync(@event, 1)).Status != 201)
            (++refused).ShouldBeLessThan(5);
    }

    [Fact]
    public void Fault_says_whether_connections_are_broken()
    {
        Exception[] broken =
        [
            new PostgresException("", "FATAL", "FATAL", "57P01"), new PostgresException("", "ERROR", "ERROR", "25006"),
            new NpgsqlException("", new IOException()), new NpgsqlException("", new SocketException()),
            new NpgsqlException("", new AggregateException(new NpgsqlException("", new SocketException()))),
            new NpgsqlException("", new AggregateException(new PostgresException("", "FATAL", "FATAL", "57P03"))),
            new AggregateException(new IOException()),
            new InvalidOperationException("", new NpgsqlException("", new IOException())),
        ];
        Exception[] whole =
        [
            new PostgresException("", "ERROR", "ERROR", "55P03"), new NpgsqlException("", new TimeoutException()),
            new NpgsqlException("", new AggregateException(new TimeoutException())), new InvalidOperationException(),
        ];

        broken.ShouldAllBe(fault => JournalConnections.IsBroken(fault));
        whole.ShouldAllBe(fault => !JournalConnections.IsBroken(fault));
    }
}
